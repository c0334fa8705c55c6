#include "graph/units.h"

#include "base/die.h"

#include <stdlib.h>
#include <string.h>

size_t
units_add(struct units *units, struct fact *root)
{
	GROW(units->units, units->count, units->room);
	units->units[units->count] = (struct unit_node){ .root = root };
	return units->count++;
}

static struct fact *
find(const struct units *units, const struct fact *from, const char *id)
{
	struct fact *fact = snapshot_find(units->snapshot, id);

	if (!fact)
		die(STATUS_USAGE, "\"%s\" refers to \"%s\", which is not in the snapshot", from->id, id);
	return fact;
}

/* Parents and needs, by their ids. */
static void
find_all(struct units *units)
{
	const struct snapshot *snapshot = units->snapshot;
	struct fact **needs;
	size_t total = 0;

	for (size_t i = 0; i < snapshot->count; i++)
		total += snapshot->facts[i]->needs_count;
	needs = units->needs = memory_resize(NULL, (total + 1) * sizeof *needs);
	for (size_t i = 0; i < snapshot->count; i++) {
		const struct fact *fact = snapshot->facts[i];

		if (fact->in)
			units->facts[i].parent = find(units, fact, fact->in);
		units->facts[i].needs = needs;
		for (size_t k = 0; k < fact->needs_count; k++)
			*needs++ = find(units, fact, fact->needs[k]);
	}
}

static bool
is_follower(const struct fact *fact)
{
	return fact->in && !fact->needs_count && rule_of(fact->id)->follows;
}

/* The facts that complete another one, in lists. */
static void
find_completers(struct units *units)
{
	for (size_t i = units->snapshot->count; i-- > 0;) {
		struct fact *fact = units->snapshot->facts[i], *whole;
		const struct rule *rule = rule_of(fact->id);
		const char *id = rule->completes ? rule->completes(fact) : NULL;

		if (!id || !(whole = snapshot_find(units->snapshot, id)))
			continue;
		units->facts[i].next_completer = units->facts[whole->number].completers;
		units->facts[whole->number].completers = fact;
	}
}

void
units_make(struct units *units, struct snapshot *snapshot, enum fold (*fold)(const struct fact *fact),
           bool drops)
{
	size_t count = snapshot->count;

	*units = (struct units){ .snapshot = snapshot, .fold = fold };
	units->facts = memory_resize(NULL, (count + 1) * sizeof *units->facts);
	memset(units->facts, 0, (count + 1) * sizeof *units->facts);
	for (size_t i = 0; i < count; i++)
		snapshot->facts[i]->number = i;
	find_all(units);
	/* Followers backwards, so that each list comes out in the snapshot's order. */
	for (size_t i = count; i-- > 0;) {
		struct fact *fact = snapshot->facts[i];
		struct fact_node *node = &units->facts[i];

		if (!is_follower(fact))
			continue;
		node->next = units->facts[node->parent->number].followers;
		units->facts[node->parent->number].followers = fact;
	}
	for (size_t i = 0; i < count; i++) {
		struct fact *fact = snapshot->facts[i];

		if (!is_follower(fact) && fold(fact) == FOLD_NEVER)
			units->facts[i].unit = units_add(units, fact);
	}
	if (!drops)
		find_completers(units);
	for (size_t i = 0; i < count; i++) {
		struct fact *fact = snapshot->facts[i], *root = fact;
		struct unit_node *unit;

		while (is_follower(root) || fold(root) != FOLD_NEVER)
			root = units->facts[root->number].parent;
		units->facts[i].unit = units->facts[root->number].unit;
		if (root == fact || is_follower(fact))
			continue;
		unit = &units->units[units->facts[i].unit];
		GROW(unit->parts, unit->part_count, unit->part_room);
		unit->parts[unit->part_count++] = fact;
	}
}

void
units_release(struct units *units)
{
	for (size_t i = 0; i < units->count; i++)
		free(units->units[i].parts);
	free(units->units);
	free(units->facts);
	free(units->edges);
	free(units->needs);
	*units = (struct units){ 0 };
}

struct waiting {
	const struct units *units;
	struct fact *fact;
	void (*visit)(void *context, struct fact *fact, size_t unit);
	void *context;
};

/* Waits for a fact and, with `complete`, for what completes it. */
static void
wait_for(const struct waiting *w, const struct fact *need, bool complete)
{
	size_t own = w->units->facts[w->fact->number].unit;

	if (w->units->facts[need->number].unit != own)
		w->visit(w->context, w->fact, w->units->facts[need->number].unit);
	for (const struct fact *f = complete ? w->units->facts[need->number].completers : NULL; f;
	     f = w->units->facts[f->number].next_completer)
		if (f != w->fact && w->units->facts[f->number].unit != own)
			w->visit(w->context, w->fact, w->units->facts[f->number].unit);
}

void
fact_waits(const struct units *units, struct fact *fact,
           void (*visit)(void *context, struct fact *fact, size_t unit), void *context)
{
	struct waiting w = { units, fact, visit, context };
	/* What completes a whole cannot wait for the rest of it, but for its own parts. */
	bool completes = rule_of(fact->id)->completes != NULL;

	const struct fact_node *node = &units->facts[fact->number];

	if (node->parent)
		wait_for(&w, node->parent, completes);
	for (size_t i = 0; i < fact->needs_count; i++)
		wait_for(&w, node->needs[i], !completes);
}

/* ------------------------------------------------------------------ edges */

struct edge_context {
	struct units *units;
	size_t to;
	bool fill;
};

static void
edge(struct edge_context *context, size_t from, size_t to)
{
	struct unit_node *unit = &context->units->units[from];

	if (context->fill)
		unit->next[unit->next_count] = to;
	unit->next_count++;
	if (context->fill)
		context->units->units[to].waits_for++;
}

static void
visit_edge(void *context, struct fact *fact, size_t from)
{
	struct edge_context *c = context;
	const struct unit_node *need = &c->units->units[from];

	(void)fact;
	/* In the same loop the shell is enough. */
	if (need->shell && need->component == c->units->units[c->to].component)
		from = need->shell - 1;
	edge(c, from, c->to);
}

/* A shell waits for what is outside of its loop. */
static void
visit_shell_edge(void *context, struct fact *fact, size_t from)
{
	struct edge_context *c = context;
	const struct unit_node *units = c->units->units;

	(void)fact;
	if (units[from].component != units[c->to].component)
		edge(c, from, c->to);
}

static void
all_edges(struct units *units, bool fill)
{
	struct edge_context context = { units, 0, fill };

	for (size_t i = 0; i < units->count; i++) {
		struct unit_node *unit = &units->units[i];

		context.to = i;
		if (unit->shell_of) {
			fact_waits(units, unit->root, visit_shell_edge, &context);
			edge(&context, i, unit->shell_of - 1);
			continue;
		}
		fact_waits(units, unit->root, visit_edge, &context);
		for (size_t k = 0; k < unit->part_count; k++)
			fact_waits(units, unit->parts[k], visit_edge, &context);
	}
}

void
units_edges(struct units *units)
{
	size_t total = 0;

	all_edges(units, false);
	for (size_t i = 0; i < units->count; i++)
		total += units->units[i].next_count;
	units->edges = memory_resize(NULL, (total + 1) * sizeof *units->edges);
	total = 0;
	for (size_t i = 0; i < units->count; i++) {
		units->units[i].next = units->edges + total;
		total += units->units[i].next_count;
		units->units[i].next_count = 0;
		units->units[i].waits_for = 0;
	}
	all_edges(units, true);
}

/* ------------------------------------------------------------------ places */

/* Behind all of the kind that it stands in: an identity column's sequence behind the columns. */
static int
part_rank(const struct fact *part)
{
	int own = rule_of(part->id)->rank, parents = rule_of(part->in)->rank;

	return own > parents ? own : parents + 1;
}

static int
compare_parts(const void *a, const void *b)
{
	const struct fact *x = *(struct fact *const *)a, *y = *(struct fact *const *)b;
	int rank = part_rank(x) - part_rank(y);
	const char *p = fact_text(x, "position"), *q = fact_text(y, "position");
	long place = p ? strtol(p, NULL, 10) : 0, other = q ? strtol(q, NULL, 10) : 0;

	if (rank)
		return rank;
	if (place != other)
		return place < other ? -1 : 1;
	return id_compare(x->id, y->id);
}

static const struct units *sorted; /* for compare_units: qsort has no context */

static int
compare_units(const void *a, const void *b)
{
	const struct unit_node *x = &sorted->units[*(const size_t *)a];
	const struct unit_node *y = &sorted->units[*(const size_t *)b];
	int order = rule_of(x->root->id)->rank - rule_of(y->root->id)->rank;

	if (!order)
		order = id_compare(x->root->id, y->root->id);
	return order ? order : (y->shell_of != 0) - (x->shell_of != 0);
}

void
units_place(struct units *units)
{
	size_t *numbers = memory_resize(NULL, (units->count + 1) * sizeof *numbers);

	for (size_t i = 0; i < units->count; i++) {
		struct unit_node *unit = &units->units[i];

		numbers[i] = i;
		if (unit->part_count)
			qsort(unit->parts, unit->part_count, sizeof *unit->parts, compare_parts);
	}
	sorted = units;
	qsort(numbers, units->count, sizeof *numbers, compare_units);
	for (size_t i = 0; i < units->count; i++)
		units->units[numbers[i]].place = i;
	free(numbers);
}
