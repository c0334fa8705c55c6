/*
 * objects.h - what differs between two states, object by object, for people
 *
 * Steps say what is done; here stands what comes of it: each object that is added, dropped or changed, and the
 * parts of one that stays. What goes without saying is left out: the parts of what comes or goes itself, and what is
 * said about it.
 */
#ifndef PK_OBJECTS_H
#define PK_OBJECTS_H

#include "plan/diff.h"
#include "plan/plan.h"

/* Fills plan->objects and plan->likely. */
void
plan_describe(struct plan *plan, struct diff *diff);

#endif
