/*
 * planned.h - a plan, and the way back, as sections of migrations
 *
 * What a plan does in one transaction is one pair of sections; so is each statement that cannot run in a
 * transaction, marked transaction:false. Programs that know dbmate's format record a migration after each of its
 * pairs, and hand all statements of a section to the server at once, which CREATE INDEX CONCURRENTLY does not bear: so
 * every pair must become a file of its own for them, in order, and then runs as it stands.
 *
 * The way back is divided alike and stands in the down sections from the last pair to the first, so that
 * undoing all of them runs it in its order. Where it has more parts than the way up, neighbouring transactions are
 * put into one section with transaction:false, with BEGIN and COMMIT written out, and if they
 * are still too many, pairs follow whose up section is empty.
 */
#ifndef PK_PLANNED_H
#define PK_PLANNED_H

#include "base/sbuf.h"
#include "plan/plan.h"

/*
 * Appends the pairs. `down`: the plan that leads back; NULL: the down sections are empty. A plan
 * without steps gives one pair with nothing in it.
 */
void
migration_planned(struct sbuf *out, const struct plan *up, const struct plan *down);

#endif
