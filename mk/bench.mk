# bench.mk - measurements beside what others take, in the same run (tests/bench/); no test, no limit. TABLES= or MIGRATIONS= leaves that part out.

TABLES = 1000 5000
ROUNDS = 3
MIGRATIONS = 1000

.PHONY: bench
bench: $(tool.programs) | $(setup.server) ## measure against pg_dump -s and dbmate (TABLES="1000 5000" MIGRATIONS=1000 ROUNDS=3)
	$(if $(strip $(TABLES)),@POSTKIT='$(POSTKIT)' TOOLS='$(TOOLS)' TABLES='$(TABLES)' ROUNDS='$(ROUNDS)' $(TOOLS)/pk-server run sh $(POSTKIT)/tests/bench/import.sh)
	$(if $(strip $(TABLES)),@POSTKIT='$(POSTKIT)' TOOLS='$(TOOLS)' TABLES='$(TABLES)' ROUNDS='$(ROUNDS)' $(TOOLS)/pk-server run sh $(POSTKIT)/tests/bench/diff.sh)
	$(if $(strip $(TABLES)),@POSTKIT='$(POSTKIT)' TOOLS='$(TOOLS)' TABLES='$(TABLES)' $(TOOLS)/pk-server run sh $(POSTKIT)/tests/bench/work.sh)
	$(if $(strip $(MIGRATIONS)),@POSTKIT='$(POSTKIT)' TOOLS='$(TOOLS)' MIGRATIONS='$(MIGRATIONS)' ROUNDS='$(ROUNDS)' $(TOOLS)/pk-server run sh $(POSTKIT)/tests/bench/migrations.sh)
