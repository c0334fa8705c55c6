/*
 * impact.h - what the locks that a rehearsal took (observe.h) mean for the target
 *
 * A lock is held to the end of its migration's transaction. So what a migration locks is locked about as long as it
 * takes to read and to write anew whatever it reads and writes anew, which is worked out from the sizes that the
 * tables have in the target; locks are worth a word when they keep others from reading or writing.
 */
#ifndef PK_RUNNER_IMPACT_H
#define PK_RUNNER_IMPACT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdio.h>

struct impact_lock {
	const char *migration, *relation, *alone;
	long lock;
	bool scan, rewrite;
	double bytes, rows; /* in the target; rows < 0: not known */
};

struct impact {
	struct impact_lock *items; /* those of one migration and relation made one, in the file's order */
	size_t count, room;
};

/* Dies (status 2) when the file is malformed. */
struct impact
impact_read(struct arena *arena, const char *path);

void
impact_measure(struct impact *impact, const char *conninfo);

void
impact_print(const struct impact *impact, FILE *out);

#endif
