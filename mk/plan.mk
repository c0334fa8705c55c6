# plan.mk - the difference between two states, as a plan.
#
#     make diff FROM=… TO=… [FORMAT=text|sql|json|html] [ALLOW=…] [ONLINE=0] [EXIT_CODE=1] [PROVE=1]
#
# Each of both is a database (URL, conninfo, @local, @remote:name), a directory of SQL files, or a snapshot
# file. With PROVE=1 the plan is run in a copy of the first state, and must reach the second. A directory is loaded into a database of its own on a scratch server: the embedded one of the
# project, or else one for the time of this command.

FORMAT    = text# diff: how the plan is shown: text, sql, json, html
ONLINE    = 1# diff: 0: the short forms, which lock tables for as long as they take
ALLOW     =# diff: hazards that are allowed, by name or name:object; all
EXIT_CODE = 0# diff: 1: exit 1 when there are differences

# PROVE is on by itself in imports (import.mk); here it is asked for.
diff.prove := $(if $(filter command%,$(origin PROVE)),$(PROVE),0)

diff: export POSTKIT_FROM = $(value FROM)
diff: export POSTKIT_TO = $(value TO)
diff: export POSTKIT_ALLOW = $(value ALLOW)
diff: export POSTKIT_PROJECT_IGNORE = $(import.tree)/.pgschemaignore

.PHONY: diff
diff: $(tool.programs) | $(setup.server) ## what leads from one state to another (FROM= TO= FORMAT= ALLOW= ONLINE= PROVE= EXIT_CODE=)
	@$(if $(import.project),$(local.start))sh $(POSTKIT)/mk/diff.sh $(TOOLS) '$(subst ','\'',$(FORMAT))' '$(ONLINE)' '$(EXIT_CODE)' '$(diff.prove)'
