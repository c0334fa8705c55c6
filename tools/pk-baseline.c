/* pk-baseline: SQL from standard input becomes the baseline migration, registered. */
#include "base/arena.h"
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "migration/baseline.h"
#include "pg/connection.h"
#include "plan/fingerprint.h"

#include <stdio.h>

static const char *name = "imported_baseline", *version, *version_from, *facts;

static const struct opt options[] = {
	{ OPT_STRING, 0, "name", "NAME", "what the migration is called (imported_baseline)", &name },
	{ OPT_STRING, 0, "version", "DIGITS", "its version", &version },
	{ OPT_STRING, 0, "version-from", "DATABASE", "its version is the time when that database's cluster was made",
	  &version_from },
	{ OPT_STRING, 0, "facts", "SNAPSHOT", "the facts that it makes: their fingerprint is registered with it", &facts },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-baseline",
	.summary = "writes and registers the baseline migration",
	.operands = "DIRECTORY",
	.description =
		"Writes the SQL from standard input as DIRECTORY/migrations/<version>_<name>.sql, in\n"
		"dbmate's format, and registers it in DIRECTORY/committed.json. A baseline that is\n"
		"registered keeps its version and name; where nothing changed nothing is written.\n"
		"Prints the path of the migration.\n\n"
		"The version does not come from the clock, so that two imports of the same database\n"
		"give the same files. Where a server does not tell when its cluster was made it is 19700101000000.",
	.options = options, .least = 1, .most = 1,
};

int
main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct sbuf sql = SBUF_INIT;
	char fingerprint[SHA256_HEX];

	if (!version == !version_from)
		die(STATUS_USAGE, "one of --version and --version-from is needed");
	file_must_read("-", &sql);
	if (!sql.length)
		die(STATUS_USAGE, "there is nothing on standard input");
	if (version_from) {
		PGconn *connection = connection_open(config_database(&arena, version_from));

		version = baseline_version(&arena, connection);
		PQfinish(connection);
	}
	if (facts) {
		struct snapshot snapshot = SNAPSHOT_INIT;

		snapshot_read(&snapshot, facts, false);
		snapshot_fingerprint(&snapshot, fingerprint);
	}
	printf("%s\n", baseline_write(&arena, operands[0], &(struct baseline){
		.version = version, .name = name, .fingerprint = facts ? fingerprint : NULL, .sql = &sql }));
	output_close();
	sbuf_release(&sql);
	arena_release(&arena);
	return STATUS_DONE;
}
