/*
 * hazard.h - what a step can cost, by name
 *
 * A hazard is refused until it is allowed: by its name (`drop-column`), for one
 * object (`drop-column:public.users.phone`), or all of them (`all`). The names
 * are stable; rules mark statements with them (script_note).
 */
#ifndef PK_HAZARD_H
#define PK_HAZARD_H

#include "base/opt.h"
#include "plan/plan.h"

struct hazard {
	const char *name;
	const char *what;      /* what is locked or lost */
	const char *how_long;
	const char *instead;   /* what to do about it */
	const char *elsewhere; /* what Squawk (in lower case) and pg-schema-diff call it; NULL: they do not know it */
};

/* All, by name, ended by a NULL name. */
extern const struct hazard hazards[];

/* NULL when there is none of that name. */
const struct hazard *
hazard_find(const char *name);

/* The id of what the step is about; NULL where that cannot be said. */
const char *
step_object(const struct step *step);

/* An unknown name among `allowed` ends the program (status 2). */
void
hazards_check(const struct opt_list *allowed);

/*
 * Names every hazard of the plan that `allowed` (lists of names divided by
 * commas; those in quotes and parentheses divide nothing) does not allow on
 * stderr; returns how many.
 */
size_t
plan_refuse(const struct plan *plan, const struct opt_list *allowed);

#endif
