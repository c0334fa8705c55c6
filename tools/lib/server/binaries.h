/*
 * binaries.h - where PostgreSQL's server programs are
 *
 * Looked for, unless the environment variable PG_BINDIR names the directory:
 * where Debian, Red Hat, Alpine, Homebrew, Postgres.app and the sources put
 * them, in PATH, and where pg_config says. A directory counts when both
 * `postgres` and `initdb` are in it; psql and the like are not needed.
 */
#ifndef PK_BINARIES_H
#define PK_BINARIES_H

#include "base/arena.h"

#include <stdbool.h>

struct binaries {
	const char *directory;
	long major;          /* 15 */
	const char *version; /* "15.4" */
};

/*
 * The binaries of the major version `major`; 0 takes the newest that PostKit
 * knows (connection.h). Dies (status 2) when there are none, saying which were
 * found.
 */
struct binaries
binaries_find(struct arena *arena, long major);

/* Whether those of that version are here. */
bool
binaries_are_here(struct arena *arena, long major);

#endif
