# bench.mk - measurements beside what others take, in the same run (tests/bench/); no test, no limit. TABLES= or MIGRATIONS= leaves that part out.

TABLES ?= 1000 5000
ROUNDS ?= 3
MIGRATIONS ?= 1000

# $(call bench.run,SCRIPT)
bench.run = @POSTKIT='$(POSTKIT)' TOOLS='$(TOOLS)' TABLES='$(TABLES)' MIGRATIONS='$(MIGRATIONS)' ROUNDS='$(ROUNDS)' $(TOOLS)/pk-server run sh $(POSTKIT)/tests/bench/$(1).sh

.PHONY: bench
bench: $(tool.programs) | $(setup.server) ## measure against pg_dump -s and dbmate (TABLES="1000 5000" MIGRATIONS=1000 ROUNDS=3)
	$(if $(strip $(TABLES)),$(call bench.run,import))
	$(if $(strip $(TABLES)),$(call bench.run,diff))
	$(if $(strip $(TABLES)),$(call bench.run,work))
	$(if $(strip $(MIGRATIONS)),$(call bench.run,migrations))
