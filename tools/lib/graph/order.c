#include "graph/order.h"
#include "graph/units.h"

#include "base/die.h"
#include "rule/rule.h"
#include "rule/rules.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------- the smallest one first */

/* A heap of units by their place in the wanted order. */
struct heap {
	size_t *units;
	size_t count;
	const struct units *all;
};

static bool
before(const struct heap *heap, size_t a, size_t b)
{
	return heap->all->units[heap->units[a]].place < heap->all->units[heap->units[b]].place;
}

static void
swap(struct heap *heap, size_t a, size_t b)
{
	size_t unit = heap->units[a];

	heap->units[a] = heap->units[b];
	heap->units[b] = unit;
}

static void
heap_put(struct heap *heap, size_t unit)
{
	size_t at = heap->count++;

	heap->units[at] = unit;
	for (; at && before(heap, at, (at - 1) / 2); at = (at - 1) / 2)
		swap(heap, at, (at - 1) / 2);
}

static size_t
heap_take(struct heap *heap)
{
	size_t taken = heap->units[0], at = 0;

	heap->units[0] = heap->units[--heap->count];
	for (;;) {
		size_t child = at * 2 + 1;

		if (child >= heap->count)
			return taken;
		if (child + 1 < heap->count && before(heap, child + 1, child))
			child++;
		if (!before(heap, child, at))
			return taken;
		swap(heap, at, child);
		at = child;
	}
}

/* ---------------------------------------------------------------- writing */

struct output {
	struct fact **facts;
	size_t count, room;
	struct arena *arena;
};

static void
put(struct output *out, struct fact *fact)
{
	GROW(out->facts, out->count, out->room);
	out->facts[out->count++] = fact;
}

static void
put_followers(struct output *out, const struct units *units, const struct fact *fact)
{
	for (struct fact *f = units->facts[fact->number].followers; f; f = units->facts[f->number].next) {
		put(out, f);
		put_followers(out, units, f);
	}
}

static void
put_unit(struct output *out, struct units *units, size_t number)
{
	const struct unit_node *unit = &units->units[number];

	if (unit->shell_of) {
		put(out, fact_marked(out->arena, unit->root, "shell"));
		return;
	}
	put(out, unit->shell ? fact_marked(out->arena, unit->root, "shelled") : unit->root);
	for (size_t i = 0; i < unit->part_count; i++)
		put(out, unit->parts[i]);
	put_followers(out, units, unit->root);
	for (size_t i = 0; i < unit->part_count; i++)
		put_followers(out, units, unit->parts[i]);
}

struct fact **
order_facts(struct snapshot *snapshot, size_t *count)
{
	struct units units;
	struct output out = { NULL, 0, 0, &snapshot->arena };
	struct heap heap;
	size_t done = 0;

	not_nulls_settle(snapshot, NULL);
	units_make(&units, snapshot, fact_fold, false);
	units_break_loops(&units);
	units_place(&units);
	heap.units = memory_resize(NULL, (units.count + 1) * sizeof *heap.units);
	heap.count = 0;
	heap.all = &units;
	units_edges(&units);
	for (size_t i = 0; i < units.count; i++)
		if (!units.units[i].waits_for)
			heap_put(&heap, i);
	while (heap.count) {
		size_t number = heap_take(&heap);
		struct unit_node *unit = &units.units[number];

		done++;
		put_unit(&out, &units, number);
		for (size_t i = 0; i < unit->next_count; i++)
			if (!--units.units[unit->next[i]].waits_for)
				heap_put(&heap, unit->next[i]);
	}
	if (done != units.count)
		die(STATUS_BUG, "%zu facts are left in loops that should have been broken", units.count - done);
	free(heap.units);
	units_release(&units);
	*count = out.count;
	return out.facts;
}
