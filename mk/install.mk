# install.mk - PostKit installed: the programs, the makefiles that a project uses, the man pages.
#
#     make install [PREFIX=/usr/local] [DESTDIR=]
#
# $(PREFIX)/lib/postkit is a tree like this one without its sources: `make -f PREFIX/lib/postkit/Makefile VERB` works on the project in
# the current directory, and `include` of that file gives a project's own Makefile the verbs. $(PREFIX)/bin/pk-* are links into it, and so is
# $(PREFIX)/bin/postkit, the targets as a command (postkit.sh).

PREFIX  = /usr/local
DESTDIR =

install.tree  = $(DESTDIR)$(PREFIX)/lib/postkit
install.bin   = $(DESTDIR)$(PREFIX)/bin
install.man   = $(DESTDIR)$(PREFIX)/share/man/man1
install.files = $(patsubst $(POSTKIT)/%,%,$(wildcard $(POSTKIT)/mk/*.mk $(POSTKIT)/mk/*.sh $(POSTKIT)/mk/*/*))

# In an installed tree there is nothing to install.
ifneq ($(tool.names),)
.PHONY: install uninstall
install: $(tool.programs) $(man.pages) ## install programs, makefiles, man pages (PREFIX=/usr/local DESTDIR=)
	@install -d '$(install.bin)' '$(install.tree)/tools' '$(install.man)'
	@for directory in $(sort $(dir $(install.files))); do install -d '$(install.tree)'/$$directory || exit; done
	@install -m 755 $(tool.programs) '$(install.tree)/tools'
	@install -m 644 $(POSTKIT)/Makefile '$(install.tree)'
	@cd $(POSTKIT) && for file in $(install.files); do install -m 644 $$file '$(install.tree)'/$$file || exit; done
	@for name in $(tool.names); do ln -sf ../lib/postkit/tools/$$name '$(install.bin)' || exit; done
	@chmod 755 '$(install.tree)/mk/postkit.sh' && ln -sf ../lib/postkit/mk/postkit.sh '$(install.bin)/postkit'
	@install -m 644 $(man.pages) '$(install.man)'
	@echo 'PostKit is in $(install.tree)'

uninstall: ## remove what install has put there
	@rm -rf '$(install.tree)' '$(install.bin)/postkit' $(foreach name,$(tool.names),'$(install.bin)/$(name)' '$(install.man)/$(name).1')
endif
