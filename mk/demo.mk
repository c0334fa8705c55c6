# demo.mk - the main job on a database of its own, explained as it goes.

.PHONY: demo
demo: $(tool.programs) | $(setup.server) ## see it work, from import to deploy, on servers of its own
	@sh $(POSTKIT)/mk/demo/demo.sh "$(POSTKIT)" "$(MAKE)"
