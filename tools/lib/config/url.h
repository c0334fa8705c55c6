/*
 * url.h - URLs of databases: their rules, and when two mean the same database
 *
 * libpq's own parser decides what is well-formed and what a parameter means.
 */
#ifndef PK_URL_H
#define PK_URL_H

#include "base/arena.h"

#include <stdbool.h>

/* Begins with postgres:// or postgresql:// . */
bool
url_has_scheme(const char *text);

/* NULL when libpq understands the URL or conninfo string; otherwise what is wrong
 * with it, in the arena, without its password. */
const char *
url_wrong(struct arena *arena, const char *url);

/*
 * What identifies the database that a URL or conninfo string leads to: hosts in lower
 * case (the names of the loopback are one), ports with the default written out, database without a closing
 * slash, user, service and server options (poolers tell databases apart by these). Two URLs
 * with the same identity are the same database; whatever else they carry (password,
 * sslmode …) does not matter. NULL for a malformed one.
 */
const char *
url_identity(struct arena *arena, const char *url);

bool
url_same(const char *a, const char *b);

#endif
