# bench.mk - measurements beside what others take, in the same run (tests/bench/); no test, no limit.

TABLES = 1000 5000
ROUNDS = 3

.PHONY: bench
bench: $(tool.programs) | $(setup.server) ## measure against pg_dump -s (TABLES="1000 5000" ROUNDS=3)
	@POSTKIT='$(POSTKIT)' TOOLS='$(TOOLS)' TABLES='$(TABLES)' ROUNDS='$(ROUNDS)' $(TOOLS)/pk-server run sh $(POSTKIT)/tests/bench/import.sh
