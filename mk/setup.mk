# setup.mk - what PostKit needs of the machine: found, or installed where apt-get is (see setup.sh).
#
# setup.sh runs only when something is missing: what was found is remembered in .postkit/build/setup-*,
# and that those files are still there, and setup.sh is the same as then (setup-*.by), is seen without a process.

setup.kinds := build server test fuzz
setup.stamps := $(setup.kinds:%=$(POSTKIT)/.postkit/build/setup-%)

# $(call setup.need,KIND): the stamp, when it is to be made or made again.
setup.stamp = $(POSTKIT)/.postkit/build/setup-$(1)
setup.found = $(strip $(file <$(call setup.stamp,$(1))))
setup.same = $(if $(subst x$(strip $(1))x,,x$(strip $(2))x),,same)
setup.need = $(if $(and $(call setup.found,$(1)),$(if \
	$(filter-out $(wildcard $(call setup.found,$(1))),$(call setup.found,$(1))),,whole),$(call \
	setup.same,$(file <$(call setup.stamp,$(1)).by),$(file <$(POSTKIT)/mk/setup.sh))),,$(call setup.stamp,$(1)))

# As order-only prerequisites: for compiling, for what starts a server, for the tests, for fuzzing.
$(foreach kind,$(setup.kinds),$(eval setup.$(kind) := $(call setup.need,$(kind))))

# A finished tree needs no compiler, and its directory may be read-only.
ifneq ($(setup.build)$(setup.server),)
ifneq ($(shell test -w $(POSTKIT) || echo no),)
setup.build :=
setup.server :=
endif
endif

.PHONY: setup
setup: $(setup.build) $(setup.server) $(setup.test) ## install what is missing: compiler, libraries, PostgreSQL

$(setup.stamps): $(POSTKIT)/.postkit/build/setup-%: FORCE
	@sh $(POSTKIT)/mk/setup.sh $* $@ '$(CC)' && cp $(POSTKIT)/mk/setup.sh $@.by
