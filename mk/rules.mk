# rules.mk - stages: a file is made again when, and only when, what it is made of has changed.
#
#     $(call stage,OUT,INPUTS,COMMAND[,TITLE])
#
# OUT is what COMMAND prints. Beside it, OUT.key holds what it was made of: COMMAND's text, and the SHA-256 of
# every input and of the programs and scripts (words of COMMAND below $(TOOLS) and $(POSTKIT), and what such scripts
# call as $tools/pk-NAME and ${0%/*}/NAME.sh). When make comes to OUT, after its inputs,
# the key is worked out anew, and only where it differs from OUT.key, or one of both files is not there, is OUT
# removed and COMMAND run. Times of files play no part:
#
# - a file that was touched, checked out again, or made again with the same content, starts nothing;
# - a stage whose result comes out the same stops the chain;
# - COMMAND prints into OUT.tmp, which becomes OUT when it has succeeded, and then OUT.key is written: what
#   failed or was killed, at whatever point, leaves no product, and make goes on there the next time.
#
# Products can be large: OUT.sum holds the SHA-256 of OUT with the size and time that OUT had then, and as long as it has
# them its content is not read again to see that nothing has changed.
#
#     $(call probe,OUT,COMMAND[,TITLE])
#
# A stage without inputs that always runs, for the beginning of a chain that lies outside of files (a stamp of
# a database). OUT is replaced only when it comes out different.
#
# WHY=1 says what has changed; V=1 shows the commands; -n shows the commands that would run, with whatever depends
# on their results, and writes nothing; -B runs every stage; -j runs independent stages at once. TITLE is shown
# while the stage runs (not with -s). The time of OUT.key is when the stage began, that of OUT when it ended.
#
# INPUTS are files, without blanks in their names (the directory of the project may have them), relative to the
# project. Of thousands of files, make one manifest with their hashes and depend on that. A file that may be missing is
# passed as $(wildcard FILE). COMMAND is one line of sh; `$$` there stands for `$`, $(comma) for a comma, `\#` for `#`; it should not
# be a pipeline, whose first commands can fail unseen. It stands in OUT.key and in the process list: no password in it.
# What it depends on besides its inputs must stand in its text. PostKit's programs are built, and the machine has a PostgreSQL,
# before any stage runs.

comma := ,
stage.blank := $() $()
define stage.newline


endef

# Size and time of files, FILE:SIZE:TIME.
stage.stat := $(if $(wildcard /usr/bin/sw_vers),stat -f %N:%z:%Fm,stat -c %n:%s:%.9Y)
stage.sum := $(if $(firstword $(wildcard $(addsuffix /sha256sum,$(subst :, ,$(PATH))))),sha256sum,shasum -a 256)

# Flags of make: -n, -B, -s.
stage.flag = $(findstring $(1),$(filter-out --%,$(firstword -$(MAKEFLAGS))))

# The programs and scripts of a command, with those that its scripts call; their directory alone is a word of it too.
stage.programs = $(sort $(foreach word,$(filter-out $(TOOLS) $(POSTKIT),$(filter $(TOOLS)/% $(POSTKIT)/%,$(1))),$(word) $(call stage.calls,$(word))))
# A script says $tools/pk-NAME and ${0%/*}/NAME.sh.
stage.text = $(subst $${0%/*}/,$(POSTKIT)/mk/,$(subst $$tools/,$(TOOLS)/,$(subst \, ,$(subst ", ,$(file <$(1))))))
stage.calls = $(if $(filter %.sh,$(1)),$(foreach word,$(sort $(filter $(TOOLS)/pk-% $(POSTKIT)/mk/%.sh,$(call stage.text,$(1)))),$(word) $(call stage.calls,$(word))))

stage = $(eval stage.command.$(1) := $$(3))$(eval stage.title.$(1) := $$(4))$(eval $(call stage.rule,$(1),$(2) $(call stage.programs,$(3))))
probe = $(eval stage.command.$(1) := $$(2))$(eval stage.title.$(1) := $$(3))$(eval $(call probe.rule,$(1),$(call stage.programs,$(2))))

stage.products :=
define stage.rule
stage.products += $(1)
stage.inputs.$(1) := $(2)
$(1): $(2) FORCE | $(tool.programs) $(setup.server)
	$$(call stage.recipe,$(1))
endef

define probe.rule
$(1): $(2) FORCE | $(tool.programs) $(setup.server)
	$$(call probe.recipe,$(1))
endef

# The key: the command, then SHA-256:FILE, one a line. Where PostKit lies makes no difference.
stage.place = $(subst $(POSTKIT),postkit,$(subst $(TOOLS),tools,$(1)))
stage.key = command $(call stage.place,$(stage.command.$(1)))$(subst $(stage.blank),,$(foreach sum,$(sort $(call stage.sums,$(1))),$(stage.newline)$(sum)))
stage.sums = $(call stage.place,$(call stage.sums.of,$(if $(call stage.flag,n),$(wildcard $(stage.inputs.$(1))),$(stage.inputs.$(1)))))

# $(call stage.sums.of,FILES): SHA-256:FILE of each, from FILE.sum where that still holds.
stage.sums.of = $(eval stage.known := $$(call stage.sums.known,$$(filter $$(stage.products),$(1))))$(stage.known) $(call \
	stage.sums.read,$(filter-out $(foreach sum,$(stage.known),$(call stage.file,$(sum))),$(1)))
stage.sums.read = $(subst $(stage.blank)$(stage.blank),:,$(if $(strip $(1)),$(shell $(stage.sum) $(1))))
stage.sums.known = $(if $(1),$(call stage.sums.same,$(shell $(stage.stat) $(1)),$(1)))
stage.sums.same = $(foreach file,$(2),$(if $(filter $(1),$(word 2,$(file <$(file).sum))),$(word 1,$(file <$(file).sum))))
stage.file = $(lastword $(subst :, ,$(1)))

# With -n: the stages that would run; whatever has them as inputs would, as far as anyone can tell.
stage.made :=

# A key as words, one for each line; $(file <) leaves a newline at the end or not.
stage.lines = $(strip $(subst $(stage.newline),$(stage.blank),$(subst $(stage.blank),␠,$(1))))
stage.differ = $(subst x$(call stage.lines,$(1))x,,x$(call stage.lines,$(2))x)

stage.stale = $(strip $(if $(wildcard $(1)),,$(1)) $(call stage.flag,B) $(filter $(stage.made),$(stage.inputs.$(1))) \
	$(if $(call stage.differ,$(stage.was),$(stage.is)),key))

stage.recipe = $(eval stage.was := $$(file <$(1).key))$(eval stage.is := $$(call stage.key,$(1)))$(if \
	$(call stage.stale,$(1)),$(if $(WHY),$(call stage.why,$(1)))$(if $(call stage.flag,n),$(call stage.dry,$(1)),$(call stage.run,$(1))))

stage.dry = $(eval stage.made += $(1))$(stage.command.$(1)) >$(1)

stage.say = $(if $(V),$(info $(stage.command.$(1)) >$(1)),$(if $(and $(stage.title.$(1)),$(if $(call stage.flag,s),,x)),$(info $(stage.title.$(1)))))

define stage.run
$(call stage.say,$(1))$(if $(wildcard $(dir $(1))),,$(shell mkdir -p $(dir $(1))))$(file >$(1).key.new,$(stage.is))@rm -f $(1) $(1).key $(1).sum
@( $(stage.command.$(1)) ) >$(1).tmp || { status=$$?; rm -f $(1).tmp $(1).key.new; exit $$status; }
@touch $(1).tmp && mv -f $(1).tmp $(1) && sum=$$($(stage.sum) $(1)) && echo "$${sum%% *}:$(1) $$($(stage.stat) $(1))" >$(1).sum && mv -f $(1).key.new $(1).key
endef

# What has changed, in words: the lines of the new key that the old one does not have, and those that are gone.
stage.files = $(foreach line,$(filter-out command␠%,$(call stage.lines,$(1))),$(call stage.file,$(line)))
stage.tell = $(info $(1): $(2))
stage.why = $(if $(wildcard $(1)),,$(call stage.tell,$(1),is not there))$(if $(call stage.flag,B),$(call stage.tell,$(1),-B))$(foreach \
	input,$(filter $(stage.made),$(stage.inputs.$(1))),$(call stage.tell,$(1),$(input) would be made anew))$(if \
	$(stage.was),$(call stage.why.key,$(1)),$(if $(wildcard $(1)),$(call stage.tell,$(1),was not finished)))
stage.why.key = $(foreach line,$(filter-out $(call stage.lines,$(stage.was)),$(call stage.lines,$(stage.is))),$(if \
	$(filter command␠%,$(line)),$(call stage.tell,$(1),the command has changed),$(call \
	stage.tell,$(1),$(call stage.file,$(line)) has changed)))$(foreach \
	file,$(filter-out $(call stage.files,$(stage.is)),$(call stage.files,$(stage.was))),$(call stage.tell,$(1),$(file) is no input any more))

probe.recipe = $(if $(call stage.flag,n),$(if $(wildcard $(1)),$(stage.command.$(1)) >$(1),$(call stage.dry,$(1))),$(call probe.run,$(1)))

define probe.run
$(call stage.say,$(1))$(if $(wildcard $(dir $(1))),,$(shell mkdir -p $(dir $(1))))@( $(stage.command.$(1)) ) >$(1).tmp || { status=$$?; rm -f $(1).tmp; exit $$status; }; \
	if cmp -s $(1).tmp $(1); then rm -f $(1).tmp; else mv -f $(1).tmp $(1); fi
endef
