/*
 * committed.h - committed.json: the migrations that were committed, in their order
 *
 *     { "migrations": [ {
 *         "migrationFile": { "name": "2025…_add_phone.sql", "path": ".postkit/db/migrations/2025…", "timestamp": "2025…" },
 *         "description": "add phone",
 *         "sessionMigrations": [ { "name": "…", "path": "…" } ],
 *         "committedAt": "2025-01-31T12:00:00Z",
 *         "checksum": "…", "fingerprint": "…", "baseline": true } ] }
 *
 * The last three may be missing (other programs write none). Keys that are not known here
 * are kept. Two branches' entries may stand in any order in the file: `items` is in the
 * order of their versions. Anything malformed, two entries of one version, or what git leaves after a
 * conflict, ends the program with status 2 and the place.
 */
#ifndef PK_COMMITTED_H
#define PK_COMMITTED_H

#include "base/arena.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>

struct committed_migration {
	const char *name, *path, *version;
	const char *description;
	const char *committed_at;
	const char *checksum, *fingerprint; /* NULL: not known */
	bool baseline;
};

struct committed {
	const char *path;
	struct json_file file;
	struct committed_migration *items; /* sorted by version */
	size_t count;
};

/* Reads the file; one that is not there has no entries. */
struct committed *
committed_read(struct arena *arena, const char *path);

/* NULL when there is none. */
const struct committed_migration *
committed_find(const struct committed *committed, const char *version);

/* The baseline's entry, NULL when there is none. */
const struct committed_migration *
committed_baseline(const struct committed *committed);

/*
 * Adds an entry, or replaces the values of the one with the same version. `items` is not
 * changed by it: committed_write, then committed_read.
 */
void
committed_put(struct committed *committed, const struct committed_migration *migration);

/* Sets the entry's sessionMigrations: the files that it was made of. */
void
committed_set_session(struct committed *committed, const char *version, const char *const *paths, size_t count);

/* Writes the file, at one blow, where it changed. */
void
committed_write(const struct committed *committed);

#endif
