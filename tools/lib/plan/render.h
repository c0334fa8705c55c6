/*
 * render.h - plans for people and for psql
 */
#ifndef PK_RENDER_H
#define PK_RENDER_H

#include "plan/plan.h"

/*
 * One SQL script, to be run by psql without a surrounding transaction:
 * as few transactions as are right. Nothing but a comment when there is nothing to do. What looks like
 * a rename is said on stderr.
 */
void
plan_render_sql(FILE *stream, struct plan *plan);

/* For people: a line that sums it up, what is added (+), changed (~) and dropped (-), what looks like a rename, the
 * statements with what they cost; with colours if `colour`. */
void
plan_render_text(FILE *stream, const struct plan *plan, bool colour);

/* The same as one page without anything outside of it, with each object before and after. */
void
plan_render_html(FILE *stream, const struct plan *plan);

/* ---- what both are made of */

struct summary {
	const struct object **lines; /* those of the plan's objects, in their order */
	size_t count, room;
	size_t adds, changes, drops, hazards;
};

/* Of these steps alone, all of the plan's or some that follow each other. */
void
summary_make(struct summary *summary, const struct plan *plan, const struct step *steps, size_t count);

void
summary_release(struct summary *summary);

/* "3 to add, 2 to change, 1 to drop; 1 hazard", in `out`. */
void
summary_write(struct sbuf *out, const struct summary *summary);

/* "+ column public.users.phone", with what it was called before; parts further to the right than what they belong to.
 *  */
void
object_line_write(struct sbuf *out, const struct object *object);

/* What a step costs, in words, in `out`; nothing where there is nothing to say. */
void
step_cost_write(struct sbuf *out, const struct step *step);

#endif
