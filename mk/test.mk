# test.mk - the tests (tests/README.md): unit tests and fuzz targets are built with the sanitizers,
# tests/run runs them and the shell tests, on a throwaway server.

test.build   := $(BUILD.root)/asan/tests
unit.names   := $(patsubst $(POSTKIT)/tests/%.c,%,$(sort $(wildcard $(POSTKIT)/tests/unit/*_test.c)))
unit.programs := $(unit.names:%=$(test.build)/%)

# What tests/run expects.
test.run = POSTKIT='$(POSTKIT)' TOOLS='$(TOOLS)' CONFIG='$(CONFIG)' MAKE='$(MAKE)' JOBS='$(JOBS)' \
	UNIT='$(unit.programs)' ASAN_OPTIONS=detect_leaks=0 \
	UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 sh $(POSTKIT)/tests/run
JOBS = 2

$(test.build)/%.o: $(POSTKIT)/tests/%.c $(BUILD.root)/asan/flags
	@mkdir -p $(@D)
	$(call build.say,CC tests/$*)$(CC) $(CFLAGS) $(config.asan) $(EXTRA_CFLAGS) \
		$$(pkg-config --cflags $(LIBRARIES)) -I$(POSTKIT)/tools/lib -I$(@D:$(test.build)%=$(POSTKIT)/tests%) -MMD -MP -c $< -o $@

$(unit.programs): %: %.o $(test.build)/unit/test.o $(BUILD.root)/asan/libpk.a
	$(call build.say,LD $(@F))$(CC) $(config.asan) $(EXTRA_LDFLAGS) $^ $$(pkg-config --libs $(LIBRARIES)) -o $@

-include $(unit.programs:=.d) $(test.build)/unit/test.d

.PHONY: test test-one test-asan
test: $(tool.programs) $(unit.programs) | $(setup.server) $(setup.test) ## build everything and run all tests
	@$(test.run)

test-one: $(tool.programs) $(unit.programs) | $(setup.server) $(setup.test) ## run some tests (T=tests/tools/pk-server.sh …)
	@$(test.run) $(foreach test,$(T),$(if $(filter %_test,$(test)),$(test.build)/unit/$(notdir $(test)),$(abspath $(test))))
