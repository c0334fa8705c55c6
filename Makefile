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

.PHONY: help
help: ## this page
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# What is to be done whatever the files say.
.PHONY: FORCE
FORCE:
