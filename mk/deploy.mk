# deploy.mk - the project's migrations (.postkit/db/migrations) and the databases that they are for.
#
#     make migrations [REMOTE=name | URL=…]        what is applied where, all remotes side by side
#     make deploy     [REMOTE=name | URL=…] [DRY_RUN=1] [FORCE=1] [REHEARSE=schema|data|0]
#     make rollback   [REMOTE=name | URL=…] [STEPS=1] [FORCE=1]
#     make adopt      [REMOTE=name | URL=…]
#
# Without REMOTE and URL the default remote is meant. A deploy is: what is pending → the same on a copy
# of the target (the rehearsal; a failure leaves the target untouched) → confirmation → the target, under its lock → the proof
# that the target now is what the rehearsal gave. What was cut off goes on when it is run again. Without a
# terminal to ask on, FORCE=1 is needed. OPTIONS= goes to pk-apply (OPTIONS=--allow-out-of-order; pk-apply --help).

REHEARSE = schema# deploy: on a copy of the definitions; data: with all data; 0: no rehearsal
STEPS    = 1# rollback: how many migrations
OPTIONS  =# deploy, rollback: options of pk-apply

deploy.verbs := migrations deploy rollback adopt
.PHONY: $(deploy.verbs)
$(deploy.verbs): export POSTKIT_URL = $(value URL)
$(deploy.verbs): export POSTKIT_TARGET = $(if $(value URL),env:POSTKIT_URL,$(if $(value REMOTE),@remote:$(value REMOTE)))
$(deploy.verbs): export POSTKIT_FORCE = $(if $(filter-out 0,$(value FORCE)),1)
$(deploy.verbs): export POSTKIT_STEPS = $(value STEPS)
$(deploy.verbs): $(tool.programs) | $(setup.server)

# $(call deploy.run,VERB): the script; a server for the rehearsal is the script's business.
deploy.run = @sh $(POSTKIT)/mk/deploy.sh $(TOOLS) $(db) $(1)

migrations: ## which migrations are applied, on every remote (REMOTE= URL=)
	$(call deploy.run,migrations)

deploy: ## apply what is pending on a remote, rehearsed on a copy of it first (REMOTE= URL= DRY_RUN= FORCE= REHEARSE=)
	$(call deploy.run,deploy) '$(DRY_RUN)' '$(REHEARSE)' $(OPTIONS)

rollback: ## undo the newest migrations of a remote (REMOTE= URL= STEPS=1 FORCE=)
	$(call deploy.run,rollback) '$(DRY_RUN)' $(OPTIONS)

adopt: ## take over what dbmate has applied there (REMOTE= URL=)
	$(call deploy.run,adopt)
