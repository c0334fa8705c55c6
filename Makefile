# PostKit: an existing PostgreSQL database under version control, changed safely.
# This page holds the settings and the verbs; mk/ holds how they are done.
#
# The verbs work on the project in the current directory; `make -f PATH/Makefile VERB` does so from
# anywhere. Settings are given on the command line: make import URL=… V=1

# PostKit's own tree.
POSTKIT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))

V       =# 1: show every command
WHY     =# 1: say why a stage runs
CONFIG ?= release# the build: release, debug, asan

ifeq ($(filter 4.% 5.%,$(MAKE_VERSION)),)
$(error GNU make 4 or newer is needed (this is $(MAKE_VERSION)); on macOS: brew install make, then gmake)
endif
ifneq ($(words $(POSTKIT)),1)
$(error make cannot work in a directory with a blank in its name: move PostKit out of "$(POSTKIT)")
endif

.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-builtin-variables
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:

# What others use first, then the rest.
mk.first := $(addprefix $(POSTKIT)/mk/,setup.mk build.mk rules.mk)
include $(mk.first) $(filter-out $(mk.first),$(sort $(wildcard $(POSTKIT)/mk/*.mk)))

# The verbs in the order in which people meet them: those of a project, then those of PostKit itself.
help.last  := $(patsubst %,$(POSTKIT)/mk/%.mk,server setup build test install)
help.first := $(filter $(MAKEFILE_LIST),$(patsubst %,$(POSTKIT)/mk/%.mk,config import session work plan deploy))
help.files := $(help.first) $(filter-out $(help.first) $(help.last),$(MAKEFILE_LIST)) $(help.last)

.PHONY: help
help:
	@awk -F ':.*## ' 'FNR == 1 && FILENAME ~ /server.mk$$/ { print "" } \
		/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(help.files)
	@echo
	@echo '  V=1 shows every command, WHY=1 says why a stage runs, make -n shows what would run.'

# What is to be done whatever the files say.
.PHONY: FORCE
FORCE:
