/* pk-ignore: what .pgschemaignore leaves of a snapshot. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/ignored.h"

#include <stdio.h>
#include <string.h>

static bool list;

static const struct opt options[] = {
	{ OPT_FLAG, 'l', "list", NULL, "list the patterns, but those of a new project's file", &list },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-ignore",
	.summary = "leaves out of a snapshot what a .pgschemaignore names",
	.operands = "FILE [SNAPSHOT]",
	.description =
		"FILE, which may be missing, says what must not be managed:\n\n"
		"  [tables]\n"
		"  patterns = [\"tmp_*\", \"!tmp_keep\", \"audit.*\"]\n\n"
		"Sections: tables, views, materialized_views, foreign_tables, functions, procedures, aggregates, types,\n"
		"enums, domains, sequences, indexes, constraints, triggers, policies, rules, schemas, extensions, and the\n"
		"other kinds in the plural; in privileges and default_privileges the patterns are grantees. * stands for any\n"
		"characters, ? for one; ! makes an exception. A pattern is held against the name and against schema.name.\n\n"
		"What matches goes with all that hangs on it. What stays and needs something that goes is named on standard\n"
		"error.",
	.options = options, .least = 1, .most = 2,
};

/* PostKit's own tables are in no snapshot: naming them makes no difference. */
static void
print(const struct ignore *ignore)
{
	for (size_t i = 0; i < ignore->count; i++) {
		const struct ignore_pattern *p = &ignore->patterns[i];

		if (strncmp(p->text, "postkit", strlen("postkit")) != 0)
			printf("%s %s%s\n", p->section, p->negated ? "!" : "", p->text);
	}
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	struct snapshot snapshot = SNAPSHOT_INIT;
	const struct ignore *ignore = ignore_read(&arena, operands[0]);

	if (list) {
		print(ignore);
		output_close();
		return STATUS_DONE;
	}
	snapshot_read(&snapshot, count > 1 ? operands[1] : "-", false);
	ignore_apply(ignore, &snapshot);
	snapshot_write(stdout, snapshot.facts, snapshot.count, false);
	output_close();
	return STATUS_DONE;
}
