/*
 * edges.h - the nodes of items in the graph of steps (steps.h), and edges between them, for the files that make it
 */
#ifndef PK_EDGES_H
#define PK_EDGES_H

#include "plan/steps.h"

#include <stdint.h>

/* The node that drops, changes or makes an item; SIZE_MAX where there is none. */
static inline size_t
drop_node(const struct steps *steps, const struct item *item)
{
	return item && item_goes(item) ? side_unit(&steps->drops, steps->diff, item) : SIZE_MAX;
}

static inline size_t
create_node(const struct steps *steps, const struct item *item)
{
	return item && item_comes(item) ?
	       side_unit(&steps->creates, steps->diff, item) + steps->first_create : SIZE_MAX;
}

static inline size_t
alter_node(const struct steps *steps, const struct item *item)
{
	return item && item->fate == FATE_ALTER ? steps->alters[item - steps->diff->items] - 1 : SIZE_MAX;
}

/* The node in which an item that is changed lets go of what it needed. */
static inline size_t
let_go_node(const struct steps *steps, const struct item *item)
{
	size_t node = alter_node(steps, item);

	return node != SIZE_MAX && item->letting_go.count ? node - 1 : node;
}

static inline void
add_edge(struct steps *steps, size_t from, size_t to, bool hard)
{
	if (from == SIZE_MAX || to == SIZE_MAX || from == to)
		return;
	GROW(steps->edges, steps->edge_count, steps->edge_room);
	steps->edges[steps->edge_count++] = (struct edge){ .from = from, .to = to, .hard = hard };
}

#endif
