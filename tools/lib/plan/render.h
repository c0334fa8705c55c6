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

#endif
