/*
 * side.h - what is dropped, or what is created, as units in order
 *
 * graph/units.h groups facts and breaks loops for a whole snapshot. A side is
 * the part of a state that goes, or comes, made to look like one: copies of the
 * facts with only those parents and needs that go (come) too.
 */
#ifndef PK_SIDE_H
#define PK_SIDE_H

#include "graph/units.h"
#include "plan/diff.h"

struct side {
	struct snapshot subset;
	struct units units;
	struct item **items; /* by the number of a copy */
	size_t *numbers;     /* by the item's number: that of its copy + 1; 0: it takes no part */
};

/* What goes (`drops`) or what comes. Edges are made. */
void
side_make(struct side *side, struct diff *diff, bool drops);

void
side_release(struct side *side);

/* The unit in which the item's fact is dropped (created); SIZE_MAX when it is not. */
size_t
side_unit(const struct side *side, const struct diff *diff, const struct item *item);

#endif
