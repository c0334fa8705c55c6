#include "plan/unsaid.h"

#include "plan/diff.h"
#include "rule/changes.h"

#include <stdlib.h>
#include <string.h>

/* In a copy, which takes the fact's place: the fact itself is that of the state that the plan was asked for. */
static struct fact *
add_all_needs(struct snapshot *state, const struct fact *fact, const char *const *ids, size_t count)
{
	const char **needs = arena_array(&state->arena, fact->needs_count + count, sizeof *needs);
	struct fact *copy = arena_alloc(&state->arena, sizeof *copy);

	*copy = *fact;
	for (size_t i = 0; i < fact->needs_count; i++)
		needs[i] = fact->needs[i];
	for (size_t i = 0; i < count; i++)
		needs[copy->needs_count++] = ids[i];
	copy->needs = needs;
	snapshot_replace(state, snapshot_from(state, fact->id), copy);
	return copy;
}

static bool
needs_are_in(struct snapshot *state, const struct fact *fact)
{
	for (size_t i = 0; i < fact->needs_count; i++)
		if (!snapshot_find(state, fact->needs[i]))
			return false;
	return true;
}

/* The table above in a tree of partitions; NULL: none. */
static const char *
table_above(struct snapshot *state, const char *table)
{
	size_t count;
	const char **parents = snapshot_find(state, arena_printf(&state->arena, "partition %s", id_name(table))) ?
	                       table_parents(state, table, &state->arena, &count) : NULL;

	return parents ? arena_printf(&state->arena, "table %s", parents[0]) : NULL;
}

static bool
is_below(struct snapshot *state, const char *table, const char *above)
{
	while (table && strcmp(table, above) != 0)
		table = table_above(state, table);
	return table;
}

/* Ids of tables. */
struct tables {
	const char **ids;
	size_t count, room;
};

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those above a partition of both states that is detached for a while. */
static void
find_shaken(struct snapshot *state, struct snapshot *other, struct tables *shaken)
{
	for (size_t i = 0; i < state->count; i++) {
		const struct fact *fact = state->facts[i], *same;

		if (!rule_of(fact->id)->leaves || !(same = snapshot_find(other, fact->id)) || fact_same(fact, same))
			continue;
		for (const char *table = fact->in; (table = table_above(state, table));) {
			GROW(shaken->ids, shaken->count, shaken->room);
			shaken->ids[shaken->count++] = table;
		}
	}
	if (shaken->count)
		qsort(shaken->ids, shaken->count, sizeof *shaken->ids, compare_ids);
}

/* Whether the fact looks into a table in a way that it goes before partitions are detached: then it is not left behind, nor
 * does it stay until its own table goes. */
static bool
goes_before(struct snapshot *state, const struct fact *fact, const struct tables *shaken)
{
	const struct rule *rule = rule_of(fact->id);
	const char *table = rule->looks_into ? rule->looks_into(state, fact) : NULL;

	return table && (is_below(state, fact->in, table) ||
	                 (shaken->count && bsearch(&table, shaken->ids, shaken->count, sizeof table, compare_ids)));
}

struct looker {
	const char *table;
	struct fact *fact;
	const char **needs; /* that it gets */
	size_t count, room;
};

static int
compare_lookers(const void *a, const void *b)
{
	return strcmp(((const struct looker *)a)->table, ((const struct looker *)b)->table);
}

/* The first of those that look into the table. */
static size_t
first_looker(const struct looker *lookers, size_t count, const char *table)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;

		if (strcmp(lookers[middle].table, table) < 0)
			low = middle + 1;
		else
			count = middle;
	}
	return low;
}

/* What goes before partitions are detached, by the table that it stands in, whose own partitions it needs then. */
static void
add_first(struct snapshot *state, const struct tables *shaken, bool goes)
{
	struct looker *firsts = NULL;
	size_t count = 0, room = 0;

	for (size_t i = 0; i < state->count; i++)
		if (rule_of(state->facts[i]->id)->looks_into && goes_before(state, state->facts[i], shaken)) {
			GROW(firsts, count, room);
			firsts[count++] = (struct looker){ .table = state->facts[i]->in, .fact = state->facts[i] };
		}
	if (count)
		qsort(firsts, count, sizeof *firsts, compare_lookers);
	for (size_t i = 0; count && i < state->count; i++) {
		if (!rule_of(state->facts[i]->id)->leaves)
			continue;
		for (const char *table = state->facts[i]->in; (table = table_above(state, table));)
			for (size_t k = first_looker(firsts, count, table); k < count && !strcmp(firsts[k].table, table); k++) {
				GROW(firsts[k].needs, firsts[k].count, firsts[k].room);
				firsts[k].needs[firsts[k].count++] = state->facts[i]->id;
			}
	}
	for (size_t k = 0; k < count; k++) {
		if (firsts[k].count)
			add_all_needs(state, goes ? fact_marked(&state->arena, firsts[k].fact, "apart") : firsts[k].fact,
			              firsts[k].needs, firsts[k].count);
		free(firsts[k].needs);
	}
	free(firsts);
}

/* It comes after what it finds, and goes before what it leaves behind and what that came from. What comes only now
 * may wait for it, and is not waited for. */
static void
add_left(struct snapshot *state, struct snapshot *other, bool goes)
{
	struct fact **all = NULL;
	struct tables shaken = { 0 };
	size_t count = 0, room = 0;

	find_shaken(state, other, &shaken);
	add_first(state, &shaken, goes);
	for (size_t i = 0; i < state->count; i++) {
		struct fact *fact = state->facts[i], *same;
		const struct rule *rule = rule_of(fact->id);
		struct left *left;
		size_t found;

		if (!rule->leaves || !snapshot_find(other, fact->in) ||
		    ((same = snapshot_find(other, fact->id)) && fact_same(fact, same)))
			continue;
		left = rule->leaves(state, fact, &found);
		for (size_t k = 0; k < found; k++) {
			if (goes_before(state, left[k].cause, &shaken) || (!goes && !needs_are_in(other, left[k].fact)))
				continue;
			GROW(all, count, room);
			all[count++] = left[k].fact;
			add_all_needs(state, state->facts[i], (const char *const[]){ left[k].fact->id, left[k].cause->id },
			              goes ? 2 : 1);
		}
	}
	for (size_t i = 0; i < count; i++)
		snapshot_add(state, all[i]);
	if (count)
		snapshot_sort(state);
	free(shaken.ids);
	free(all);
}

void
unsaid_add(struct snapshot *from, struct snapshot *to)
{
	add_left(from, to, true);
	add_left(to, from, false);
}

static size_t
find_lookers(struct snapshot *state, struct looker **lookers)
{
	size_t count = 0, room = 0;

	for (size_t i = 0; i < state->count; i++) {
		const struct rule *rule = rule_of(state->facts[i]->id);
		const char *table = rule->looks_into ? rule->looks_into(state, state->facts[i]) : NULL;

		if (!table)
			continue;
		GROW(*lookers, count, room);
		(*lookers)[count++] = (struct looker){ .table = table, .fact = state->facts[i] };
	}
	if (count)
		qsort(*lookers, count, sizeof **lookers, compare_lookers);
	return count;
}

/* Those that look into the table that the partition belongs to, or into one above, need it. One that does not come back is
 * needed only by what stands in that table itself: the others must not find its rows. */
static void
needed_by_lookers(struct snapshot *state, const struct fact *partition, bool stays, struct looker *lookers, size_t count)
{
	for (const char *table = partition->in; (table = table_above(state, table));)
		for (size_t i = first_looker(lookers, count, table); i < count && !strcmp(lookers[i].table, table); i++) {
			struct looker *looker = &lookers[i];

			if (!stays && !is_below(state, looker->fact->in, table))
				continue;
			GROW(looker->needs, looker->count, looker->room);
			looker->needs[looker->count++] = partition->id;
		}
}

static void
replace_looker(struct diff *diff, struct snapshot *state, const struct looker *looker)
{
	struct item *item = &diff->items[looker->fact->number];
	struct fact *copy = add_all_needs(state, looker->fact, looker->needs, looker->count);

	if (state == diff->from)
		item->old = copy;
	else
		item->new = copy;
}

static void
add_needs(struct diff *diff, struct snapshot *state, struct snapshot *other)
{
	struct looker *lookers = NULL;
	size_t count = find_lookers(state, &lookers);

	for (size_t i = 0; count && i < state->count; i++) {
		const struct rule *rule = rule_of(state->facts[i]->id);

		if (rule->leaves && rule->apart(state->facts[i]))
			needed_by_lookers(state, state->facts[i], snapshot_find(other, state->facts[i]->id) != NULL, lookers, count);
	}
	for (size_t i = 0; i < count; i++) {
		if (lookers[i].count)
			replace_looker(diff, state, &lookers[i]);
		free(lookers[i].needs);
	}
	free(lookers);
}

void
unsaid_needs(struct diff *diff)
{
	add_needs(diff, diff->from, diff->to);
	add_needs(diff, diff->to, diff->from);
}
