/*
 * rows.h - rows in made-up tables, and whether they survive a plan
 */
#ifndef PK_ROWS_H
#define PK_ROWS_H

#include "plan/plan.h"
#include "world.h"

/* What the columns held that are in both states with the same type: one digest each. */
struct kept {
	const char *id;    /* of the column */
	const char *table; /* its id */
	char *digest;
};

struct rows {
	struct kept *columns;
	size_t count, room;
};

/* Some rows in each table of the world, as far as its constraints let them in. */
void
rows_fill(PGconn *connection, const struct world *world);

/* Empties all tables. */
void
rows_remove(PGconn *connection, const struct snapshot *state);

void
rows_note(struct rows *rows, PGconn *connection, struct snapshot *from, struct snapshot *to);

/* NULL, or what is not as it was although no step that destroys it says so. */
const char *
rows_lost(const struct rows *rows, PGconn *connection, const struct plan *plan);

void
rows_release(struct rows *rows);

#endif
