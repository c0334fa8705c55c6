#include "graph/idiom_order.h"

#include "graph/order.h"
#include "graph/units.h"

#include "rule/fold.h"
#include "rule/idiom.h"

#include <stdlib.h>

/* Only what cannot be parted: a loop of these cannot be broken by taking anything out. */
static enum fold
fold_must(const struct fact *fact)
{
	return fact_fold(fact) == FOLD_MUST ? FOLD_MUST : FOLD_NEVER;
}

static void
keep(struct snapshot *plain, const struct fact *fact)
{
	struct fact *entry;

	if (snapshot_find(plain, fact->id))
		return;
	entry = arena_alloc(&plain->arena, sizeof *entry);
	entry->id = arena_string(&plain->arena, fact->id);
	snapshot_add(plain, entry);
}

static void
keep_loops(struct snapshot *plain, struct snapshot *facts)
{
	struct units units;

	units_make(&units, facts, fold_must, false);
	if (units_components(&units))
		for (size_t i = 0; i < units.count; i++)
			for (size_t k = 0; units.units[i].component && k < units.units[i].part_count; k++)
				if (fact_is_idiom(units.units[i].parts[k]))
					keep(plain, units.units[i].parts[k]);
	units_release(&units);
}

/*
 * Partitions and children whose parent gets a default or a key by a statement of its own, because of another loop:
 * they would have it or not, depending on which file is loaded first.
 */
static void
keep_separated(struct snapshot *plain, struct snapshot *facts, struct fact *const *ordered, size_t count)
{
	struct unit_reader reader = UNIT_READER_INIT(ordered, count);
	struct snapshot parents = SNAPSHOT_INIT;

	while (unit_next(&reader)) {
		const struct fact *root = reader.unit.fact, *table = root;

		if (fact_fold(root) != FOLD_MAY || fact_is(root, "type", "f"))
			continue;
		while (table && !id_is(table->id, "table"))
			table = table->in ? snapshot_find(facts, table->in) : NULL;
		if (table)
			keep(&parents, table);
	}
	for (size_t i = 0; parents.count && i < facts->count; i++)
		if (fact_is_idiom(facts->facts[i]))
			for (size_t k = 0; k < facts->facts[i]->needs_count; k++)
				if (snapshot_find(&parents, facts->facts[i]->needs[k]))
					keep(plain, facts->facts[i]);
	snapshot_release(&parents);
}

struct fact **
order_idioms(struct snapshot *to, struct snapshot *from, size_t *count)
{
	struct snapshot plain = SNAPSHOT_INIT;
	struct fact **ordered = NULL;
	size_t kept;

	do {
		free(ordered);
		ordered = NULL;
		kept = plain.count;
		snapshot_release(to);
		idioms_apply(to, from, &plain);
		keep_loops(&plain, to);
		if (plain.count != kept)
			continue;
		ordered = order_facts(to, count);
		keep_separated(&plain, to, ordered, *count);
	} while (plain.count != kept);
	snapshot_release(&plain);
	return ordered;
}
