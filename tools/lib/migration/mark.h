/*
 * mark.h - a migration marked as applied where its effect is already
 *
 * For the baseline of an import: the database that it was made from has all that is in it.
 */
#ifndef PK_MARK_H
#define PK_MARK_H

#include "base/sbuf.h"
#include "migration/committed.h"

#include <libpq-fe.h>
#include <stdbool.h>

/* The script that makes the table where it is missing and marks the migration. */
void
mark_script(struct sbuf *out, const struct committed_migration *migration);

/*
 * Marks it, in one transaction, under the lock of the runner; makes what is missing of the
 * table. Where it is marked already nothing is written. False, and nothing changed,
 * when the role may not or the server is read-only; `*why` (to be freed) says so.
 */
bool
mark_applied(PGconn *connection, const struct committed_migration *migration, char **why);

/* Names of tables like it that other programs have made (quoted, with commas between), to
 * be freed; NULL when there are none. */
char *
mark_others(PGconn *connection);

#endif
