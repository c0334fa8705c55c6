/* pk-diff: the plan that leads from one snapshot to another. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "plan/plan.h"

static bool offline, exit_code;

static const struct opt options[] = {
	{ OPT_FLAG, 0, "offline", NULL, "the short forms, which lock tables for as long as they take", &offline },
	{ OPT_FLAG, 0, "exit-code", NULL, "exit 1 when there are differences", &exit_code },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-diff",
	.summary = "writes the plan that leads from one state to another",
	.operands = "CURRENT DESIRED",
	.description =
		"Reads two snapshots (from pk-dump; `-` is standard input) and writes, as JSON Lines, the\n"
		"statements that lead from the first state to the second, in order. pk-render shows a plan as\n"
		"SQL or for people.\n\n"
		"The order of columns is no difference: PostgreSQL adds columns at the end.",
	.options = options, .least = 2, .most = 2,
};

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct snapshot from = SNAPSHOT_INIT, to = SNAPSHOT_INIT;
	struct plan plan = PLAN_INIT;

	snapshot_read(&from, operands[0], false);
	snapshot_read(&to, operands[1], false);
	plan_make(&plan, &from, &to, &(struct plan_options){ .online = !offline });
	plan_write(stdout, &plan);
	output_close();
	return exit_code && plan.count ? STATUS_NO : STATUS_DONE;
}
