/*
 * infra.h - what a database stands on: roles, schemas, extensions, as SQL that can be run again
 *
 * Everything is read with the rights of a plain login role, and there are no passwords in it. Statements
 * are sorted; the same database gives the same bytes. Runs on servers from 13 on, whichever
 * version it was read from: options that only newer servers know are written only where
 * they are not at their default.
 */
#ifndef PK_INFRA_H
#define PK_INFRA_H

#include "base/sbuf.h"
#include "pg/connection.h"

#include <stdbool.h>

/*
 * The roles that the database refers to (all: every role of the server), with attributes,
 * settings, comments, security labels, rights on parameters and memberships. Predefined roles
 * (pg_…) are on every server; memberships in them are written. The bootstrap superuser is
 * on every server too when it is called postgres, and is left out then.
 */
void
infra_roles(PGconn *connection, bool all, struct sbuf *out);

/* The user's schemas with their owners; only those in `schemas` (ended by NULL),
 * where it is not NULL. */
void
infra_schemas(PGconn *connection, const char *const *schemas, struct sbuf *out);

/* The extensions, in an order in which they can be created. */
void
infra_extensions(PGconn *connection, struct sbuf *out);

#endif
