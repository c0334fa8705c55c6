/*
 * load_order.h - a good order to load statements in, whatever order they stand in
 *
 * The order is guessed from words, so it may be wrong: who runs it must try
 * again what fails. What it does promise:
 *
 * - it does not depend on how the statements are spread over files, except
 *   where the words below say so;
 * - a statement comes after those that make what it mentions, where that can be
 *   had; otherwise stages decide (subject.h), then the files' order;
 * - within one file, what changes an object (a column added, a rename, a drop)
 *   comes after all that mentions it earlier in the file, and before all that
 *   mentions it later; privileges stay in the file's order;
 * - of several statements that make the same view, CREATE OR REPLACE comes last;
 * - what sets attributes of columns comes to a table before it comes to its partitions
 *   and children, which inherit it and may then differ; indexes of partitions come
 *   before those of their parents, which take them over;
 * - statements whose effect depends on when they run come last, seeds after
 *   everything. But what stands below ALTER DEFAULT PRIVILEGES in a file is
 *   created after it, as psql would, and all else before it, unless it needs that.
 *
 * The cost is linear in the text, but for names that hundreds of statements make.
 */
#ifndef PK_LOAD_ORDER_H
#define PK_LOAD_ORDER_H

#include "sql/sources.h"
#include "sql/subject.h"

struct load_name; /* a name that some statement makes, changes or acts on */

struct numbers {
	size_t *items;
	size_t count, room;
};

struct load_node {
	const struct source_item *item;
	const char *sql; /* what is to be sent: the text, without CONCURRENTLY */
	struct subject subject;
	struct load_name **mentions;
	size_t mention_count;
	struct load_name **made; /* those among them that it makes itself */
	size_t made_count;
	struct load_name **relatives; /* of its table, whose statements may have to come first */
	size_t relative_count;
	struct numbers before; /* nodes of the same file that must come first */
	bool defaulted;   /* it makes something, below ALTER DEFAULT PRIVILEGES of its file */
	bool after_grant; /* a GRANT, or a REVOKE that follows one in its file */
	bool barrier; /* what has failed so far is to be tried again before this one */
};

struct load_order {
	struct load_node *nodes; /* one for each item of the sources */
	size_t *sequence;         /* their numbers, in the order to run them */
	size_t count;
};

/* All of it lives in the arena. The sources must stay as it is. */
void
load_order_make(struct load_order *order, struct arena *arena, const struct sources *sources);

/*
 * Whether what the server said of a node is due to another node that failed
 * (failed[number] is true): a name in the message that only failed ones make.
 */
bool
load_order_is_consequence(const struct load_order *order, size_t node, const bool *failed,
                          const char *message);

#endif
