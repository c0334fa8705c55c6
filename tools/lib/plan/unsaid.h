/*
 * unsaid.h - facts that a state does not speak of, but has when the plan is under way
 */
#ifndef PK_UNSAID_H
#define PK_UNSAID_H

#include "fact/snapshot.h"

/* Adds to both states, which stay sorted, what a fact that goes or comes leaves behind, or finds (rule.leaves). */
void
unsaid_add(struct snapshot *from, struct snapshot *to);

struct diff;

/* What looks into a table (rule.looks_into) needs its partitions of both states: they may go for a while. What stands in the
 * table itself needs them all. After the items are there. */
void
unsaid_needs(struct diff *diff);

#endif
