/*
 * migration.h - migration files, in dbmate's format
 *
 *     -- migrate:up [transaction:false]
 *     …
 *     -- migrate:down [transaction:false]
 *     …
 *
 * Only blank lines and comments stand before the first directive. Every up section is followed
 * by its down section; a file may hold several such pairs, which are run in their order (down: in
 * the reverse order). A directive is a line that begins with `--`, blanks or none, `migrate:up` or
 * `migrate:down`, and then a blank or the end of the line, wherever it stands, in a string too:
 * the rules are those of pkg/dbmate/migration.go. Options are `name:value` with one colon.
 * The file is called <version>_<description>.sql; the version is its leading digits.
 */
#ifndef PK_MIGRATION_H
#define PK_MIGRATION_H

#include "base/arena.h"
#include "base/sha256.h"

#include <stdbool.h>
#include <stddef.h>

/* One section; its text begins with the directive's line. */
struct migration_section {
	const char *text;
	long line; /* of the directive, from 1 */
	bool transaction;
};

struct migration_pair {
	struct migration_section up, down;
};

struct migration {
	const char *path, *name; /* the file and its last part */
	const char *version, *description;
	char checksum[SHA256_HEX]; /* of the content, line ends CR LF taken as LF */
	struct migration_pair *pairs;
	size_t count;
};

/*
 * Parses the text of a migration into pairs. Returns NULL, or what is wrong with it, `*line`
 * saying where (0: nowhere).
 */
const char *
migration_parse(struct arena *arena, const char *text, struct migration *migration, long *line);

/* Reads a file; dies (status 2) with FILE:LINE when it is no migration. */
const struct migration *
migration_read(struct arena *arena, const char *path);

/*
 * All migrations of a directory, sorted by name; other files are passed over, as dbmate does.
 * Dies when two have the same version. A directory that is not there is empty.
 */
const struct migration **
migration_list(struct arena *arena, const char *directory, size_t *count);

/* The checksum of a text. */
void
migration_checksum(const char *text, size_t length, char hex[SHA256_HEX]);

/* Whether it is the name of a migration: digits, anything but a slash, .sql . */
bool
migration_is_name(const char *name);

/* The leading digits of a name. */
const char *
migration_version(struct arena *arena, const char *name);

/*
 * The file name for a description: <version>_<description>.sql, letters in lower case, every other
 * character that is no digit as _ . Dies when the version is no number or nothing remains.
 */
const char *
migration_name(struct arena *arena, const char *version, const char *description);

/* Whether dbmate would take what begins here, at the start of a line, for a directive; the
 * blanks in it may be line breaks. */
bool
migration_is_directive(const char *line);

/* The first line of the text that dbmate would take for a directive, from 1; 0: none. */
long
migration_directive_line(const char *text);

#endif
