/*
 * connection.h - talking to a server through libpq
 *
 * Databases are named by a URL or a conninfo string (libpq's own parser reads
 * both, so every parameter is honoured: sslmode, several hosts, service files,
 * .pgpass). The encoding is always UTF-8. Whatever fails ends the program with
 * the server's message, its SQLSTATE and the statement's place; only the
 * functions called try_… return the failure.
 */
#ifndef PK_CONNECTION_H
#define PK_CONNECTION_H

#include "base/sbuf.h"

#include <libpq-fe.h>
#include <stdbool.h>

/* The oldest and the newest server that PostKit knows. */
enum { SERVER_OLDEST = 130000, SERVER_NEWEST = 189999 };

/*
 * Connects. Dies with status 4 when there is no server to talk to, 3 when it
 * refuses (password, database), 2 when the string is malformed or the server's
 * version is not supported (newer than known: a warning).
 */
PGconn *
connection_open(const char *conninfo);

/* NULL with a message in `error` when it cannot be had. No version check. */
PGconn *
connection_try_open(const char *conninfo, struct sbuf *error);

/* Runs statements that return rows or none; dies on failure. PQclear the result. */
PGresult *
connection_query(PGconn *connection, const char *sql);

/* The same for what returns nothing that matters. */
void
connection_execute(PGconn *connection, const char *sql);

/* With parameters as text, NULL is SQL's NULL. */
PGresult *
connection_query_params(PGconn *connection, const char *sql, int count, const char *const *values);

/* The first column of the first row, to be freed; NULL when there is none. */
char *
connection_value(PGconn *connection, const char *sql);

/*
 * Ends the program with the failure of `result` (NULL: of the connection),
 * while doing `what` ("reading catalog/table.sql"): status 3, or 4 when the
 * connection is lost.
 */
_Noreturn void
connection_fail(PGconn *connection, const PGresult *result, const char *what);

/*
 * Starts the transaction in which catalogs are read: REPEATABLE READ, READ
 * ONLY, empty search_path, and every setting that the server's deparsing
 * depends on (extra_float_digits, IntervalStyle, DateStyle, quote_all_identifiers, …),
 * no statement_timeout and no lock on anything of the user's. In a transaction of the caller's, only the settings.
 */
void
connection_begin_reading(PGconn *connection);

/*
 * The conninfo of the same server with another database name. The result is to
 * be freed.
 */
char *
conninfo_with_database(const char *conninfo, const char *database);

#endif
