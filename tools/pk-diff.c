/* pk-diff: the plan that leads from one snapshot to another. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "plan/hazard.h"

#include <stdio.h>
#include <string.h>

static bool online, offline, exit_code, show, check, list_hazards;
static struct opt_list allowed;
static const char *after, *undo, *sizes, *own;

static const struct opt options[] = {
	{ OPT_LIST, 'a', "allow", "HAZARDS", "hazards that are allowed: names, NAME:OBJECT, or all", &allowed },
	{ OPT_STRING, 0, "after", "PLAN", "a plan (from pk-rename) that leads to CURRENT and comes first", &after },
	{ OPT_STRING, 0, "undo", "PLAN", "a plan (from pk-rename) that led to DESIRED, and is taken back at last", &undo },
	{ OPT_STRING, 0, "sizes", "FILE", "how large the tables are (from pk-sizes)", &sizes },
	{ OPT_FLAG, 0, "show", NULL, "write the plan even with hazards that are not allowed", &show },
	{ OPT_FLAG, 0, "check", NULL, "make no plan, only look at the hazards of one", &check },
	{ OPT_FLAG, 0, "hazards", NULL, "list all hazards and what they mean", &list_hazards },
	{ OPT_STRING, 0, "own", "ROLE", "the role that DESIRED was made by: who owns what it has there is not DESIRED's to say", &own },
	{ OPT_FLAG, 0, "online", NULL, "the forms that let others work on meanwhile (the default)", &online },
	{ OPT_FLAG, 0, "offline", NULL, "the short forms, which lock tables for as long as they take", &offline },
	{ OPT_FLAG, 0, "exit-code", NULL, "exit 1 when there are differences", &exit_code },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-diff",
	.summary = "writes the plan that leads from one state to another",
	.operands = "CURRENT DESIRED | PLAN",
	.description =
		"Reads two snapshots (from pk-dump; `-` is standard input) and writes, as JSON Lines, the\n"
		"statements that lead from the first state to the second, in order. pk-render shows a plan as\n"
		"SQL or for people.\n\n"
		"A plan with hazards (data lost, long locks) is refused, status 1, unless they are allowed. With --check a PLAN\n"
		"that was made before is looked at for that.\n\n"
		"The order of columns is no difference: PostgreSQL adds columns at the end.",
	.options = options, .least = 0, .most = 2,
};

static void
print_hazards(void)
{
	puts("Each is refused until it is allowed: --allow NAME, --allow NAME:OBJECT, or --allow all. What locks a\n"
	     "table only for a moment is no hazard. Elsewhere: what Squawk (in lower case) and pg-schema-diff call it.\n");
	for (const struct hazard *hazard = hazards; hazard->name; hazard++) {
		printf("%s\n    %s\n    for how long: %s\n    instead: %s\n", hazard->name, hazard->what, hazard->how_long,
		       hazard->instead);
		if (hazard->elsewhere)
			printf("    elsewhere: %s\n", hazard->elsewhere);
	}
}

static void
refuse_hazards(const struct plan *plan)
{
	if (plan_refuse(plan, &allowed))
		die_hint(STATUS_NO, "allow them with --allow NAME or --allow NAME:OBJECT (see --hazards)",
		         "the plan has hazards that are not allowed");
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct snapshot from = SNAPSHOT_INIT, to = SNAPSHOT_INIT;
	struct plan plan = PLAN_INIT, first = PLAN_INIT, last = PLAN_INIT;

	if (list_hazards) {
		print_hazards();
		output_close();
		return STATUS_DONE;
	}
	if (online && offline)
		die(STATUS_USAGE, "--online and --offline exclude each other");
	if (count != (check ? 1 : 2))
		die(STATUS_USAGE, check ? "one plan is needed" : "two snapshots are needed: CURRENT DESIRED");
	hazards_check(&allowed);
	if (check) {
		plan_read(&plan, operands[0]);
		refuse_hazards(&plan);
		return STATUS_DONE;
	}
	snapshot_read(&from, operands[0], false);
	snapshot_read(&to, operands[1], false);
	if (after)
		plan_read(&first, after);
	plan_make(&plan, &from, &to, &(struct plan_options){ .online = !offline, .own = own });
	if (!plan.count && strcmp(plan.from, plan.to) != 0)
		warn("the states differ, and no statement changes that: pk-compare %s %s shows it", operands[0], operands[1]);
	if (after)
		plan_prepend(&plan, &first);
	if (undo) {
		plan_read(&last, undo);
		plan_append_undo(&plan, &last);
	}
	if (sizes)
		plan_add_sizes(&plan, sizes);
	if (!show)
		refuse_hazards(&plan);
	plan_write(stdout, &plan);
	output_close();
	return exit_code && plan.count ? STATUS_NO : STATUS_DONE;
}
