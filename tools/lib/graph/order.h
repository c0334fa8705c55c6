/*
 * order.h - the order in which facts can be created
 *
 * Facts are grouped into units (rule/rule.h). Units come in the order of their
 * kinds' ranks and their ids, moved only as far as their needs ask: a stable
 * topological sort. Loops are broken, in this order of preference, by
 *   - taking a fact out of its unit that may be created by itself (a foreign
 *     key, another constraint, a default), and
 *   - creating a shell first (views, functions with SQL bodies, base types).
 * The same as src/bin/pg_dump/pg_dump_sort.c does, at a finer grain.
 */
#ifndef PK_ORDER_H
#define PK_ORDER_H

#include "fact/snapshot.h"

/*
 * The facts in the order of creation, in `ordered` (to be freed), `*count` of
 * them: more than in the snapshot where shells were needed. A unit's root comes
 * first, its parts behind it, then what says something about them. Where a name is the server's choice
 * and something else has it, it is said.
 * A loop that cannot be broken ends the program (status 70), naming all in it.
 */
struct fact **
order_facts(struct snapshot *snapshot, size_t *count);

#endif
