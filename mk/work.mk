# work.mk - from edited files to a committed migration.
#
#     make plan   [PROVE=0] [ONLINE=0]
#     make apply  [ALLOW=hazard,…]
#     make commit NAME=… [PROVE=0]
#     make verify [RECORD=1]                  migrations and files agree: for CI, without a session or a remote
#     make migration NAME=…                   an empty one, to be written by hand
#     make infra  [APPLY=1] [TARGET=local|remote]
#     make seed   [APPLY=1] [TARGET=local|remote]
#
# The chain (each line a stage, see rules.mk; `shadow` is a database that is there only meanwhile):
#
#     tree.sums     ← the files in schema/            their hashes, asked every time
#     server        ← local server      pk-database   its major version: another one may print definitions in another way
#     desired.jsonl ← tree.sums, server pk-load, pk-dump   the facts of a shadow database made of the files
#     current.stamp ← local database    pk-stamp      asked every time
#     current.jsonl ← current.stamp     pk-dump
#     directives    ← tree.sums         pk-rename     what the files say was renamed
#     plan.jsonl    ← current, desired, directives   pk-diff (plan.sh)
#     plan.proof    ← plan.jsonl        pk-prove      the plan, run in a copy of the current state, leads to the desired one
#     plan.sql, plan.json ← plan.jsonl  pk-render
#
#     verified      ← tree.sums, migrations.sums   all migrations, run in an empty database, make what the files say
#
# So a comment in a file changes tree.sums and no more than that, and a change made by hand in psql is seen.
# What is applied, and how far an interrupted apply came, stands in session.json (pk-session); what was
# committed in committed.json.

APPLY  =# infra, seed: 1: run the files, instead of showing them
TARGET = local# infra, seed: local or remote
RECORD =# verify: 1: register the fingerprint of what the migrations make

work.verbs := plan apply commit verify migration infra seed
.PHONY: $(work.verbs) session-active project-lock
$(work.verbs): export POSTKIT_NAME = $(value NAME)
$(work.verbs): export POSTKIT_ALLOW = $(value ALLOW)

$(work.verbs): export POSTKIT_REMOTE_NAME = $(value REMOTE)
$(work.verbs): | project-lock
infra seed: $(tool.programs)

# Who changes what is in .postkit does so alone; the lock is make's, for as long as it lives.
project-lock: $(tool.programs)
	@test -e postkit.config.json || { echo '$(firstword $(MAKECMDGOALS)): error: this is no project' >&2; \
		echo '  hint: make init makes it one' >&2; exit 1; }
	@mkdir -p $(db) && $(TOOLS)/pk-session lock $(db)/lock $$PPID

# Those that work in a session say so before they do anything.
session-active: $(tool.programs) | project-lock
	@$(TOOLS)/pk-session active $(db)/session.json
work.first := project-lock $(if $(filter plan apply commit,$(MAKECMDGOALS)),session-active)

work.script  := sh $(POSTKIT)/mk/work.sh $(TOOLS) $(db)
work.offline := $(if $(filter 0,$(ONLINE)),--offline)
work.prove   := $(filter-out 0,$(PROVE))

$(db)/tree.sums $(db)/migrations.sums $(db)/current.stamp $(db)/server: | $(work.first)

$(call probe,$(db)/tree.sums,sh $(POSTKIT)/mk/tree-sums.sh $(TOOLS) $(import.tree))

$(call probe,$(db)/current.stamp,$(local.start)$(TOOLS)/pk-stamp @local)

$(call probe,$(db)/server,$(local.start)$(TOOLS)/pk-database version @local)

# What .pgschemaignore names is in no snapshot. (This file is read last: all verbs are known.)
import $(work.verbs) $(session.verbs) $(deploy.verbs) $(deploy.rollouts): export POSTKIT_IGNORE = $(import.tree)/.pgschemaignore

$(call stage,$(db)/desired.jsonl,$(db)/tree.sums $(db)/server,$(local.start)sh $(POSTKIT)/mk/shadow.sh $(TOOLS) $(import.tree),loading the files into a shadow database)

$(call stage,$(db)/current.jsonl,$(db)/current.stamp $(db)/ignored,$(local.start)$(TOOLS)/pk-dump --with-invalid @local,reading the local database)

$(call stage,$(db)/directives,$(db)/tree.sums,$(TOOLS)/pk-rename --list $(import.tree))

$(call stage,$(db)/plan.jsonl,$(db)/current.jsonl $(db)/desired.jsonl $(db)/directives,$(local.start)sh $(POSTKIT)/mk/plan.sh $(TOOLS) $(db)/current.jsonl $(db)/desired.jsonl $(import.tree) @scratch:renamed --show $(work.offline),planning)

$(call stage,$(db)/plan.proof,$(db)/plan.jsonl $(db)/current.jsonl $(db)/desired.jsonl,$(local.start)sh $(POSTKIT)/mk/prove-plan.sh $(TOOLS) $(db)/plan.jsonl $(db)/current.jsonl $(db)/desired.jsonl '$(if $(local.embedded),$(db)/proof.kept)',proving the plan)

$(call stage,$(db)/plan.sql,$(db)/plan.jsonl,$(TOOLS)/pk-render --format sql $(db)/plan.jsonl)

$(call stage,$(db)/plan.json,$(db)/plan.jsonl,$(TOOLS)/pk-render --format json $(db)/plan.jsonl)

$(call probe,$(db)/migrations.sums,sh $(POSTKIT)/mk/tree-sums.sh $(TOOLS) $(db)/migrations $(db)/committed.json)

$(call stage,$(db)/verified,$(db)/desired.jsonl $(db)/tree.sums $(db)/server $(db)/migrations.sums,$(local.start)sh $(POSTKIT)/mk/verify.sh $(TOOLS) $(db) $(import.tree) '$(filter-out 0,$(RECORD))',running all migrations in an empty database)

plan: $(db)/plan.sql $(db)/plan.json $(if $(work.prove),$(db)/plan.proof) ## what the edited files change in the local database (PROVE=0 ONLINE=0)
	@$(work.script) plan '$(work.prove)'

# The facts are looked at anew; the plan is the one that was shown.
apply: $(db)/current.jsonl $(db)/desired.jsonl ## do that in the local database (ALLOW=)
	@$(local.start)$(work.script) apply $(import.tree)

commit: $(db)/current.jsonl $(db)/desired.jsonl ## the session's work becomes a migration (NAME= PROVE=0)
	$(call project.need,NAME)@$(local.start)$(work.script) commit '$(work.prove)' '$(import.tree)'

verify: $(db)/verified ## whether the migrations make what the files say (RECORD=1)
	@cat $(db)/verified

migration: | session-active ## an empty migration of the session, to be written by hand (NAME=)
	$(call project.need,NAME)@$(work.script) migration

work.files = @$(if $(filter remote,$(TARGET)),,$(local.start))sh $(POSTKIT)/mk/files.sh $(TOOLS) $@ '$(import.tree)/$(1)' '$(APPLY)' '$(TARGET)'

infra: ## roles, schemas and extensions: shown, or run (APPLY=1 TARGET=remote REMOTE=)
	$(call work.files,infra)

seed: ## the data in seeds/: shown, or run (APPLY=1 TARGET=remote REMOTE=)
	$(call work.files,seeds)
