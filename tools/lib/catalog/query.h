/*
 * query.h - the texts of catalog/<name>.sql, embedded in the program
 */
#ifndef PK_QUERY_H
#define PK_QUERY_H

#include <stdbool.h>

struct pg_conn; /* PGconn of libpq */

struct query {
	const char *name; /* "table" for catalog/table.sql */
	const char *text;
};

/* In byte order of the names, ended by a NULL name. */
extern const struct query queries[];

/*
 * The query for that connection, to be freed: lines that end in a marker for
 * servers of other versions are left out. Markers are `--@ >=15`, `--@ <15`,
 * `--@ 14..16` (both included), and `--@ superuser`, `--@ plain` for what can
 * only be asked as a superuser.
 */
char *
query_text(const char *name, const struct pg_conn *connection);

/* Whether its rows are facts: its first line begins with `--@ facts`. */
bool
query_gives_facts(const struct query *query);

/*
 * Whether it has the server print expressions, for which a backend loads the definition of each
 * table into its memory, once: its first line is `--@ facts deparse`.
 */
bool
query_deparses(const struct query *query);

#endif
