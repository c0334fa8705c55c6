/* pk-sizes: how large the tables of a database are. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "catalog/query.h"
#include "config/config.h"
#include "fact/fact.h"
#include "pg/connection.h"

#include <stdio.h>
#include <stdlib.h>

static const struct usage usage = {
	.name = "pk-sizes",
	.summary = "writes how large the tables of a database are",
	.operands = "DATABASE",
	.description =
		"Writes one JSON object a line for each table and materialized view, from the statistics that the server\n"
		"keeps: {\"id\":\"table public.users\",\"bytes\":12884901888,\"rows\":34000000}. pk-diff --sizes puts them into a\n"
		"plan, so that it says what a statement rewrites or reads. What was never analyzed has no size.",
	.least = 1, .most = 1,
};

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	PGconn *connection = connection_open(config_database(&arena, operands[0]));
	char *query = query_text("sizes", connection);
	PGresult *result;
	struct sbuf line = SBUF_INIT;

	connection_begin_reading(connection);
	result = connection_query(connection, query);
	for (int i = 0; i < PQntuples(result); i++) {
		sbuf_reset(&line);
		sbuf_adds(&line, "{\"id\":");
		json_string_write(&line, PQgetvalue(result, i, 0));
		if (!PQgetisnull(result, i, 1))
			sbuf_addf(&line, ",\"bytes\":%s", PQgetvalue(result, i, 1));
		if (!PQgetisnull(result, i, 2))
			sbuf_addf(&line, ",\"rows\":%s", PQgetvalue(result, i, 2));
		printf("%s}\n", line.text);
	}
	PQclear(result);
	PQfinish(connection);
	free(query);
	output_close();
	return STATUS_DONE;
}
