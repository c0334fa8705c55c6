# deploy.mk - the project's migrations (.postkit/db/migrations) and the databases that they are for.
#
#     make migrations [REMOTE=name | URL=…]        what is applied where, all remotes side by side
#     make deploy     [REMOTE=name | REMOTES="a b" | URL=…] [DRY_RUN=1] [FORCE=1] [REHEARSE=schema|data|0] [ALLOW=drift]
#     make deploy-all                              the same on all remotes; make -j8: eight at a time
#     make drift      [REMOTE=name | REMOTES="a b" | URL=…]
#     make rollback   [REMOTE=name | URL=…] [STEPS=1] [FORCE=1]
#     make adopt      [REMOTE=name | URL=…] [FORCE=1]
#
# Without REMOTE, REMOTES and URL the default remote is meant. A deploy goes through these stages (rollout.sh):
#
#   pending     what is to be applied; nothing: that is all
#   drift       is the target in the state that is recorded with its last migration? What somebody changed by hand is
#               shown as facts and stops the deploy, unless ALLOW=drift. Where no fingerprint is recorded, that is said.
#   rehearsal   the same on a copy of the target, which must end in the state recorded with the last
#               migration; a failure leaves the target untouched
#   question    what the rehearsal locked, and how large that is in the target. Without a terminal, FORCE=1 is needed
#   apply       under the target's lock, if nobody has changed it since it was looked at
#   proof       the target now is what the rehearsal gave
#
# What was cut off goes on when it is run again. Of several targets those that begin in the same state have one rehearsal; one
# that fails stops none of the others, and running it again does what is left; the exit status tells. Targets whose server is of
# another major version than the local one are compared by way of copies on the local one.
# OPTIONS= goes to pk-apply (OPTIONS=--allow-out-of-order; pk-apply --help).

REHEARSE = schema# deploy: on a copy of the definitions; data: with all data; 0: no rehearsal
REMOTES  =# deploy, drift: several remotes
STEPS    = 1# rollback: how many migrations
OPTIONS  =# deploy, rollback: options of pk-apply

deploy.verbs := migrations rollback adopt
deploy.rollouts := deploy deploy-all drift
.PHONY: $(deploy.verbs) $(deploy.rollouts)
$(deploy.verbs) $(deploy.rollouts): export POSTKIT_URL = $(value URL)
$(deploy.verbs): export POSTKIT_TARGET = $(if $(value URL),env:POSTKIT_URL,$(if $(value REMOTE),@remote:$(value REMOTE)))
$(deploy.verbs) $(deploy.rollouts): export POSTKIT_FORCE = $(if $(filter-out 0,$(value FORCE)),1)
$(deploy.verbs): export POSTKIT_STEPS = $(value STEPS)
$(deploy.rollouts): export POSTKIT_ALLOW = $(value ALLOW)
$(deploy.rollouts): export POSTKIT_TARGETS = $(if $(value URL),env:POSTKIT_URL,$(addprefix @remote:,$(deploy.remotes)))
$(deploy.verbs) $(deploy.rollouts): $(tool.programs) | $(setup.server)

deploy.remotes = $(or $(value REMOTES),$(value REMOTE))
deploy-all: deploy.remotes = $(or $(value REMOTES),$(project.remotes),$(error there are no remotes: make remote-add NAME=… URL=…))
# How many targets at a time: as many as make has jobs.
deploy.jobs = $(or $(filter-out -j,$(patsubst -j%,%,$(filter -j%,$(MAKEFLAGS)))),4)

deploy.run = @sh $(POSTKIT)/mk/deploy.sh $(TOOLS) $(db) $(1)
deploy.rollout = @sh $(POSTKIT)/mk/rollout.sh $(TOOLS) $(db) $(1) '$(DRY_RUN)' '$(REHEARSE)' $(deploy.jobs) $(OPTIONS)

migrations: ## which migrations are applied, on every remote (REMOTE= URL=)
	$(call deploy.run,migrations)

deploy: ## apply what is pending on remotes, rehearsed on a copy first (REMOTE= REMOTES= URL= DRY_RUN= FORCE= REHEARSE= ALLOW=drift)
	$(call deploy.rollout,deploy)

deploy-all: ## the same on all remotes, several at a time (make -j8 deploy-all)
	$(call deploy.rollout,deploy)

drift: ## what was changed by hand on a remote since its last migration (REMOTE= REMOTES= URL=)
	$(call deploy.rollout,drift)

rollback: ## undo the newest migrations of a remote (REMOTE= URL= STEPS=1 FORCE=)
	$(call deploy.run,rollback) '$(DRY_RUN)' $(OPTIONS)

adopt: ## what is there counts as applied: the baseline (after SYNC=0), what dbmate has done (REMOTE= URL= FORCE=)
	$(call deploy.run,adopt)
