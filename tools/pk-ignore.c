/* pk-ignore: what .pgschemaignore leaves of a snapshot. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/ignored.h"
#include "pg/name_list.h"

#include <stdio.h>
#include <string.h>

static bool list, chosen;
static const char *schema_list;

static const struct opt options[] = {
	{ OPT_FLAG, 'l', "list", NULL, "list the patterns, but those of a new project's file", &list },
	{ OPT_STRING, 'n', "schema", "LIST", "with --list: as if these schemas were chosen (pk-config ignore-file)", &schema_list },
	{ OPT_FLAG, 0, "chosen", NULL, "print the schemas that FILE chooses (\"*\" with exceptions in [schemas]), as a list", &chosen },
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

static void
print_chosen(struct arena *arena, const struct ignore *ignore)
{
	const char **names = ignore_chosen(arena, ignore);
	struct sbuf text = SBUF_INIT;

	for (size_t i = 0; names && names[i]; i++) {
		sbuf_adds(&text, i ? "," : "");
		name_list_add(&text, names[i]);
	}
	if (names)
		puts(text.text);
	sbuf_release(&text);
}

/* What the file will be with the schemas chosen. */
static const struct ignore *
choose(struct arena *arena, const char *path)
{
	struct ignore *ignore = arena_alloc(arena, sizeof *ignore);
	struct sbuf text = SBUF_INIT, with = SBUF_INIT;
	size_t count;
	const char **schemas = name_list_parse(arena, schema_list, &count);
	long line;

	if (!schemas || !count)
		die(STATUS_USAGE, "not a list of names: %s", schema_list);
	file_read(path, &text);
	ignore_choose(&with, path, text.text, schemas);
	ignore_parse(arena, with.text, ignore, &line);
	sbuf_release(&text);
	sbuf_release(&with);
	return ignore;
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	struct snapshot snapshot = SNAPSHOT_INIT;
	const struct ignore *ignore = schema_list ? choose(&arena, operands[0]) : ignore_read(&arena, operands[0]);

	if (schema_list && !list)
		die(STATUS_USAGE, "--schema goes with --list");
	if (list || chosen) {
		if (chosen)
			print_chosen(&arena, ignore);
		else
			print(ignore);
		output_close();
		return STATUS_DONE;
	}
	snapshot_read(&snapshot, count > 1 ? operands[1] : "-", false);
	ignore_apply(ignore, &snapshot, false);
	snapshot_write(stdout, snapshot.facts, snapshot.count, false);
	output_close();
	return STATUS_DONE;
}
