/*
 * ignore.h - .pgschemaignore: what must not be managed
 *
 * A subset of TOML, as pgschema has it:
 *
 *     # comment
 *     [tables]
 *     patterns = ["tmp_*", "!tmp_keep", 'audit.*']
 *
 * A section is a kind of object in the plural (ignore_sections); in [privileges] and
 * [default_privileges] the patterns are grantees. * stands for any characters, ? for one, [a-z] for one of
 * these, [^a-z] for any other; \ takes away the meaning of the next. A pattern is held against the
 * name, and against schema.name. What matches is ignored, unless a pattern with ! matches too,
 * wherever it stands. Names are compared as they are, without quotes.
 */
#ifndef PK_IGNORE_H
#define PK_IGNORE_H

#include "base/arena.h"
#include "base/sbuf.h"

#include <stdbool.h>
#include <stddef.h>

#define IGNORE_FILE ".pgschemaignore"

/* The known sections, ended by NULL. */
extern const char *const ignore_sections[];

struct ignore_pattern {
	const char *section;
	const char *text; /* without the ! */
	bool negated;
	long line;
};

struct ignore {
	struct ignore_pattern *patterns; /* in the arena */
	size_t count;
};

/* Parses a text. Returns NULL, or what is wrong with the line `*line`. */
const char *
ignore_parse(struct arena *arena, const char *text, struct ignore *ignore, long *line);

/* Reads a file; one that is not there ignores nothing. Dies (status 2) with
 * FILE:LINE when it is malformed. */
const struct ignore *
ignore_read(struct arena *arena, const char *path);

/* Whether an object of a section is to be ignored. `schema` may be NULL. */
bool
ignore_matches(const struct ignore *ignore, const char *section, const char *schema, const char *name);

/* Writes the file of a new project, which leaves out PostKit's own tables, where there is none; and with `schemas`, if
 * that is not NULL, chosen. */
void
ignore_write_new(const char *path, const char *const *schemas);

/*
 * The chosen schemas, names ended by NULL, where the file chooses: where [schemas] has "*" with exceptions, so that
 * everything in other schemas is ignored. NULL where it does not.
 */
const char **
ignore_chosen(struct arena *arena, const struct ignore *ignore);

/* Writes to `out` the text of a file, with exactly these schemas chosen. Dies (status 2) where `text` chooses in a
 * way of its own. */
void
ignore_choose(struct sbuf *out, const char *path, const char *text, const char *const *schemas);

#endif
