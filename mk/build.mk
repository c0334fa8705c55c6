# build.mk - the programs: objects under .postkit/build/<configuration>/ of PostKit's
# own tree, the release programs beside their sources as tools/pk-*.
#
# CONFIG=release (default), debug, asan (address and undefined sanitizers) or fuzz.

CC     = cc
CONFIG = release

config.release := -O2 -g
config.debug   := -O0 -g
config.asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
            -Wvla -Wformat=2 -Wno-format-nonliteral
PACKAGES  = $(shell pkg-config --cflags libpq libcjson)
LIBRARIES = $(shell pkg-config --libs libpq libcjson)
BUILD    := $(POSTKIT)/.postkit/build/$(CONFIG)
CFLAGS    = -std=c17 -D_XOPEN_SOURCE=700 $(config.$(CONFIG)) $(WARNINGS) $(EXTRA_CFLAGS)
LDFLAGS   = $(config.$(CONFIG)) $(EXTRA_LDFLAGS)

lib.sources  := $(sort $(wildcard $(POSTKIT)/tools/lib/*/*.c))
lib.objects  := $(lib.sources:$(POSTKIT)/tools/%.c=$(BUILD)/%.o)
catalog.sql  := $(sort $(wildcard $(POSTKIT)/tools/lib/catalog/*.sql))
tool.names   := $(patsubst $(POSTKIT)/tools/%.c,%,$(sort $(wildcard $(POSTKIT)/tools/pk-*.c)))
TOOLS        := $(if $(filter release,$(CONFIG)),$(POSTKIT)/tools,$(BUILD))
tool.programs := $(addprefix $(TOOLS)/,$(tool.names))

.PHONY: tools
tools: $(tool.programs) ## build the programs (tools/pk-*)

$(lib.objects): $(BUILD)/%.o: $(POSTKIT)/tools/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(PACKAGES) -I$(POSTKIT)/tools/lib -MMD -MP -c $< -o $@

$(BUILD)/pk-%.o: $(POSTKIT)/tools/pk-%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(PACKAGES) -I$(POSTKIT)/tools/lib -MMD -MP -c $< -o $@

# The catalog queries, as an array of named texts.
$(BUILD)/queries.c: $(catalog.sql) $(POSTKIT)/mk/embed.sh
	@mkdir -p $(@D)
	sh $(POSTKIT)/mk/embed.sh $(catalog.sql) >$@

$(BUILD)/queries.o: $(BUILD)/queries.c
	$(CC) $(CFLAGS) -I$(POSTKIT)/tools/lib -c $< -o $@

$(BUILD)/libpk.a: $(lib.objects) $(BUILD)/queries.o
	@rm -f $@
	ar rcs $@ $^

$(tool.programs): $(TOOLS)/%: $(BUILD)/%.o $(BUILD)/libpk.a
	$(CC) $(LDFLAGS) $< $(BUILD)/libpk.a $(LIBRARIES) -o $@

.SECONDARY:
-include $(lib.objects:.o=.d) $(addprefix $(BUILD)/,$(addsuffix .d,$(tool.names)))
