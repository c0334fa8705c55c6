#include "plan/side.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A drop takes along what stands in it. */
static enum fold
drop_fold(const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);

	if (!fact->in || rule_of(fact->in)->holds || (rule->apart && rule->apart(fact)))
		return FOLD_NEVER;
	return rule->fold && rule->fold(fact) == FOLD_MUST ? FOLD_MUST : FOLD_MAY;
}

static bool
takes_part(const struct item *item, bool drops)
{
	return drops ? item_goes(item) : item_comes(item);
}

static struct item *
find(const struct diff *diff, const char *id, bool drops)
{
	return drops ? diff_old(diff, id) : diff_new(diff, id);
}

/* Whether what stands in it has to be dropped by itself, although it goes. */
static bool
keeps_parts(const struct diff *diff, const char *id)
{
	const struct rule *rule = rule_of(id);
	const struct item *item = diff_old(diff, id), *parent;

	if (rule->holds)
		return true;
	if (!rule->nominal || !item || !rule->nominal(item->old))
		return false;
	parent = diff_old(diff, item->old->in);
	return !parent || !item_goes(parent) || keeps_parts(diff, item->old->in);
}

/* The parent that a copy stands in; what else it waits for is added to `needs`. */
static const char *
copy_parent(const struct diff *diff, const struct item *item, bool drops, const char **needs, size_t *count)
{
	const struct fact *fact = drops ? item->old : item->new;
	const struct item *parent = fact->in ? find(diff, fact->in, drops) : NULL;
	bool with_parent = parent && takes_part(parent, drops);

	if (drops) {
		if (with_parent && !keeps_parts(diff, fact->in))
			return fact->in;
		if (with_parent)
			needs[(*count)++] = fact->in;
		return item_drop_inherited(item) ? item->source->old->id : NULL;
	}
	if (item_create_inherited(item))
		needs[(*count)++] = item->source->new->id;
	if (!with_parent || !item_create_inherited(parent))
		return with_parent ? fact->in : NULL;
	/* The statement of the parent's source makes the parent, and none of its parts. */
	needs[(*count)++] = fact->in;
	return NULL;
}

static struct fact *
copy_fact(struct side *side, const struct diff *diff, const struct item *item, bool drops)
{
	const struct fact *fact = drops ? item->old : item->new;
	struct fact *copy = arena_alloc(&side->subset.arena, sizeof *copy);

	*copy = *fact;
	copy->needs = arena_array(&side->subset.arena, fact->needs_count + 2, sizeof *copy->needs);
	copy->needs_count = 0;
	copy->in = copy_parent(diff, item, drops, copy->needs, &copy->needs_count);
	for (size_t i = 0; i < fact->needs_count; i++) {
		const struct item *need = find(diff, fact->needs[i], drops);

		/* The functions of a type go with it. */
		if (drops && need && takes_part(need, drops) && fact_shell(need->old) == SHELL_NAME &&
		    fact_uses(need->old, fact->id))
			copy->in = fact->needs[i];

		if (need && takes_part(need, drops) && !(drops && fact_let_go_by(fact, fact->needs[i])))
			copy->needs[copy->needs_count++] = fact->needs[i];
	}
	return copy;
}

/* What is taken along by the drop of something else than its parent stands in that. */
static void
move_taken(struct side *side, const struct diff *diff)
{
	for (size_t i = 0; i < side->subset.count; i++) {
		const struct fact *fact = side->items[i]->old;
		const struct rule *rule = rule_of(fact->id);
		const char *taker = rule->taken_by ? rule->taken_by(fact) : NULL;
		const struct item *parent;
		struct fact *copy;

		if (!taker || !snapshot_find(&side->subset, taker))
			continue;
		parent = diff_old(diff, fact->in);
		if (!item_goes(parent))
			continue;
		for (size_t k = 0; k < fact->needs_count; k++)
			if (fact_let_go_by(fact, fact->needs[k]) && snapshot_find(&side->subset, fact->needs[k]))
				taker = NULL; /* it is undone before */
		copy = side->subset.facts[side->numbers[parent - diff->items] - 1];
		if (taker && (!copy->in || rule_of(copy->in)->holds))
			copy->in = taker;
	}
}

void
side_make(struct side *side, struct diff *diff, bool drops)
{
	size_t room = 0;

	*side = (struct side){ .subset = SNAPSHOT_INIT };
	side->numbers = memory_resize(NULL, (diff->count + 1) * sizeof *side->numbers);
	memset(side->numbers, 0, (diff->count + 1) * sizeof *side->numbers);
	for (size_t i = 0; i < diff->count; i++) {
		struct item *item = &diff->items[i];

		if (!takes_part(item, drops))
			continue;
		GROW(side->items, side->subset.count, room);
		side->items[side->subset.count] = item;
		snapshot_add(&side->subset, copy_fact(side, diff, item, drops));
		side->numbers[i] = side->subset.count;
	}
	if (drops)
		move_taken(side, diff);
	units_make(&side->units, &side->subset, drops ? drop_fold : fact_fold, drops);
	units_break_loops(&side->units);
	units_place(&side->units);
	units_edges(&side->units);
}

void
side_release(struct side *side)
{
	units_release(&side->units);
	snapshot_release(&side->subset);
	free(side->items);
	free(side->numbers);
}

size_t
side_unit(const struct side *side, const struct diff *diff, const struct item *item)
{
	size_t number = side->numbers[item - diff->items];

	return number ? side->units.facts[number - 1].unit : SIZE_MAX;
}
