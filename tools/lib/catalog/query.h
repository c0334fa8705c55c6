/*
 * query.h - the texts of catalog/<name>.sql, embedded in the program
 */
#ifndef PK_QUERY_H
#define PK_QUERY_H

#include <stdbool.h>

struct query {
	const char *name; /* "table" for catalog/table.sql */
	const char *text;
};

/* In byte order of the names, ended by a NULL name. */
extern const struct query queries[];

/*
 * The query for a server of that version (150004), to be freed: lines that end
 * in a marker for other versions are left out. Markers are `--@ >=15`,
 * `--@ <15`, `--@ 14..16` (both included).
 */
char *
query_text(const char *name, int server_version);

/* Whether its rows are facts: its first line is `--@ facts`. */
bool
query_gives_facts(const struct query *query);

#endif
