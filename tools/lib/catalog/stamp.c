#include "catalog/stamp.h"

#include "catalog/query.h"
#include "pg/connection.h"

#include <stdlib.h>
#include <string.h>

char *
stamp_read(PGconn *connection)
{
	char *sql = query_text("stamp", connection), *stamp;

	connection_begin_reading(connection);
	stamp = connection_value(connection, sql);
	connection_execute(connection, "commit");
	free(sql);
	return stamp;
}

bool
stamp_same_database(const char *a, const char *b)
{
	const char *roles = strrchr(a, ' ');

	return roles && !strncmp(a, b, (size_t)(roles - a) + 1);
}
