#include "catalog/query.h"

#include "base/die.h"
#include "base/sbuf.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

static const char facts_marker[] = "--@ facts", deparse_marker[] = "--@ facts deparse\n";

bool
query_gives_facts(const struct query *query)
{
	return !strncmp(query->text, facts_marker, sizeof facts_marker - 1);
}

bool
query_deparses(const struct query *query)
{
	return !strncmp(query->text, deparse_marker, sizeof deparse_marker - 1);
}

static bool
is_superuser(const PGconn *connection)
{
	const char *status = PQparameterStatus(connection, "is_superuser");

	return status && !strcmp(status, "on");
}

/* Whether one marker, without its `--@ `, holds for that connection. */
static bool
marker_holds(const char *name, const char *marker, const PGconn *connection)
{
	int major = PQserverVersion(connection) / 10000, from, to;

	if (sscanf(marker, ">=%d", &from) == 1)
		return major >= from;
	if (sscanf(marker, "<%d", &to) == 1)
		return major < to;
	if (sscanf(marker, "%d..%d", &from, &to) == 2)
		return major >= from && major <= to;
	if (!strncmp(marker, "superuser", strlen("superuser")))
		return is_superuser(connection);
	if (!strncmp(marker, "plain", strlen("plain")))
		return !is_superuser(connection);
	die(STATUS_BUG, "catalog/%s.sql: unknown marker \"%.*s\"", name, (int)strcspn(marker, "\n"), marker);
}

/* Whether all markers of the line hold. One at its beginning is about the file. */
static bool
line_holds(const char *name, const char *line, size_t length, const PGconn *connection)
{
	for (size_t i = 1; i + 4 <= length; i++)
		if (!strncmp(line + i, "--@ ", 4) && !marker_holds(name, line + i + 4, connection))
			return false;
	return true;
}

char *
query_text(const char *name, const PGconn *connection)
{
	const struct query *query = queries;
	struct sbuf out = SBUF_INIT;

	while (query->name && strcmp(query->name, name) != 0)
		query++;
	if (!query->name)
		die(STATUS_BUG, "there is no catalog/%s.sql", name);
	for (const char *line = query->text; *line;) {
		size_t length = strcspn(line, "\n");

		if (line_holds(name, line, length, connection)) {
			sbuf_add(&out, line, length);
			sbuf_addc(&out, '\n');
		}
		line += length + (line[length] == '\n');
	}
	return sbuf_take(&out);
}
