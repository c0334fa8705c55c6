#include "sql/load_names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct rank {
	int part, defaulted, stage, after;
	size_t number;
};

static struct rank
rank_of(const struct load_order *order, size_t n)
{
	const struct load_node *node = &order->nodes[n];
	enum stage stage = node->subject.stage;
	bool late = stage >= STAGE_FIRST_LATE;
	struct rank rank = { .number = n };

	if (node->item->part == SOURCE_SEEDS) {
		rank.part = SOURCE_SEEDS + 1;
		return rank;
	}
	rank.part = late ? SOURCE_SEEDS : (int)node->item->part;
	rank.defaulted = node->defaulted;
	rank.stage = (int)stage;
	/* Where files say nothing else: REVOKE before GRANT, CREATE before OR REPLACE. */
	/* Partitioned tables before others: their constraints are named first. */
	rank.after = stage == STAGE_PRIVILEGE ? node->after_grant
	             : stage == STAGE_TABLE   ? !node->subject.partitioned
	                                      : node->subject.replaces;
	return rank;
}

static const struct load_order *ranked; /* for compare_ranks, during one qsort */

static int
compare_ranks(const void *a, const void *b)
{
	struct rank x = rank_of(ranked, *(const size_t *)a), y = rank_of(ranked, *(const size_t *)b);

	if (x.part != y.part)
		return x.part - y.part;
	if (x.defaulted != y.defaulted)
		return x.defaulted - y.defaulted;
	if (x.stage != y.stage)
		return x.stage - y.stage;
	if (x.after != y.after)
		return x.after - y.after;
	return x.number < y.number ? -1 : 1;
}

enum state { STATE_NEW, STATE_OPEN, STATE_DONE };

/* One node that waits for others to be put before it. */
struct frame {
	size_t node;
	size_t edge, name, list, relative, at;
};

static const struct numbers *
name_list(const struct load_name *name, size_t list)
{
	return list == 0 ? &name->makers : list == 1 ? &name->changers : &name->others;
}

/* Whether `other`, which makes or changes what `node` mentions, is wanted before it. */
static bool
is_wanted(const struct load_order *order, size_t n, size_t other, size_t list)
{
	const struct load_node *node = &order->nodes[n], *maker = &order->nodes[other];

	if (maker->subject.stage >= STAGE_FIRST_LATE || maker->subject.stage == STAGE_DROP ||
	    maker->item->part > node->item->part)
		return false;
	if (list == 0)
		return true;
	/* What changes an object later in the same file was not meant to come first. */
	if (maker->item->file == node->item->file && other > n)
		return false;
	return list == 1 || maker->subject.stage < STAGE_OWNER;
}

/*
 * Whether what another node does to a relative of a node's table is wanted first:
 * what a table hands down to its partitions, before they may differ; an index of
 * a partition before one of its parent, which will make another where it finds
 * none that fits. A file that has the latter in its own order means it.
 */
static bool
precedes_relative(const struct load_order *order, size_t n, size_t other)
{
	const struct load_node *node = &order->nodes[n], *first = &order->nodes[other];

	if (first->subject.stage != node->subject.stage || first->item->part > node->item->part)
		return false;
	return node->subject.stage == STAGE_COLUMN || first->item->file != node->item->file || other < n;
}

/* What a node makes need not be changed before it is made. A shell type is there for those that would make it by
 * themselves: functions, which may have its name. */
static size_t
list_count(const struct load_node *node, const struct load_name *name)
{
	for (size_t i = 0; i < node->made_count; i++)
		if (node->made[i] == name)
			return node->subject.is_shell ? 0 : 1;
	return node->subject.copies ? 3 : 2;
}

/* The next node that must come before the frame's; SIZE_MAX: no more. */
static size_t
next_before(const struct load_order *order, const enum state *states, struct frame *frame)
{
	const struct load_node *node = &order->nodes[frame->node];
	bool late = node->subject.stage >= STAGE_FIRST_LATE;
	size_t lists;

	while (frame->edge < node->before.count) {
		size_t other = node->before.items[frame->edge++];

		if (states[other] == STATE_NEW &&
		    (late || node->defaulted || order->nodes[other].subject.stage < STAGE_FIRST_LATE))
			return other;
	}
	if (late || node->subject.stage == STAGE_DROP)
		return SIZE_MAX;
	for (; frame->name < node->mention_count; frame->name++, frame->list = frame->at = 0) {
		lists = list_count(node, node->mentions[frame->name]);
		for (; frame->list < lists; frame->list++, frame->at = 0) {
			const struct numbers *numbers = name_list(node->mentions[frame->name], frame->list);

			while (frame->at < numbers->count) {
				size_t other = numbers->items[frame->at++];

				if (states[other] == STATE_NEW &&
				    is_wanted(order, frame->node, other, frame->list))
					return other;
			}
		}
	}
	for (; frame->relative < node->relative_count; frame->relative++, frame->at = 0) {
		const struct numbers *others = &node->relatives[frame->relative]->others;

		while (frame->at < others->count) {
			size_t other = others->items[frame->at++];

			if (states[other] == STATE_NEW && precedes_relative(order, frame->node, other))
				return other;
		}
	}
	return SIZE_MAX;
}

static bool
is_barrier(const struct load_node *node, const struct load_node *previous)
{
	static const enum stage barriers[] = { STAGE_INDEX, STAGE_OWNER };
	enum stage stage = node->subject.stage, before = previous->subject.stage;

	if (node->item->part != previous->item->part || node->defaulted != previous->defaulted)
		return true;
	if (stage >= STAGE_FIRST_LATE && stage != before)
		return true;
	for (size_t i = 0; i < sizeof barriers / sizeof *barriers; i++)
		if (before < barriers[i] && stage >= barriers[i])
			return true;
	return false;
}

/* Depth first from the ranked nodes; loops are broken where they are met. */
static void
make_sequence(struct load_order *order, struct arena *arena)
{
	size_t *roots = arena_array(arena, order->count, sizeof *roots), placed = 0;
	size_t previous = SIZE_MAX; /* the last root that was not placed before its turn */
	enum state *states = arena_array(arena, order->count, sizeof *states);
	struct frame *stack = arena_array(arena, order->count, sizeof *stack);

	for (size_t n = 0; n < order->count; n++)
		roots[n] = n;
	ranked = order;
	qsort(roots, order->count, sizeof *roots, compare_ranks);
	for (size_t r = 0; r < order->count; r++) {
		size_t depth = 0, first = placed;

		if (states[roots[r]] != STATE_NEW)
			continue;
		stack[depth++] = (struct frame){ .node = roots[r] };
		states[roots[r]] = STATE_OPEN;
		while (depth) {
			size_t other = next_before(order, states, &stack[depth - 1]);

			if (other == SIZE_MAX) {
				order->sequence[placed++] = stack[--depth].node;
				states[stack[depth].node] = STATE_DONE;
			} else {
				states[other] = STATE_OPEN;
				stack[depth++] = (struct frame){ .node = other };
			}
		}
		if (previous != SIZE_MAX)
			order->nodes[order->sequence[first]].barrier =
				is_barrier(&order->nodes[roots[r]], &order->nodes[previous]);
		previous = roots[r];
	}
}

static const char *
sql_to_send(struct arena *arena, const struct statement *statement, const struct subject *subject)
{
	char *sql;

	if (!subject->concurrently_length)
		return statement->text;
	/* Nobody waits for these tables, the result is the same, and it can be
	 * done in a transaction. Blanks keep the places of errors right. */
	sql = arena_copy(arena, statement->text, statement->length);
	memset(sql + subject->concurrently, ' ', subject->concurrently_length);
	return sql;
}

void
load_order_make(struct load_order *order, struct arena *arena, const struct sources *sources)
{
	order->count = sources->count;
	order->nodes = arena_array(arena, sources->count, sizeof *order->nodes);
	order->sequence = arena_array(arena, sources->count, sizeof *order->sequence);
	for (size_t n = 0; n < sources->count; n++) {
		const struct statement *statement = &sources->items[n].statement;
		struct load_node *node = &order->nodes[n];

		node->item = &sources->items[n];
		node->subject = subject_of(arena, statement->text, statement->length);
		node->sql = sql_to_send(arena, statement, &node->subject);
	}
	load_names_find(order, arena);
	make_sequence(order, arena);
}

bool
load_order_is_consequence(const struct load_order *order, size_t n, const bool *failed,
                          const char *message)
{
	const struct load_node *node = &order->nodes[n];

	for (size_t i = 0; i < node->mention_count; i++) {
		const struct load_name *name = node->mentions[i];
		size_t missing = 0;

		for (size_t k = 0; k < name->makers.count; k++)
			missing += name->makers.items[k] != n && failed[name->makers.items[k]];
		if (missing && missing == name->makers.count && strstr(message, name->name))
			return true;
	}
	return false;
}
