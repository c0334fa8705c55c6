/*
 * Finding and breaking loops (units_break_loops in units.h).
 *
 * Tarjan's algorithm finds the strongly connected components; inside each the
 * units are put in order one by one, and where none is free the one is taken
 * that costs least: facts that can be created later leave their unit, or a
 * shell stands in for the whole.
 */
#include "graph/units.h"

#include "base/die.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------- components */

struct tarjan {
	struct units *units;
	size_t *order, *low, *stack;
	bool *on_stack;
	size_t counter, depth, components;
};

/* One unit whose neighbours are being looked at: the call stack of the recursion. */
struct frame {
	size_t unit, next;
};

static void
visit(struct tarjan *t, size_t unit)
{
	t->order[unit] = t->low[unit] = ++t->counter;
	t->stack[t->depth++] = unit;
	t->on_stack[unit] = true;
}

static void
strong_components(struct tarjan *t, struct frame *frames, size_t start)
{
	size_t depth = 0;

	visit(t, start);
	frames[depth++] = (struct frame){ start, 0 };
	while (depth) {
		struct frame *frame = &frames[depth - 1];
		const struct unit_node *unit = &t->units->units[frame->unit];

		if (frame->next < unit->next_count) {
			size_t to = unit->next[frame->next++];

			if (!t->order[to]) {
				visit(t, to);
				frames[depth++] = (struct frame){ to, 0 };
			} else if (t->on_stack[to] && t->order[to] < t->low[frame->unit]) {
				t->low[frame->unit] = t->order[to];
			}
			continue;
		}
		if (t->low[frame->unit] == t->order[frame->unit]) {
			size_t first = t->depth;

			while (t->stack[--first] != frame->unit)
				;
			if (t->depth - first > 1)
				t->components++;
			for (size_t i = first; i < t->depth; i++) {
				t->on_stack[t->stack[i]] = false;
				t->units->units[t->stack[i]].component = t->depth - first > 1 ? t->components : 0;
			}
			t->depth = first;
		}
		depth--;
		if (depth && t->low[frame->unit] < t->low[frames[depth - 1].unit])
			t->low[frames[depth - 1].unit] = t->low[frame->unit];
	}
}

size_t
units_components(struct units *units)
{
	size_t count = units->count;
	struct tarjan t = { .units = units };
	struct frame *frames = memory_resize(NULL, (count + 1) * sizeof *frames);

	t.order = memory_resize(NULL, (count + 1) * sizeof *t.order);
	t.low = memory_resize(NULL, (count + 1) * sizeof *t.low);
	t.stack = memory_resize(NULL, (count + 1) * sizeof *t.stack);
	t.on_stack = memory_resize(NULL, (count + 1) * sizeof *t.on_stack);
	memset(t.order, 0, (count + 1) * sizeof *t.order);
	memset(t.on_stack, 0, (count + 1) * sizeof *t.on_stack);
	units_edges(units);
	for (size_t i = 0; i < count; i++)
		if (!t.order[i])
			strong_components(&t, frames, i);
	free(units->edges);
	units->edges = NULL;
	for (size_t i = 0; i < count; i++)
		units->units[i].next_count = units->units[i].waits_for = 0;
	free(frames);
	free(t.order);
	free(t.low);
	free(t.stack);
	free(t.on_stack);
	return t.components;
}

/* ----------------------------------------------------------------- breaking */

struct loop {
	struct units *units;
	size_t component;
	size_t *members;
	size_t count, room;
	bool *done; /* by unit number */
	size_t done_room;
};

/* What keeps a unit from being created now. */
struct blocked {
	const struct loop *loop;
	struct fact *facts[64]; /* those that wait */
	size_t count;
	bool fixed;   /* one of them cannot leave the unit */
	bool crowded; /* more than fit: looked at again once these have left */
};

static void
note_blocked(void *context, struct fact *fact, size_t unit)
{
	struct blocked *b = context;
	const struct unit_node *need = &b->loop->units->units[unit];
	const struct unit_node *own = &b->loop->units->units[b->loop->units->facts[fact->number].unit];

	if (need->component != b->loop->component || b->loop->done[unit] || need->shell)
		return;
	if (own->root == fact || b->loop->units->fold(fact) != FOLD_MAY)
		b->fixed = true;
	else if (b->count && b->facts[b->count - 1] == fact)
		return;
	else if (b->count == sizeof b->facts / sizeof *b->facts)
		b->crowded = true;
	else
		b->facts[b->count++] = fact;
}

static void
look(struct blocked *b, const struct loop *loop, size_t number)
{
	const struct unit_node *unit = &loop->units->units[number];

	*b = (struct blocked){ .loop = loop };
	fact_waits(loop->units, unit->root, note_blocked, b);
	for (size_t i = 0; i < unit->part_count; i++)
		fact_waits(loop->units, unit->parts[i], note_blocked, b);
}

static void
loop_add(struct loop *loop, size_t number)
{
	GROW(loop->members, loop->count, loop->room);
	loop->members[loop->count++] = number;
	if (number >= loop->done_room) {
		size_t room = number * 2 + 64;

		loop->done = memory_resize(loop->done, room * sizeof *loop->done);
		memset(loop->done + loop->done_room, 0, (room - loop->done_room) * sizeof *loop->done);
		loop->done_room = room;
	}
	loop->units->units[number].component = loop->component;
}

/* The fact and what says something about it belong to that unit. */
static void
move(struct units *units, struct fact *fact, size_t number)
{
	units->facts[fact->number].unit = number;
	for (struct fact *f = units->facts[fact->number].followers; f; f = units->facts[f->number].next)
		units->facts[f->number].unit = number;
}

/* The fact becomes a unit of its own, with the parts that stand in it. */
static void
eject(struct loop *loop, struct fact *fact)
{
	struct units *units = loop->units;
	size_t from = units->facts[fact->number].unit, number = units_add(units, fact), kept = 0;
	struct unit_node *unit = &units->units[from], *own = &units->units[number];

	move(units, fact, number);
	for (size_t i = 0; i < unit->part_count; i++) {
		struct fact *part = unit->parts[i];

		if (part == fact)
			continue;
		if (strcmp(part->in, fact->id) != 0) {
			unit->parts[kept++] = part;
			continue;
		}
		GROW(own->parts, own->part_count, own->part_room);
		own->parts[own->part_count++] = part;
		move(units, part, number);
	}
	unit->part_count = kept;
	loop_add(loop, number);
}

static void
make_shell(struct loop *loop, size_t number)
{
	struct units *units = loop->units;
	size_t shell = units_add(units, units->units[number].root);

	units->units[shell].shell_of = number + 1;
	units->units[number].shell = shell + 1;
	loop_add(loop, shell);
	loop->done[shell] = true;
}

/* How dear it is to take these out: later kinds (foreign keys) are cheaper. */
static int
cost(const struct blocked *b)
{
	int rank = 1000;

	for (size_t i = 0; i < b->count; i++)
		if (rule_of(b->facts[i]->id)->rank < rank)
			rank = rule_of(b->facts[i]->id)->rank;
	return (1000 - rank) * 100 + (int)b->count;
}

static _Noreturn void
unbreakable(const struct loop *loop)
{
	struct sbuf names = SBUF_INIT;

	for (size_t i = 0; i < loop->count; i++)
		if (!loop->done[loop->members[i]])
			sbuf_addf(&names, "%s%s", names.length ? ", " : "",
			          loop->units->units[loop->members[i]].root->id);
	die_report(STATUS_BUG, &(struct report){ .text = "a loop of dependencies that cannot be broken",
	                                         .detail = names.text });
}

/* Frees the unit that is cheapest to free. */
static void
break_once(struct loop *loop)
{
	struct blocked best = { 0 }, b;
	size_t shell = 0;
	enum shell shell_kind = SHELL_NONE;
	int best_cost = 0;

	for (size_t i = 0; i < loop->count; i++) {
		size_t number = loop->members[i];
		const struct unit_node *unit = &loop->units->units[number];
		enum shell kind = unit->shell ? SHELL_NONE : fact_shell(unit->root);

		if (loop->done[number])
			continue;
		look(&b, loop, number);
		if (!b.fixed && (!best.count || cost(&b) < best_cost)) {
			best = b;
			best_cost = cost(&b);
		}
		if (kind && (!shell || kind < shell_kind)) {
			shell = number + 1;
			shell_kind = kind;
		}
	}
	for (size_t i = 0; i < best.count; i++)
		eject(loop, best.facts[i]);
	if (best.count)
		return;
	if (!shell)
		unbreakable(loop);
	make_shell(loop, shell - 1);
}

static void
break_loop(struct loop *loop)
{
	size_t left;

	do {
		bool moved = false;

		left = 0;
		for (size_t i = 0; i < loop->count; i++) {
			size_t number = loop->members[i];
			struct blocked b;

			if (loop->done[number])
				continue;
			look(&b, loop, number);
			if (b.count || b.fixed) {
				left++;
			} else {
				loop->done[number] = true;
				moved = true;
			}
		}
		if (left && !moved)
			break_once(loop);
	} while (left);
}

void
units_break_loops(struct units *units)
{
	size_t components = units_components(units), all = units->count;

	if (!components)
		return;
	for (size_t component = 1; component <= components; component++) {
		struct loop loop = { .units = units, .component = component };

		for (size_t i = 0; i < all; i++)
			if (units->units[i].component == component)
				loop_add(&loop, i);
		break_loop(&loop);
		free(loop.members);
		free(loop.done);
	}
}
