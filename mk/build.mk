# build.mk - the programs: objects under .postkit/build/<configuration>/ of PostKit's own tree, the
# release programs beside their sources as tools/pk-*.
#
# CONFIG=release (default), debug, or asan (address and undefined behaviour sanitizers). The tests are
# always built with asan. Setting CC, EXTRA_CFLAGS or EXTRA_LDFLAGS builds anew what they touch.
# Nothing is written when everything is built, so that a finished tree may be read-only.

ifeq ($(filter-out default undefined,$(origin CC)),)
CC := cc
endif

config.release := -O2 -g
config.debug   := -O0 -g
config.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
ifeq ($(config.$(CONFIG)),)
$(error CONFIG=$(CONFIG) is none of: $(patsubst config.%,%,$(filter config.%,$(.VARIABLES))))
endif

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
            -Wvla -Wformat=2 -Wno-format-nonliteral -Wno-missing-field-initializers
CFLAGS   := -std=c17 -D_XOPEN_SOURCE=700 $(WARNINGS)
LIBRARIES := libpq libcjson

BUILD.root := $(POSTKIT)/.postkit/build
BUILD      := $(BUILD.root)/$(CONFIG)
TOOLS      := $(if $(filter release,$(CONFIG)),$(POSTKIT)/tools,$(BUILD))

lib.sources  := $(sort $(wildcard $(POSTKIT)/tools/lib/*/*.c))
catalog.sql  := $(sort $(wildcard $(POSTKIT)/tools/lib/catalog/*.sql))
tool.names   := $(patsubst $(POSTKIT)/tools/%.c,%,$(sort $(wildcard $(POSTKIT)/tools/pk-*.c)))
tool.programs := $(addprefix $(TOOLS)/,$(tool.names))

build.say = $(if $(V),,@$(if $(findstring s,$(firstword -$(MAKEFLAGS))),,echo '  $(1)'; ))

# Whether two texts differ, blanks aside.
build.differ = $(subst x$(strip $(1))x,,x$(strip $(2))x)

.PHONY: tools
tools: $(tool.programs) ## build the programs (tools/pk-*)

# $(call build.rules,CONFIGURATION,DIRECTORY OF THE PROGRAMS)
define build.rules
build.objects.$(1) := $$(lib.sources:$(POSTKIT)/tools/%.c=$(BUILD.root)/$(1)/%.o)
build.programs.$(1) := $$(addprefix $(2)/,$$(tool.names))
build.flags.$(1) := $(CC) $(CFLAGS) $(config.$(1)) $(EXTRA_CFLAGS) / $(EXTRA_LDFLAGS)

# The flags that the objects were made with; remade when they are others now.
$(BUILD.root)/$(1)/flags: $$(if $$(call build.differ,$$(file <$(BUILD.root)/$(1)/flags),$$(build.flags.$(1))),FORCE) | $$(setup.build)
	@mkdir -p $$(@D)
	@echo '$$(build.flags.$(1))' >$$@

$$(build.objects.$(1)) $$(tool.names:%=$(BUILD.root)/$(1)/%.o): $(BUILD.root)/$(1)/%.o: $(POSTKIT)/tools/%.c $(BUILD.root)/$(1)/flags
	@mkdir -p $$(@D)
	$$(call build.say,CC $$*)$(CC) $(CFLAGS) $(config.$(1)) $(EXTRA_CFLAGS) \
		$$$$(pkg-config --cflags $(LIBRARIES)) -I$(POSTKIT)/tools/lib -MMD -MP -c $$< -o $$@

# The catalog queries, as an array of named texts.
$(BUILD.root)/$(1)/queries.o: $(BUILD.root)/queries.c $(BUILD.root)/$(1)/flags
	$$(call build.say,CC queries)$(CC) $(CFLAGS) $(config.$(1)) $(EXTRA_CFLAGS) \
		-I$(POSTKIT)/tools/lib -c $$< -o $$@

$(BUILD.root)/$(1)/libpk.a: $$(build.objects.$(1)) $(if $(catalog.sql),$(BUILD.root)/$(1)/queries.o)
	@rm -f $$@
	@ar rcs $$@ $$^

$$(build.programs.$(1)): $(2)/%: $(BUILD.root)/$(1)/%.o $(BUILD.root)/$(1)/libpk.a
	$$(call build.say,LD $$*)$(CC) $(config.$(1)) $(EXTRA_LDFLAGS) $$^ $$$$(pkg-config --libs $(LIBRARIES)) -o $$@

-include $$(build.objects.$(1):.o=.d) $$(tool.names:%=$(BUILD.root)/$(1)/%.d)
endef

$(foreach config,$(sort $(CONFIG) asan),$(eval \
	$(call build.rules,$(config),$(if $(filter release,$(config)),$(POSTKIT)/tools,$(BUILD.root)/$(config)))))

# A query that was taken away changes nothing but their list. By which path the tree is reached makes no difference.
catalog.names := $(catalog.sql:$(POSTKIT)/%=%)
$(BUILD.root)/queries.list: $(if $(call build.differ,$(file <$(BUILD.root)/queries.list),$(catalog.names)),FORCE)
	@mkdir -p $(@D)
	@echo '$(catalog.names)' >$@

$(BUILD.root)/queries.c: $(catalog.sql) $(BUILD.root)/queries.list $(POSTKIT)/mk/embed.sh
	@mkdir -p $(@D)
	@sh $(POSTKIT)/mk/embed.sh $(catalog.sql) >$@

# The man pages, written by the programs themselves.
man.pages := $(tool.names:%=$(BUILD)/man/%.1)

.PHONY: man
man: $(man.pages) ## write the man pages (.postkit/build/release/man)

$(man.pages): $(BUILD)/man/%.1: $(TOOLS)/%
	@mkdir -p $(@D)
	@$< --man >$@

.PHONY: clean
clean: ## remove what was built
	@rm -rf $(BUILD.root) $(addprefix $(POSTKIT)/tools/,$(tool.names))
