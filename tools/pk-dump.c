/* pk-dump: all facts of a database, as a sorted snapshot. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "catalog/reader.h"
#include "config/config.h"
#include "config/ignored.h"
#include "pg/name_list.h"

#include <stdlib.h>
#include <string.h>

static bool strict, with_invalid, say_ignored;
static const char *schema_list, *ignore_file;

static const struct opt options[] = {
	{ OPT_STRING, 'n', "schema", "LIST", "only these schemas (names with commas between)", &schema_list },
	{ OPT_STRING, 0, "ignore", "FILE", "without what this .pgschemaignore, if it is there, names (see pk-ignore)", &ignore_file },
	{ OPT_FLAG, 0, "say-ignored", NULL, "name the objects that this leaves out", &say_ignored },
	{ OPT_FLAG, 0, "with-invalid", NULL, "also invalid indexes, left by CREATE INDEX CONCURRENTLY", &with_invalid },
	{ OPT_FLAG, 0, "strict", NULL, "exit 1 when something was left out that PostKit does not know", &strict },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-dump",
	.summary = "writes all facts of a database",
	.operands = "DATABASE",
	.description =
		"Reads the catalogs of a PostgreSQL database (13 to 18) in one read-only\n"
		"transaction and writes its facts, one JSON object a line, sorted by id, followed by\n"
		"one closing line. The same database gives the same bytes.\n\n"
		"What a user made and PostKit does not know is named on standard error; so is what\n"
		"belongs to a fact and is not written: passwords, what the role may not see. Invalid\n"
		"indexes are left out and named.\n\n"
		"Without --ignore the file that POSTKIT_IGNORE names is used.",
	.options = options, .least = 1, .most = 1,
};

int
main(int argc, char **argv)
{
	size_t count, schema_count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct catalog catalog = CATALOG_INIT;
	struct arena arena = ARENA_INIT;
	const char **schemas = schema_list ? name_list_parse(&arena, schema_list, &schema_count) : NULL;
	PGconn *connection;

	if (schema_list && !schemas)
		die(STATUS_USAGE, "not a list of names: %s", schema_list);
	connection = connection_open(config_database(&arena, operands[0]));
	catalog_read(connection, &(struct catalog_options){ .schemas = schemas,
	                                                    .with_invalid = with_invalid }, &catalog);
	PQfinish(connection);
	for (size_t i = 0; i < catalog.unknown_count; i++)
		report(&(struct report){ .severity = "warning", .text = catalog.unknown[i].what,
		                         .detail = catalog.unknown[i].why });
	for (size_t i = 0; i < catalog.withheld_count; i++)
		report(&(struct report){ .severity = "note", .text = catalog.withheld[i].what,
		                         .detail = catalog.withheld[i].why });
	for (size_t i = 0; i < catalog.leaving_count; i++)
		warn("outside the chosen schemas: %s", catalog.leaving[i]);
	if (!ignore_file)
		ignore_file = getenv("POSTKIT_IGNORE");
	if (ignore_file)
		ignore_apply(ignore_read(&arena, ignore_file), &catalog.snapshot, say_ignored);
	snapshot_write(stdout, catalog.snapshot.facts, catalog.snapshot.count, false);
	output_close();
	return strict && catalog.unknown_count ? STATUS_NO : STATUS_DONE;
}
