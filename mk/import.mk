# import.mk - an existing database becomes a tree of files, and is proven equal.
#
#     make import [URL=postgres://…] [SCHEMA=a,b] [NAME=imported_baseline]
#                 [FORCE=1] [SYNC=0] [PROVE=0] [SHORT=0] [DRY_RUN=1]
#
# Without URL the source is the local database. The chain (each line a stage, see rules.mk):
#
#     source.stamp ← the source           pk-stamp    asked every time, a few milliseconds
#     ignored      ← .pgschemaignore      pk-ignore   its patterns, asked every time
#     facts.jsonl  ← source.stamp, ignored  pk-dump   what it left out is in facts.log
#     ordered.jsonl← facts.jsonl          pk-order
#     infra.list   ← source.stamp         pk-infra    infra/infra/*.sql
#     baseline.sql ← ordered.jsonl        pk-render
#     baseline.list← baseline.sql, facts  pk-baseline migrations/, committed.json
#     tree.edited  ← tree.made, schema/   what was edited or removed since
#     tree.redo    ← tree.edited          of that, what is removed, with FORCE=1 also what was edited
#     tree.list    ← facts.jsonl, infra, tree.redo   pk-normalize schema/
#     proof        ← facts, baseline, tree            the local database, from the baseline and from the files
#     sync         ← baseline.list        pk-sync     the source's migrations table
#
# In a directory that is no project (no postkit.config.json) the proof runs on a throwaway server, and
# nothing but text is left behind: the same bytes for the same database, no times in them.

SYNC  = 1# import: 0 leaves the source untouched
PROVE = 1# import: 0 leaves out the local database and the proof
SHORT = 1# import: 0 writes the files at length, as pg_dump would, where their short forms are not proven

db := .postkit/db

import.project := $(wildcard postkit.config.json)
# What is chosen stands in the commands, so that another choice makes the stages run again.
import.source  := $(if $(value URL),env:POSTKIT_URL,@local)
import.name    := $(if $(value NAME),--name '$(subst ','\'',$(value NAME))')
import.tree    := $(if $(import.project),$(project.schema_path),schema)
import.public  := $(if $(import.project),$(project.schema),public)

# What is chosen stays so: it stands in .pgschemaignore, which every verb obeys.
import.chosen  := $(or $(value SCHEMA),$(if $(and $(filter import,$(MAKECMDGOALS)),$(wildcard $(import.tree)/.pgschemaignore),$(wildcard \
	$(TOOLS)/pk-ignore)),$(shell $(TOOLS)/pk-ignore --chosen $(import.tree)/.pgschemaignore)))
import.schemas := $(if $(import.chosen),--schema '$(subst ','\'',$(import.chosen))')
import.length  := $(if $(filter 0,$(SHORT)),--at-length )

# The embedded server is started by what needs it; POSTKIT_LOCAL_URL is what @local is then.
local.embedded := $(if $(import.project),$(filter embedded,$(project.local)),embedded)
local.start.of = $(if $(local.embedded),$(if $(import.project),POSTKIT_LOCAL_URL=$$($(TOOLS)/pk-server $(1)--database postkit start) && export POSTKIT_LOCAL_URL && ))
local.start    := $(call local.start.of)
# One that is made for an import is of the source's version, if that is to be had.
import.like    := $(if $(value URL),--like $(import.source) )
local.run      := $(if $(local.embedded),$(if $(import.project),,$(TOOLS)/pk-server $(import.like)run ))

import.force   := $(filter-out 0,$(value FORCE))
import: export POSTKIT_URL = $(value URL)
import: export POSTKIT_FORCE = $(if $(import.force),1)

# In a session the files are ahead of every database: an import would take them back.
.PHONY: import-check
import-check:
	@if grep -qs '"active": *true' $(db)/session.json; then \
		echo 'import: error: a session is active, and an import would overwrite its work' >&2; \
		echo '  hint: make commit keeps it, make abort gives it up' >&2; exit 1; fi

$(db)/source.stamp: | import-check $(if $(import.project),project-lock)

$(call probe,$(db)/source.stamp,$(if $(value URL),,$(local.start))$(TOOLS)/pk-stamp $(import.source),reading the source)

$(call probe,$(db)/ignored,$(TOOLS)/pk-ignore --list $(import.schemas) $(import.tree)/.pgschemaignore)

$(call stage,$(db)/facts.jsonl,$(db)/source.stamp $(db)/ignored,sh $(POSTKIT)/mk/keep-log.sh $(db)/facts.log $(TOOLS)/pk-dump $(import.schemas) $(import.source),reading all definitions)

$(call stage,$(db)/ordered.jsonl,$(db)/facts.jsonl,$(TOOLS)/pk-order $(db)/facts.jsonl,putting them in order)

$(call stage,$(db)/infra.list,$(db)/source.stamp,mkdir -p $(db)/infra/infra && $(TOOLS)/pk-infra $(import.schemas) $(import.source) $(db)/infra/infra && cat $(db)/infra/infra/*.sql,extracting roles$(comma) schemas and extensions)

$(call stage,$(db)/baseline.sql,$(db)/ordered.jsonl,$(TOOLS)/pk-render $(db)/ordered.jsonl,writing the baseline)

$(call stage,$(db)/baseline.list,$(db)/baseline.sql $(db)/facts.jsonl,$(TOOLS)/pk-baseline $(import.name) --facts $(db)/facts.jsonl --version-from $(import.source) $(db) <$(db)/baseline.sql,registering the baseline)

$(call probe,$(db)/tree.edited,sh $(POSTKIT)/mk/tree-edited.sh $(TOOLS) $(db)/tree.made $(import.tree))

$(call stage,$(db)/tree.redo,$(db)/tree.edited,sed -n '$(if $(import.force),,/^gone /)p' $(db)/tree.edited)

$(call stage,$(db)/tree.list,$(db)/facts.jsonl $(db)/infra.list $(db)/tree.redo,$(TOOLS)/pk-normalize $(import.length)$${POSTKIT_FORCE:+--force} --manifest $(db)/files.jsonl --backup $(db)/backup --default-schema $(import.public) --extra $(db)/infra $(import.tree) $(db)/facts.jsonl && $(TOOLS)/pk-config $(import.schemas) ignore-file $(import.tree)/.pgschemaignore && touch $(db)/tree.began && sh $(POSTKIT)/mk/tree-sums.sh $(TOOLS) $(import.tree) >$(db)/tree.made && touch -r $(db)/tree.began $(db)/tree.made && rm $(db)/tree.began,writing the schema files)

$(call stage,$(db)/proof,$(db)/facts.jsonl $(db)/infra.list $(db)/baseline.list $(db)/tree.list,$(call local.start.of,$(import.like))$(local.run)sh $(POSTKIT)/mk/prove.sh $(TOOLS) $(db) $(import.tree) $(if $(local.run),throwaway,$(if $(value URL),@local,source)) $(import.source),building the local database and proving it)

$(call stage,$(db)/sync,$(db)/baseline.list $(if $(filter-out 0,$(PROVE)),$(db)/proof),$(TOOLS)/pk-sync $(db) $(import.source),recording the baseline in the source)

import.goal := $(db)/tree.list $(db)/baseline.list $(if $(filter-out 0,$(PROVE)),$(db)/proof) $(if $(filter-out 0,$(SYNC)),$(db)/sync)

.PHONY: import
import: $(if $(filter-out 0,$(value DRY_RUN)),import-dry-run,$(import.goal)) ## an existing database becomes files (URL= SCHEMA= NAME= FORCE= SYNC= DRY_RUN=)
	@sh $(POSTKIT)/mk/import-summary.sh $(db) $(import.tree) '$(filter 0,$(PROVE))' '$(filter 0,$(SYNC))' '$(filter-out 0,$(value DRY_RUN))'
	$(if $(import.project),,@rm -f $(db)/*.sum)

.PHONY: import-dry-run
import-dry-run: $(db)/facts.jsonl $(db)/infra.list
	@$(TOOLS)/pk-normalize $(import.length)--dry-run --force --manifest $(db)/files.jsonl --default-schema $(import.public) --extra $(db)/infra $(import.tree) $(db)/facts.jsonl
