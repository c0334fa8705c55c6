/* pk-stamp: one line that changes when a definition in the database changes. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "catalog/stamp.h"
#include "config/config.h"
#include "pg/connection.h"

#include <stdio.h>

static const struct usage usage = {
	.name = "pk-stamp",
	.summary = "tells whether a database's definitions have changed",
	.operands = "DATABASE",
	.description =
		"Writes one line, a digest of the row versions of the database's catalogs. It is the\n"
		"same as long as no definition changes, however much data does, and takes tens of\n"
		"milliseconds where reading all facts takes seconds.",
	.least = 1, .most = 1,
};

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	PGconn *connection = connection_open(config_database(&arena, operands[0]));
	char *stamp = stamp_read(connection);

	PQfinish(connection);
	printf("%s\n", stamp);
	output_close();
	return STATUS_DONE;
}
