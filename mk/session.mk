# session.mk - the work on a copy of a remote.
#
#     make start [REMOTE=name | URL=…] [CLONE=schema | data | data:schema.table,…] [FORCE=1]
#     make status [JSON=1]
#     make abort
#
# A start makes the local database a copy of the remote (CLONE=data: with its data, or with that of some tables), and
# shows at once where the files in schema/ say something else; it never touches them. It refuses
# while committed migrations are not applied on that remote. An import refuses while a session is active (import.mk).

CLONE = schema# start: what is copied; data: everything; data:schema.table,… some tables' data
JSON  =# status: 1: as JSON

session.verbs := start status abort
.PHONY: $(session.verbs)
$(session.verbs): export POSTKIT_URL = $(value URL)
$(session.verbs): export POSTKIT_TARGET = $(if $(value URL),env:POSTKIT_URL,@remote$(if $(value REMOTE),:$(value REMOTE)))
$(session.verbs): export POSTKIT_FORCE = $(if $(filter-out 0,$(value FORCE)),1)
$(session.verbs): export POSTKIT_CLONE = $(value CLONE)
$(session.verbs): export POSTKIT_JSON = $(filter-out 0,$(value JSON))
$(session.verbs): $(tool.programs)
start abort: | project-lock
start: | $(setup.server)

session.run = @sh $(POSTKIT)/mk/session.sh $(TOOLS) $(db) '$(import.tree)' $(1)

start: ## copy a remote into the local database, to work there (REMOTE= URL= CLONE= FORCE=)
	$(call session.run,start)

status: ## where one stands, and what comes next (JSON=1)
	$(call session.run,status)

abort: ## end the session; nothing is lost but the session
	$(call session.run,abort)
