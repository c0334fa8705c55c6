/* pk-prove: whether a plan leads where it says. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "catalog/reader.h"
#include "config/config.h"
#include "config/ignored.h"
#include "plan/fingerprint.h"
#include "plan/run.h"

#include <stdlib.h>
#include <string.h>

static const char *from_file;

static const struct opt options[] = {
	{ OPT_STRING, 0, "from", "CURRENT", "bring the database into the state of this snapshot first", &from_file },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-prove",
	.summary = "runs a plan in a scratch database and compares the result with the desired state",
	.operands = "PLAN DESIRED DATABASE",
	.description =
		"DATABASE must be in the state that the plan (from pk-diff) starts from, and belong to nobody else: the\n"
		"plan is run in it. DESIRED is the snapshot of the state that it shall lead to. Exit status 0 and silence when\n"
		"it does; 1 when the database is not in the first state or does not reach the second, with the\n"
		"statements that would still be wanted.\n\n"
		"With --from a database that a proof was made in before is used again: what leads from its state to CURRENT is run\n"
		"first. Where it then does not have every fact of CURRENT as it is, exit status 1: it is to be made anew.\n\n"
		"What the file that POSTKIT_IGNORE names leaves out (see pk-ignore) is not looked at.",
	.options = options, .least = 3, .most = 3,
};

static void
read_facts(PGconn *connection, struct catalog *catalog)
{
	const char *file = getenv("POSTKIT_IGNORE");

	*catalog = (struct catalog)CATALOG_INIT;
	catalog_read(connection, &(struct catalog_options){ .with_invalid = true }, catalog);
	if (file)
		ignore_apply(ignore_read(&catalog->snapshot.arena, file), &catalog->snapshot, false);
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

/* Whether every fact is the same, also what no plan would look at; not what they need, which is only an order. */
static bool
same_facts(const struct snapshot *a, const struct snapshot *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->facts[i]->id, b->facts[i]->id) != 0 || !fact_equal(a->facts[i], b->facts[i], false))
			return false;
	return true;
}

/* Runs what leads to that state. Dies unless the database then has it, and the plan starts from it. */
static void
bring_back(PGconn *connection, const char *path, const struct plan *plan)
{
	struct snapshot from = SNAPSHOT_INIT;
	struct plan back = PLAN_INIT;
	struct catalog catalog;
	char hex[SHA256_HEX];

	snapshot_read(&from, path, false);
	read_facts(connection, &catalog);
	if (!same_facts(&catalog.snapshot, &from)) {
		plan_make(&back, &catalog.snapshot, &from, &(struct plan_options){ .online = false });
		plan_run(connection, &back);
		read_facts(connection, &catalog);
		if (!same_facts(&catalog.snapshot, &from))
			die(STATUS_NO, "the database cannot be brought into the state of %s", path);
	}
	snapshot_fingerprint(&from, hex);
	if (strcmp(hex, plan->from) != 0)
		die(STATUS_NO, "the plan does not start from the state of %s", path);
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
	if (from_file)
		bring_back(connection, from_file, &plan);
	else
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
