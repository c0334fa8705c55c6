/*
 * inherited.h - what a child table has both from its parents and by itself
 *
 * A child's NOT NULL or CHECK that a parent has too is one constraint on the server. Whether it is also the child's own decides
 * what becomes of it when the parent loses it, and nothing more; no statement takes that from it, nor gives NOT NULL another
 * name while the parent has one. So where a parent has NOT NULL in both states it is no difference, a check that a parent has in
 * the desired state stays, and fingerprints leave both out, as they leave out whether a column is inherited or the table's own.
 */
#ifndef PK_INHERITED_H
#define PK_INHERITED_H

#include "fact/snapshot.h"

/* Whether a parent of the column's table, or the table that it is a partition of, says NOT NULL for both. */
bool
column_inherits_not_null(struct snapshot *state, const struct fact *column);

/* Whether what the key of the fact says (NULL: the fact) is inherited, too. */
bool
inherited_repeats(struct snapshot *state, const struct fact *fact, const char *key);

/* "column public.child.a" of "column public.parent.a"; every other id as it is. */
const char *
id_of_child(struct arena *arena, const char *id, const char *parent, const char *child);

/*
 * Before a plan: the desired state has by itself what the current one has so, where it inherits that. A table that leaves a parent
 * has its checks and NOT NULL by itself from then on, one that joins a parent must have them before: both states say so.
 * A table that has to leave a parent for a while, being its child in both states, says in the key `leaves` which ones, the desired
 * one in `joins`.
 */
void
inherited_settle(struct snapshot *from, struct snapshot *to);

#endif
