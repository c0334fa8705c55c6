/* pk-prove: whether a plan leads where it says. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "catalog/reader.h"
#include "config/config.h"
#include "plan/run.h"

#include <string.h>

static const struct usage usage = {
	.name = "pk-prove",
	.summary = "runs a plan in a scratch database and compares the result with the desired state",
	.operands = "PLAN DESIRED DATABASE",
	.description =
		"DATABASE must be in the state that the plan (from pk-diff) starts from, and belong to nobody else: the\n"
		"plan is run in it. DESIRED is the snapshot of the state that it shall lead to. Exit status 0 and silence when\n"
		"it does; 1 when the database is not in the first state or does not reach the second, with the\n"
		"statements that would still be wanted.",
	.least = 3, .most = 3,
};

static void
read_facts(PGconn *connection, struct catalog *catalog)
{
	*catalog = (struct catalog)CATALOG_INIT;
	catalog_read(connection, &(struct catalog_options){ .with_invalid = true }, catalog);
}

/* Dies unless the database is in the state of that fingerprint. */
static void
check_start(PGconn *connection, const struct plan *plan)
{
	struct catalog catalog;
	char hex[SHA256_HEX];

	read_facts(connection, &catalog);
	snapshot_fingerprint(&catalog.snapshot, hex);
	if (strcmp(hex, plan->from) != 0)
		die(STATUS_NO, "the plan does not start from the state of the database");
	catalog_release(&catalog);
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	struct plan plan = PLAN_INIT, rest = PLAN_INIT;
	struct snapshot desired = SNAPSHOT_INIT;
	struct catalog reached;
	PGconn *connection;
	char *own;

	plan_read(&plan, operands[0]);
	snapshot_read(&desired, operands[1], false);
	connection = connection_open(config_database(&arena, operands[2]));
	check_start(connection, &plan);
	plan_run(connection, &plan);
	read_facts(connection, &reached);
	own = connection_value(connection, "select pg_catalog.quote_ident(current_user)");
	PQfinish(connection);
	plan_make(&rest, &reached.snapshot, &desired, &(struct plan_options){ .online = false, .own = own });
	for (size_t i = 0; i < rest.count; i++)
		report(&(struct report){ .text = "the plan does not reach the desired state",
		                         .detail = rest.steps[i].sql });
	output_close();
	return rest.count ? STATUS_NO : STATUS_DONE;
}
