#include "plan/unsaid.h"

#include "plan/diff.h"

#include <stdlib.h>

static void
add_need(struct snapshot *state, struct fact *fact, const char *id)
{
	const char **needs = arena_array(&state->arena, fact->needs_count + 1, sizeof *needs);

	for (size_t i = 0; i < fact->needs_count; i++)
		needs[i] = fact->needs[i];
	needs[fact->needs_count++] = id;
	fact->needs = needs;
}

static bool
needs_are_in(struct snapshot *state, const struct fact *fact)
{
	for (size_t i = 0; i < fact->needs_count; i++)
		if (!snapshot_find(state, fact->needs[i]))
			return false;
	return true;
}

/* It comes after what it finds, and goes before what it leaves behind and what that came from. What comes only now
 * may wait for it, and is not waited for. */
static void
add_left(struct snapshot *state, struct snapshot *other, bool goes)
{
	enum { MOST = 64 };
	struct fact *left[MOST], *causes[MOST], **all = NULL;
	size_t count = 0, room = 0;

	for (size_t i = 0; i < state->count; i++) {
		struct fact *fact = state->facts[i], *same;
		const struct rule *rule = rule_of(fact->id);
		size_t found;

		if (!rule->leaves || !snapshot_find(other, fact->in) ||
		    ((same = snapshot_find(other, fact->id)) && fact_same(fact, same)))
			continue;
		found = rule->leaves(state, fact, left, causes, MOST);
		for (size_t k = 0; k < found; k++) {
			if (!goes && !needs_are_in(other, left[k]))
				continue;
			GROW(all, count, room);
			all[count++] = left[k];
			add_need(state, fact, left[k]->id);
			if (goes)
				add_need(state, fact, causes[k]->id);
		}
	}
	for (size_t i = 0; i < count; i++)
		snapshot_add(state, all[i]);
	if (count)
		snapshot_sort(state);
	free(all);
}

void
unsaid_add(struct snapshot *from, struct snapshot *to)
{
	add_left(from, to, true);
	add_left(to, from, false);
}
