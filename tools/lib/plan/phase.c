/*
 * Which steps come first, where the graph leaves it open: their usual places (steps_place in steps.h), and then (steps_phase)
 * what ends a transaction.
 *
 * A step that ends a transaction (CREATE INDEX CONCURRENTLY, a value added to an enum, a validation)
 * must not part what is taken away for a while from what brings it back: a view would be missing
 * for everybody as long as an index is built. So such steps come before all that is taken away, with
 * what they need, or, when they need that, after all that is brought back. So does what comes after most things
 * anyhow and nothing waits for: an index is built by calling functions, and what these call no catalog knows.
 */
#include "plan/steps.h"

#include "rule/rules.h"
#include "rule/script.h"

#include <stdlib.h>
#include <string.h>

static const struct steps *sorted; /* for compare_nodes: qsort has no context */

static int
compare_nodes(const void *a, const void *b)
{
	const struct node *x = &sorted->nodes[*(const size_t *)a], *y = &sorted->nodes[*(const size_t *)b];
	const struct fact *p, *q;
	int order = (x->kind > NODE_ASIDE) - (y->kind > NODE_ASIDE);

	if (order)
		return order;
	if (x->kind == NODE_DROP && y->kind == NODE_DROP)
		return x->unit->place > y->unit->place ? -1 : x->unit->place < y->unit->place;
	if (x->kind <= NODE_ASIDE)
		return x->kind == y->kind ? id_compare(x->item->old->id, y->item->old->id) :
		       x->kind == NODE_ASIDE ? 1 : -1;
	p = x->item->new;
	q = y->item->new;
	order = rule_of(p->id)->rank - rule_of(q->id)->rank;
	if (!order)
		order = id_compare(p->id, q->id);
	if (!order && x->unit && y->unit) /* a shell and the whole */
		order = x->unit->place < y->unit->place ? -1 : 1;
	return order ? order : x->kind < y->kind ? -1 : 1;
}

void
steps_place(struct steps *steps)
{
	size_t *numbers = memory_resize(NULL, (steps->count + 1) * sizeof *numbers);

	for (size_t i = 0; i < steps->count; i++)
		numbers[i] = i;
	sorted = steps;
	qsort(numbers, steps->count, sizeof *numbers, compare_nodes);
	for (size_t i = 0; i < steps->count; i++)
		steps->nodes[numbers[i]].place = i;
	free(numbers);
}

enum phase {
	PHASE_EARLY, /* what a step that ends a transaction needs */
	PHASE_EARLY_END,
	PHASE_MAIN,
	PHASE_LATE_END
};

/* The nodes at the other ends of each node's edges. */
static void
ends_make(const struct steps *steps, bool forwards, struct links *links)
{
	links->start = memory_resize(NULL, (steps->count + 2) * sizeof *links->start);
	memset(links->start, 0, (steps->count + 2) * sizeof *links->start);
	links->to = memory_resize(NULL, (steps->edge_count + 1) * sizeof *links->to);
	for (size_t i = 0; i < steps->edge_count; i++)
		links->start[forwards ? steps->edges[i].from : steps->edges[i].to]++;
	for (size_t i = 1; i <= steps->count; i++)
		links->start[i] += links->start[i - 1];
	for (size_t i = 0; i < steps->edge_count; i++) {
		const struct edge *edge = &steps->edges[i];

		links->to[--links->start[forwards ? edge->from : edge->to]] = forwards ? edge->to : edge->from;
	}
}

static void
ends_release(struct links *links)
{
	free(links->start);
	free(links->to);
}

/* Marks what is reached from the nodes that are marked. */
static void
spread(const struct steps *steps, bool forwards, bool *marked)
{
	struct links links;
	size_t *todo = memory_resize(NULL, (steps->count + 1) * sizeof *todo), count = 0;

	ends_make(steps, forwards, &links);
	for (size_t i = 0; i < steps->count; i++)
		if (marked[i])
			todo[count++] = i;
	while (count) {
		size_t node = todo[--count];

		for (size_t k = links.start[node]; k < links.start[node + 1]; k++)
			if (!marked[links.to[k]]) {
				marked[links.to[k]] = true;
				todo[count++] = links.to[k];
			}
	}
	ends_release(&links);
	free(todo);
}

static const struct node *phased; /* for compare: qsort has no context */
static const enum phase *phases;

static int
compare(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	if (phases[x] != phases[y])
		return phases[x] < phases[y] ? -1 : 1;
	return phased[x].place < phased[y].place ? -1 : 1;
}

static bool
is_late(const struct node *node)
{
	return node->ends && node->kind == NODE_CREATE && rule_of(node->item->new->id)->rank >= RANK_INDEX;
}

void
steps_phase(struct steps *steps)
{
	size_t room = steps->count + 1;
	bool *behind = memory_resize(NULL, room * sizeof *behind);
	bool *early = memory_resize(NULL, room * sizeof *early);
	enum phase *phase = memory_resize(NULL, room * sizeof *phase);
	size_t *numbers = memory_resize(NULL, room * sizeof *numbers);

	for (size_t i = 0; i < steps->count; i++)
		behind[i] = steps->nodes[i].kind == NODE_DROP ? steps->nodes[i].item->fate == FATE_REPLACE :
		            steps->nodes[i].kind == NODE_LET_GO && steps->nodes[i].item->parks;
	spread(steps, true, behind);
	for (size_t i = 0; i < steps->count; i++)
		early[i] = steps->nodes[i].ends && steps->nodes[i].kind != NODE_DROP && !behind[i] &&
		           !is_late(&steps->nodes[i]);
	for (size_t i = 0; i < steps->edge_count; i++) {
		const struct node *node = &steps->nodes[steps->edges[i].from];

		if (is_late(node) && !behind[node - steps->nodes] && !steps->nodes[steps->edges[i].to].ends)
			early[node - steps->nodes] = true;
	}
	spread(steps, false, early);
	for (size_t i = 0; i < steps->count; i++) {
		numbers[i] = i;
		if (early[i])
			phase[i] = steps->nodes[i].ends ? PHASE_EARLY_END : PHASE_EARLY;
		else
			phase[i] = steps->nodes[i].ends ? PHASE_LATE_END : PHASE_MAIN;
	}
	phased = steps->nodes;
	phases = phase;
	qsort(numbers, steps->count, sizeof *numbers, compare);
	for (size_t i = 0; i < steps->count; i++)
		steps->nodes[numbers[i]].place = i;
	free(behind);
	free(early);
	free(phase);
	free(numbers);
}
