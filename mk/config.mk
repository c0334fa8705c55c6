# config.mk - the project's configuration: postkit.config.json and postkit.secrets.json, changed by pk-config.
#
# project.local (embedded or given), project.schema_path, project.schema, project.schemas,
# project.remote and project.remotes are read, all at once, when one of them is first used. Where pk-config is not
# built yet, that comes first, and make begins anew.
# What people pass (NAME=, URL=) reaches the programs through the environment: nothing in it is
# interpreted by make or the shell, and no password stands in the process list.

project.settings := local schema_path schema schemas remote remotes

define project.newline


endef
project.empty  = $(foreach setting,$(project.settings),$(eval project.$(setting) :=))
project.make   = $(if $(wildcard $(TOOLS)/pk-config),$(subst ␤,,$(subst ␤ ,$(project.newline),$(shell \
	{ $(TOOLS)/pk-config make || echo project.wrong := 1; } | sed 's/$$/␤/'))))
project.read   = $(strip $(eval project.text := $$(project.make))$(project.empty)$(eval $(project.text))$(if $(project.wrong),$(project.stop)))
# What does not work on the project works all the same.
project.others = help init clean setup tools server-%
project.stop   = $(if $(filter-out $(project.others),$(MAKECMDGOALS)),$(error the configuration is not what it must be))
$(foreach setting,$(project.settings),$(eval project.$(setting) = $$(project.read)$$(project.$(setting))))

ifneq ($(and $(wildcard postkit.config.json),$(filter-out $(project.others),$(MAKECMDGOALS)),$(tool.names)),)
ifeq ($(wildcard $(TOOLS)/pk-config),)
include $(BUILD)/settings.mk
$(BUILD)/settings.mk: $(TOOLS)/pk-config
	@: >$@
endif
endif

# $(call project.need,VARIABLE...): the beginning of a recipe, which ends there where one of them is not given.
project.need = $(foreach name,$(1),$(if $(value $(name)),,@echo '$@: error: $(name)= is missing' >&2; echo '  hint: make $@ $(1:%=%=…)' >&2; exit 2$(project.newline)))

project.verbs := init remote-add remote-list remote-use remote-remove schema-add
.PHONY: $(project.verbs)
$(project.verbs): $(TOOLS)/pk-config
$(project.verbs): export POSTKIT_NAME = $(value NAME)
$(project.verbs): export POSTKIT_URL = $(value URL)

init: ## make the current directory a project: postkit.config.json, schema/, .gitignore
	@$(TOOLS)/pk-config init

remote-add: ## add a remote database (NAME= URL= [DEFAULT=1])
	$(call project.need,NAME URL)@$(TOOLS)/pk-config remote-add $(if $(DEFAULT),--default) -- "$$POSTKIT_NAME" env:POSTKIT_URL

remote-list: ## show the remotes
	@$(TOOLS)/pk-config remote-list

remote-use: ## choose the default remote (NAME=)
	$(call project.need,NAME)@$(TOOLS)/pk-config remote-use -- "$$POSTKIT_NAME"

remote-remove: ## forget a remote (NAME= [FORCE=1])
	$(call project.need,NAME)@$(TOOLS)/pk-config remote-remove $(if $(FORCE),--force) -- "$$POSTKIT_NAME"

schema-add: ## add a schema to the configuration and to infra/schemas.sql (NAME=)
	$(call project.need,NAME)@$(TOOLS)/pk-config schema-add -- "$$POSTKIT_NAME"
