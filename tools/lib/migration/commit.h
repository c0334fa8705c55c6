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
	const char *fingerprint;    /* of the facts of a database that has it all; NULL: not known */
	const char *const *session; /* paths of the migrations that it was made of */
	size_t session_count;
};

/* A migration's text, for commit_write; dies (status 2) when it is none. */
struct commit_text {
	const char *path; /* for messages */
	struct sbuf text;
};

/*
 * Writes DIRECTORY/migrations/<version>_<description>.sql and its entry in committed.json. Every pair of sections
 * becomes a file of its own (…_1.sql, …_2.sql), since not every program that reads dbmate's format records several in
 * one as it should; the fingerprint stands with the last. What an interrupted commit of the same texts has left,
 * files or also entries, is taken up, so that nothing is there twice. Returns the paths, `*count` of them.
 */
const char **
commit_write(struct arena *arena, const char *directory, const struct commit *commit,
             const struct commit_text *texts, size_t text_count, size_t *count);

/*
 * Names whatever of migrations/ and committed.json does not fit together: entries without a file, files that were
 * changed since, another fingerprint than this one (NULL: not looked at) with the last; returns how many. Files that
 * are not registered are only a warning.
 */
size_t
commit_check(struct arena *arena, const char *directory, const char *fingerprint);

/* Registers the files that are not, and the fingerprint of what all migrations make with the last one. Returns
 * whether that is new. */
bool
commit_record(struct arena *arena, const char *directory, const char *fingerprint);

#endif
