/*
 * likely.h - a drop and an addition that look like a rename
 *
 * Nothing is guessed: what looks like one is pointed out, with the directive to write. It does when both are of one
 * kind, stand in the same place and differ in nothing but the name: columns have the same type, default and
 * properties, tables the same columns, functions the same arguments and body, enum types a label in the
 * place of another. Schemas look like one when the same names are in them. Each is named once.
 */
#ifndef PK_LIKELY_H
#define PK_LIKELY_H

#include "plan/diff.h"
#include "plan/plan.h"

/* Fills plan->likely. */
void
find_likely_renames(struct plan *plan, const struct diff *diff);

#endif
