/*
 * baseline.h - the migration that an import begins with
 *
 * It is the first entry of committed.json, and the only one that is written anew: an import
 * that finds the database changed replaces its SQL, and keeps its version and file.
 */
#ifndef PK_BASELINE_H
#define PK_BASELINE_H

#include "base/arena.h"
#include "base/sbuf.h"

#include <libpq-fe.h>
#include <stdbool.h>

/*
 * The version for the baseline of a database: the time at which its cluster was made, which is the
 * same whoever asks and whenever, as YYYYMMDDHHMMSS in UTC; 19700101000000 where the
 * server does not tell.
 */
const char *
baseline_version(struct arena *arena, PGconn *connection);

struct baseline {
	const char *version, *name;
	const char *fingerprint; /* of the facts that it makes; NULL: not known */
	const struct sbuf *sql;
};

/*
 * Writes DIRECTORY/migrations/<version>_<name>.sql and its entry in DIRECTORY/committed.json, where
 * they are not as they should be. A baseline that is registered keeps its version and file. Refuses (status 1)
 * when the baseline would change and there are migrations that build on it. A baseline that was edited by hand is put
 * aside as FILE.edited, with a warning. Returns the path of the migration.
 */
const char *
baseline_write(struct arena *arena, const char *directory, const struct baseline *baseline);

#endif
