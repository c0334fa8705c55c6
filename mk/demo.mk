# demo.mk - the main job on a database of its own, explained as it goes.

.PHONY: demo
demo: $(tool.programs) | $(setup.server) ## see it work: an existing shop's database is imported, on servers of its own
	@sh $(POSTKIT)/mk/demo/demo.sh "$(POSTKIT)" "$(MAKE)"
