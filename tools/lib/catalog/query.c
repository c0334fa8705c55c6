#include "catalog/query.h"

#include "base/die.h"
#include "base/sbuf.h"

#include <stdio.h>
#include <string.h>

static const char facts_marker[] = "--@ facts\n";

bool
query_gives_facts(const struct query *query)
{
	return !strncmp(query->text, facts_marker, sizeof facts_marker - 1);
}

/* Whether the line holds for servers of that major version. */
static bool
line_holds(const char *name, const char *line, size_t length, int major)
{
	const char *marker = NULL;
	int from, to;

	for (size_t i = 0; i + 4 <= length; i++)
		if (!strncmp(line + i, "--@ ", 4))
			marker = line + i + 4;
	if (!marker || marker == line + 4)
		return true;
	if (sscanf(marker, ">=%d", &from) == 1)
		return major >= from;
	if (sscanf(marker, "<%d", &to) == 1)
		return major < to;
	if (sscanf(marker, "%d..%d", &from, &to) == 2)
		return major >= from && major <= to;
	die(STATUS_BUG, "catalog/%s.sql: unknown marker in \"%.*s\"", name, (int)length, line);
}

char *
query_text(const char *name, int server_version)
{
	const struct query *query = queries;
	struct sbuf out = SBUF_INIT;

	while (query->name && strcmp(query->name, name) != 0)
		query++;
	if (!query->name)
		die(STATUS_BUG, "there is no catalog/%s.sql", name);
	for (const char *line = query->text; *line;) {
		size_t length = strcspn(line, "\n");

		if (line_holds(name, line, length, server_version / 10000)) {
			sbuf_add(&out, line, length);
			sbuf_addc(&out, '\n');
		}
		line += length + (line[length] == '\n');
	}
	return sbuf_take(&out);
}
