/* pk-sync: marks the baseline as applied in a database that it was made from. */
#include "base/arena.h"
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "migration/committed.h"
#include "migration/mark.h"
#include "pg/connection.h"

#include <stdio.h>
#include <stdlib.h>

static bool print;

static const struct opt options[] = {
	{ OPT_FLAG, 0, "print", NULL, "only print the SQL that would be run; no database is needed", &print },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-sync",
	.summary = "marks the baseline as applied in a database",
	.operands = "DIRECTORY [DATABASE]",
	.description =
		"Writes the baseline that DIRECTORY/committed.json registers into the table\n"
		"postkit.schema_migrations of the database (made where it is missing), so that the database, which has all that is in it,\n"
		"is not given it again. Doing it twice does no harm.\n\n"
		"Where the role may not write, or the server is read-only, the SQL for somebody who may is\n"
		"printed on standard output, with a note. So nothing on standard output means that\n"
		"the baseline is marked; the exit status is 0 both times.\n\n"
		"Tables of that name in other schemas belong to other programs: they are mentioned, and left alone.",
	.options = options, .least = 1, .most = 2,
};

static void
print_script(const struct committed_migration *baseline)
{
	struct sbuf script = SBUF_INIT;

	mark_script(&script, baseline);
	fputs(script.text, stdout);
	sbuf_release(&script);
}

static void
sync_database(const char *conninfo, const struct committed_migration *baseline)
{
	PGconn *connection = connection_open(conninfo);
	char *others = mark_others(connection), *why = NULL;

	if (others)
		note("another program's table of migrations is left alone: %s", others);
	if (!mark_applied(connection, baseline, &why)) {
		note("the baseline is not marked as applied (%s); the SQL that does it, for somebody who may:", why);
		print_script(baseline);
	}
	PQfinish(connection);
	free(others);
	free(why);
}

int
main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	const struct committed *committed;
	const struct committed_migration *baseline;

	committed = committed_read(&arena, arena_printf(&arena, "%s/committed.json", operands[0]));
	baseline = committed_baseline(committed);
	if (!baseline)
		die_hint(STATUS_USAGE, "make import writes one", "%s registers no baseline", committed->path);
	if (print)
		print_script(baseline);
	else if (count == 2)
		sync_database(config_database(&arena, operands[1]), baseline);
	else
		die(STATUS_USAGE, "the database is missing");
	output_close();
	arena_release(&arena);
	return STATUS_DONE;
}
