# config.mk - the project's configuration: postkit.config.json and postkit.secrets.json, changed by pk-config.
#
# project.local (embedded or given), project.schema_path, project.schema, project.schemas,
# project.remote and project.remotes are read when they are first used in a recipe.
# What people pass (NAME=, URL=) reaches the programs through the environment: nothing in it is
# interpreted by make or the shell, and no password stands in the process list.

project.settings := local schema_path schema schemas remote remotes

define project.setting
project.$(1) = $$(eval project.$(1) := $$$$(shell $$(TOOLS)/pk-config get $(1)))$$(project.$(1))
endef
$(foreach setting,$(project.settings),$(eval $(call project.setting,$(setting))))

# $(call project.need,VARIABLE...): stops where one of them is not given.
project.need = $(foreach name,$(1),$(if $(value $(name)),,$(error $(name)= is missing: make $@ $(1:%=%=…))))

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
