/*
 * pipeline.h - many statements to the server in one go
 */
#ifndef PK_PIPELINE_H
#define PK_PIPELINE_H

#include "base/arena.h"

#include <libpq-fe.h>
#include <stddef.h>

/* What the server said of one statement; all strings are in the arena or NULL. */
struct refusal {
	size_t step; /* which statement; SIZE_MAX: none, everything went well */
	const char *text, *detail, *hint, *sqlstate, *context;
	long position;          /* in the statement, in characters from 1; 0: unknown */
	long internal_position; /* in a text that the statement led to, e.g. a function's body: */
	const char *internal_query;
};

/* The line of a place (in characters from 1; 0: the start) in a text whose first line is `line`. */
long
refusal_line(const char *text, long position, long line);

struct refusal_list {
	struct refusal *items;
	size_t count, room;
};

/*
 * Sends `count` statements, one after the other without waiting, and reads all
 * answers. What follows the first one that fails is not run. A lost connection
 * dies. Nothing is rolled back here.
 *
 * `warnings` is replaced by the warnings that a GRANT or REVOKE did nothing, or
 * not all (SQLSTATE 01006 and 01007); all others are dropped.
 */
struct refusal
pipeline_run(PGconn *connection, struct arena *arena, const char *const *steps, size_t count,
             struct refusal_list *warnings);

#endif
