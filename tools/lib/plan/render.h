/*
 * render.h - plans for people and for psql
 */
#ifndef PK_RENDER_H
#define PK_RENDER_H

#include "plan/plan.h"

/*
 * One SQL script, to be run by psql without a surrounding transaction:
 * as few transactions as are right. Nothing but a comment when there is nothing to do.
 */
void
plan_render_sql(FILE *stream, const struct plan *plan);

/* For people: a line that sums it up, what is added (+), changed (~) and dropped (-), the hazards, the
 * statements; with colours if `colour`. */
void
plan_render_text(FILE *stream, const struct plan *plan, bool colour);

/* The same as one page without anything outside of it. */
void
plan_render_html(FILE *stream, const struct plan *plan);

/* ---- what both are made of */

struct change_line {
	char sign; /* + ~ - */
	const char *id;
};

struct summary {
	struct change_line *lines; /* by id; what goes without saying is left out */
	size_t count, room;
	size_t adds, changes, drops, hazards;
};

void
summary_make(struct summary *summary, const struct plan *plan);

void
summary_release(struct summary *summary);

/* "3 to add, 2 to change, 1 to drop; 1 hazard", in `out`. */
void
summary_write(struct sbuf *out, const struct summary *summary);

/* What a step costs, in words, in `out`; nothing where there is nothing to say. */
void
step_cost_write(struct sbuf *out, const struct step *step);

#endif
