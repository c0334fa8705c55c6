/*
 * commit.h - new migrations in a project: their versions, files and entries
 *
 * DIRECTORY is .postkit/db: migrations/ with the committed ones, committed.json, session/ with those of the session.
 * A version is the time, but always later than every version that is there already, whatever the clock says and
 * however many are made in one second.
 */
#ifndef PK_COMMIT_H
#define PK_COMMIT_H

#include "base/arena.h"
#include "base/sbuf.h"

#include <stdbool.h>
#include <stddef.h>

/* The version for the next migration. */
const char *
commit_version(struct arena *arena, const char *directory);

struct commit {
	const char *description;
	const char *fingerprint;    /* of the facts of a database that has it; NULL: not known */
	const char *const *session; /* paths of the migrations that it was made of */
	size_t session_count;
	const struct sbuf *text;
};

/*
 * Writes DIRECTORY/migrations/<version>_<description>.sql and its entry in committed.json. What an interrupted
 * commit of the same text has left, the file or also its entry, is taken up, so that it is not there twice. Dies (status 2)
 * when the text is no migration. Returns the path.
 */
const char *
commit_write(struct arena *arena, const char *directory, const struct commit *commit);

/*
 * Names whatever of migrations/ and committed.json does not fit together: entries without a file, files that were
 * changed since, another fingerprint than this one (NULL: not looked at) with the last; returns how many. Files that are
 * not registered are only a warning.
 */
size_t
commit_check(struct arena *arena, const char *directory, const char *fingerprint);

/* Registers the fingerprint of what all migrations make with the last one. Returns whether that is new. */
bool
commit_record(struct arena *arena, const char *directory, const char *fingerprint);

#endif
