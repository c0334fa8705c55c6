# PostKit: an existing PostgreSQL database under version control, changed safely.
# This page holds the settings and the verbs; mk/ holds how they are done.

# The tree of PostKit itself, and the project that the verbs work on (the current directory).
POSTKIT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))

.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-builtin-variables
.SUFFIXES:
.DELETE_ON_ERROR:

include $(POSTKIT)/mk/build.mk
include $(POSTKIT)/mk/config.mk

.PHONY: help
help: ## this page
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
