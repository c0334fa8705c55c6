/*
 * stamp.h - whether a database's definitions have changed
 *
 * A digest of the row versions of its catalogs: the same as long as no definition changes, however much data does.
 * PostKit's own schema plays no part in it. `15 DIGEST DIGEST`: the server's major version, the database, the
 * server's roles.
 */
#ifndef PK_CATALOG_STAMP_H
#define PK_CATALOG_STAMP_H

#include <libpq-fe.h>
#include <stdbool.h>

/* To be freed. The connection must not be in a transaction, and is not in one afterwards. */
char *
stamp_read(PGconn *connection);

/* Whether two stamps are of the same definitions, whatever roles came or went on the server meanwhile. */
bool
stamp_same_database(const char *a, const char *b);

#endif
