/* The order of the steps (steps_sort in steps.h). */
#include "plan/steps.h"

#include "base/die.h"
#include "rule/rules.h"

#include <stdlib.h>
#include <string.h>

struct sorter {
	struct steps *steps;
	size_t *start, *next; /* edges by where they come from */
	size_t *first, *into; /* and by where they lead to, for those who look for loops */
	size_t *by_place;     /* the nodes in the wanted order */
	size_t *heap;
	size_t heap_count, done;
};

/* The numbers of the edges by one of their ends: those of node n are (*sorted)[(*start)[n]] up to (*start)[n + 1]. */
static void
sort_edges(const struct steps *steps, size_t (*end)(const struct edge *edge), size_t **start, size_t **sorted)
{
	*start = memory_resize(NULL, (steps->count + 2) * sizeof **start);
	memset(*start, 0, (steps->count + 2) * sizeof **start);
	*sorted = memory_resize(NULL, (steps->edge_count + 1) * sizeof **sorted);
	for (size_t i = 0; i < steps->edge_count; i++)
		(*start)[end(&steps->edges[i])]++;
	for (size_t i = 1; i <= steps->count; i++)
		(*start)[i] += (*start)[i - 1];
	for (size_t i = steps->edge_count; i-- > 0;)
		(*sorted)[--(*start)[end(&steps->edges[i])]] = i;
}

static size_t
comes_from(const struct edge *edge)
{
	return edge->from;
}

static size_t
leads_to(const struct edge *edge)
{
	return edge->to;
}

static void
count_waits(struct steps *steps)
{
	for (size_t i = 0; i < steps->edge_count; i++) {
		struct node *to = &steps->nodes[steps->edges[i].to];

		if (steps->edges[i].hard)
			to->hard++;
		else
			to->soft++;
	}
}

/* A heap of nodes, the first in the wanted order on top. */
static bool
before(const struct sorter *s, size_t a, size_t b)
{
	return s->steps->nodes[s->heap[a]].place < s->steps->nodes[s->heap[b]].place;
}

static void
swap(struct sorter *s, size_t a, size_t b)
{
	size_t node = s->heap[a];

	s->heap[a] = s->heap[b];
	s->heap[b] = node;
}

static void
heap_put(struct sorter *s, size_t node)
{
	size_t at = s->heap_count++;

	s->heap[at] = node;
	for (; at && before(s, at, (at - 1) / 2); at = (at - 1) / 2)
		swap(s, at, (at - 1) / 2);
}

static size_t
heap_take(struct sorter *s)
{
	size_t taken = s->heap[0], at = 0;

	s->heap[0] = s->heap[--s->heap_count];
	for (;;) {
		size_t child = at * 2 + 1;

		if (child >= s->heap_count)
			return taken;
		if (child + 1 < s->heap_count && before(s, child + 1, child))
			child++;
		if (!before(s, child, at))
			return taken;
		swap(s, at, child);
		at = child;
	}
}

static void
finish(struct sorter *s, size_t number)
{
	struct steps *steps = s->steps;

	steps->nodes[number].done = true;
	steps->order[s->done++] = number;
	for (size_t i = s->start[number]; i < s->start[number + 1]; i++) {
		const struct edge *edge = &steps->edges[s->next[i]];
		struct node *to = &steps->nodes[edge->to];

		if (edge->given_up)
			continue;
		if (edge->hard)
			to->hard--;
		else
			to->soft--;
		if (!to->hard && !to->soft && !to->done)
			heap_put(s, edge->to);
	}
}

static _Noreturn void
unbreakable(const struct steps *steps)
{
	struct sbuf names = SBUF_INIT;
	static const char *const words[] = { "drop ", "rename ", "free ", "alter ", "create " };

	for (size_t i = 0; i < steps->count; i++) {
		const struct node *node = &steps->nodes[i];

		if (!node->done)
			sbuf_addf(&names, "%s%s%s", names.length ? ", " : "", words[node->kind],
			          node->item->new ? node->item->new->id : node->item->old->id);
	}
	die_report(STATUS_BUG, &(struct report){ .text = "a loop of steps that cannot be broken",
	                                         .detail = names.text });
}

/* What the node waits for still: the number of the edge. */
static size_t
waits_by(const struct sorter *s, size_t node)
{
	for (size_t i = s->first[node]; i < s->first[node + 1]; i++) {
		const struct edge *edge = &s->steps->edges[s->into[i]];

		if (!edge->given_up && !s->steps->nodes[edge->from].done)
			return s->into[i];
	}
	die(STATUS_BUG, "a step waits for nothing");
}

/* Everything that is left waits for something: back from the first in the wanted order there is a loop. One of its
 * edges that only say what is wise, a wish before others, is given up, and nothing that merely waits for the loop is touched. Without such an
 * edge: what is changed in place on the loop, and could be replaced without a loss. */
static struct item *
give_up_soft(struct sorter *s)
{
	struct steps *steps = s->steps;
	size_t *seen = memory_resize(NULL, (steps->count + 1) * sizeof *seen), at = 0, end;
	struct edge *chosen = NULL;
	struct item *changed = NULL;

	if (!s->first)
		sort_edges(steps, leads_to, &s->first, &s->into);
	memset(seen, 0, (steps->count + 1) * sizeof *seen);
	while (steps->nodes[s->by_place[at]].done)
		at++;
	at = s->by_place[at];
	while (!seen[at]) {
		seen[at] = 1;
		at = steps->edges[waits_by(s, at)].from;
	}
	end = at;
	do {
		struct edge *edge = &steps->edges[waits_by(s, at)];

		if (!edge->hard && (!chosen || edge->wish > chosen->wish || (edge->wish == chosen->wish &&
		    steps->nodes[edge->to].place < steps->nodes[chosen->to].place)))
			chosen = edge;
		if (steps->nodes[at].kind == NODE_ALTER && !rule_of(steps->nodes[at].item->old->id)->drop_loses)
			changed = steps->nodes[at].item;
		at = edge->from;
	} while (at != end);
	free(seen);
	if (!chosen && !changed)
		unbreakable(steps);
	if (!chosen)
		return changed;
	chosen->given_up = true;
	if (!--steps->nodes[chosen->to].soft && !steps->nodes[chosen->to].hard)
		heap_put(s, chosen->to);
	return NULL;
}

struct item *
steps_sort(struct steps *steps)
{
	struct sorter s = { .steps = steps };
	struct item *changed = NULL;

	count_waits(steps);
	sort_edges(steps, comes_from, &s.start, &s.next);
	steps->order = memory_resize(NULL, (steps->count + 1) * sizeof *steps->order);
	s.heap = memory_resize(NULL, (steps->count + 1) * sizeof *s.heap);
	s.by_place = memory_resize(NULL, (steps->count + 1) * sizeof *s.by_place);
	for (size_t i = 0; i < steps->count; i++)
		s.by_place[steps->nodes[i].place] = i;
	for (size_t i = 0; i < steps->count; i++)
		if (!steps->nodes[i].hard && !steps->nodes[i].soft)
			heap_put(&s, i);
	while (s.done < steps->count && !changed)
		if (s.heap_count)
			finish(&s, heap_take(&s));
		else
			changed = give_up_soft(&s);
	free(s.heap);
	free(s.by_place);
	free(s.start);
	free(s.next);
	free(s.first);
	free(s.into);
	return changed;
}
