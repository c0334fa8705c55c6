#include "plan/diff.h"
#include "plan/closure.h"
#include "plan/unsaid.h"

#include "base/die.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------- keys that differ */

static bool
differs(const struct fact *old, const struct fact *new, const char *key)
{
	return !value_equal(fact_value(old, key), fact_value(new, key));
}

/* Calls `visit` for each key that differs and is not ignored, until it says false. */
static bool
each_difference(const struct fact *old, const struct fact *new,
                bool (*visit)(const struct change *change, void *context), void *context)
{
	const struct rule *rule = rule_of(new->id);

	for (int side = 0; side < 2; side++) {
		const struct fact *fact = side ? old : new, *other = side ? new : old;

		for (size_t i = 0; i < fact->member_count; i++) {
			const struct value *value = fact_value(other, fact->members[i].key);
			const struct change *change;

			if (side && value) /* seen from the other side */
				continue;
			if (value_equal(value, &fact->members[i].value))
				continue;
			change = change_of(rule, fact->members[i].key);
			if (change && (change->flags & CHANGE_IGNORED) && !change->alter)
				continue;
			if (!visit(change, context))
				return false;
		}
	}
	return true;
}

static bool
any_difference(const struct change *change, void *context)
{
	(void)change;
	(void)context;
	return false;
}

static bool
same_parent(const struct fact *old, const struct fact *new)
{
	return old->in && new->in ? !strcmp(old->in, new->in) : old->in == new->in;
}

bool
fact_same(const struct fact *old, const struct fact *new)
{
	return same_parent(old, new) && each_difference(old, new, any_difference, NULL);
}

static bool
can_be_altered(const struct change *change, void *context)
{
	(void)context;
	return change != NULL;
}

/* ---------------------------------------------------------------- altering */

/* Whether the change has to be made: there is a difference, or the fact moves over by it. */
static bool
is_due(const struct alter *alter, const struct change *change)
{
	return differs(alter->old, alter->new, change->key) || (alter->moves && (change->flags & CHANGE_MOVES));
}

bool
rule_moves(const struct rule *rule)
{
	for (const struct change *change = rule->changes; change && change->key; change++)
		if (change->flags & CHANGE_MOVES)
			return true;
	return false;
}

/* A change that the source's brings can be one that this fact does not bear. */
static bool
is_possible(const struct alter *alter, const struct change *change)
{
	struct script script = SCRIPT_INIT;
	struct alter trial = *alter;
	bool possible;

	trial.script = trial.before = &script;
	possible = !change->alter || change->alter(&trial);
	script_release(&script);
	return possible;
}

bool
fact_alter(const struct alter *alter, const struct item *source, bool *takes_down)
{
	const struct rule *rule = rule_of(alter->new->id);
	bool again = false;
	bool retyped = alter->moves || differs(alter->old, alter->new, "type") || differs(alter->old, alter->new, "collation");

	if (!same_parent(alter->old, alter->new) ||
	    !each_difference(alter->old, alter->new, can_be_altered, NULL))
		return false;
	for (const struct change *change = rule->changes; change && change->key; change++) {
		const struct change *before;
		struct alter one = *alter;

		if (((change->flags & CHANGE_IGNORED) && !change->alter) ||
		    (retyped && (change->flags & CHANGE_LOST_WITH_TYPE) ? !fact_has(alter->new, change->key) :
		     !is_due(alter, change)))
			continue;
		if ((change->flags & CHANGE_LETS_GO) && alter->before)
			one.script = alter->before;
		if (change->flags & CHANGE_TAKES_DOWN)
			*takes_down = true;
		if ((change->flags & CHANGE_INHERITED) && source && source->old && source->new &&
		    (alter->source_moves || differs(source->old, source->new, change->key)) &&
		    value_equal(fact_value(source->new, change->key), fact_value(alter->new, change->key))) {
			if (!is_possible(&one, change))
				return false;
			continue;
		}
		if (change->flags & CHANGE_AGAIN) {
			again = true;
			continue;
		}
		for (before = rule->changes; before != change; before++)
			if (before->alter == change->alter && is_due(alter, before))
				break;
		if (before == change && !change->alter(&one))
			return false;
	}
	if (again)
		rule->create(alter->script, &(struct unit){ alter->new, NULL, 0 });
	return true;
}

static bool
is_ignored(const struct change *change, void *context)
{
	(void)context;
	return change && (change->flags & CHANGE_IGNORED);
}

void
diff_alter(struct diff *diff, struct item *item)
{
	struct alter alter = { .from = diff->from, .to = diff->to, .old = item->old, .new = item->new,
		               .script = &item->script, .before = &item->letting_go, .bound = item->source != NULL,
		               .online = diff->online };

	item->fate = FATE_ALTER;
	if (!fact_alter(&alter, item->source, &item->takes_down)) {
		script_release(&item->script);
		script_release(&item->letting_go);
		item->takes_down = false;
		item->fate = FATE_REPLACE;
	} else if (!item->script.count && !item->letting_go.count &&
	           each_difference(item->old, item->new, is_ignored, NULL)) {
		/* It could have called for a replacement, and does not. */
		item->fate = FATE_KEEP;
	}
}

/* ----------------------------------------------------------------- merging */

/* What is there has waited already (rule.waits_for). */
static void
stop_waiting(struct fact *fact)
{
	const char *kind = rule_of(fact->id)->waits_for;
	size_t kept = 0;

	for (size_t i = 0; kind && i < fact->needs_count; i++)
		if (!id_is(fact->needs[i], kind))
			fact->needs[kept++] = fact->needs[i];
	if (kind)
		fact->needs_count = kept;
}

static void
merge(struct diff *diff)
{
	size_t a = 0, b = 0, room = diff->from->count + diff->to->count;

	diff->items = arena_array(&diff->arena, room + 1, sizeof *diff->items);
	while (a < diff->from->count || b < diff->to->count) {
		struct item *item = &diff->items[diff->count];
		int order = a == diff->from->count ? 1 : b == diff->to->count ? -1 :
		            id_compare(diff->from->facts[a]->id, diff->to->facts[b]->id);

		if (order <= 0) {
			item->old = diff->from->facts[a++];
			item->old->number = diff->count;
		}
		if (order >= 0) {
			item->new = diff->to->facts[b++];
			item->new->number = diff->count;
		}
		diff->count++;
	}
}

struct item *
diff_old(const struct diff *diff, const char *id)
{
	struct fact *fact = snapshot_find(diff->from, id);

	return fact ? &diff->items[fact->number] : NULL;
}

struct item *
diff_new(const struct diff *diff, const char *id)
{
	struct fact *fact = snapshot_find(diff->to, id);

	return fact ? &diff->items[fact->number] : NULL;
}

struct item *
diff_old_parent(const struct diff *diff, const struct item *item)
{
	return item->old->in ? diff_old(diff, item->old->in) : NULL;
}

/* What ties the fact to its source; true when that is gone for a while. */
static bool
find_tie(struct diff *diff, struct item *item)
{
	const struct fact *fact = item->new ? item->new : item->old;
	const struct rule *rule = rule_of(fact->id);
	const char *id = rule->tie ? rule->tie(diff->from, fact, &diff->arena) : NULL;

	item->tie = id ? diff_old(diff, id) : NULL;
	return item->tie && (!item->tie->new || !fact_same(item->tie->old, item->tie->new));
}

/* What a fact of both states is inherited from in both; for one that comes or goes,
 * in the state it is in, when what it stands in is inherited from there in both. */
static struct item *
find_source(struct diff *diff, struct item *item)
{
	const char **old, **new;
	const struct fact *fact = item->new ? item->new : item->old;
	const struct rule *rule = rule_of(fact->id);
	struct item *goes = NULL; /* what stays is the better source */
	size_t old_count, new_count;

	if (!rule->sources || find_tie(diff, item))
		return NULL;
	old = rule->sources(diff->from, fact, &diff->arena, &old_count);
	new = rule->sources(diff->to, fact, &diff->arena, &new_count);
	for (size_t i = 0; i < new_count; i++)
		for (size_t k = 0; k < old_count; k++)
			if (!strcmp(new[i], old[k])) {
				struct item *source = diff_new(diff, new[i]);

				if (source)
					return source;
				goes = goes ? goes : diff_old(diff, new[i]);
			}
	return goes;
}

void
diff_make(struct diff *diff, struct snapshot *from, struct snapshot *to, bool online)
{
	*diff = (struct diff){ .from = from, .to = to, .online = online };
	for (size_t i = 0; i < from->count; i++)
		stop_waiting(from->facts[i]);
	unsaid_add(from, to);
	merge(diff);
	unsaid_needs(diff);
	for (size_t i = 0; i < diff->count; i++) {
		struct item *item = &diff->items[i];

		if (item->old && item->new && fact_same(item->old, item->new)) {
			/* A kept fact may still be inherited from one that goes. */
			if (rule_of(item->new->id)->sources)
				item->source = find_source(diff, item);
			continue;
		}
		item->source = find_source(diff, item);
		if (!item->old)
			item->fate = FATE_CREATE;
		else if (!item->new)
			item->fate = FATE_DROP;
	}
	for (size_t i = 0; i < diff->count; i++) {
		struct item *item = &diff->items[i];

		if (item->old && item->new && !fact_same(item->old, item->new))
			diff_alter(diff, item);
	}
	closure_make(diff);
}

void
diff_release(struct diff *diff)
{
	for (size_t i = 0; i < diff->count; i++) {
		script_release(&diff->items[i].script);
		script_release(&diff->items[i].letting_go);
	}
	free(diff->users.start);
	free(diff->users.to);
	free(diff->refusals);
	arena_release(&diff->arena);
}

bool
item_drop_inherited(const struct item *item)
{
	return item_goes(item) && item->source && item->source->old && item_goes(item->source) && !item->source->only &&
	       !(rule_of(item->old->id)->outlives && rule_of(item->old->id)->outlives(item->old));
}

bool
item_create_inherited(const struct item *item)
{
	return item_comes(item) && item->source && item->source->new && item_comes(item->source);
}

size_t
diff_undone_by(const struct diff *diff, const struct item *item, struct arena *arena, struct item *found[UNDOERS_MOST])
{
	const struct fact *fact = item->new ? item->new : item->old;
	const struct rule *rule = rule_of(fact->id);
	const char *ids[UNDOERS_MOST];
	size_t count = 0, all = 0;

	if (rule->undone_by)
		all = rule->undone_by(item->new ? diff->to : diff->from, fact, arena, ids, UNDOERS_MOST);
	for (size_t i = 0; i < all; i++) {
		struct item *other = diff_new(diff, ids[i]);

		if (!other)
			other = diff_old(diff, ids[i]);
		if (other)
			found[count++] = other;
	}
	return count;
}

bool
item_undoes(const struct item *item)
{
	const struct rule *rule = rule_of(item->old ? item->old->id : item->new->id);

	if (item->fate == FATE_REPLACE)
		return rule->undoes(item->old, NULL) || rule->undoes(NULL, item->new);
	return item->fate != FATE_KEEP && rule->undoes(item->old, item->new);
}

bool
fact_uses(const struct fact *fact, const char *id)
{
	if (fact->in && !strcmp(fact->in, id))
		return true;
	for (size_t i = 0; i < fact->needs_count; i++)
		if (!strcmp(fact->needs[i], id))
			return true;
	return false;
}

bool
fact_let_go_by(const struct fact *fact, const char *id)
{
	const struct rule *rule = rule_of(fact->id);
	const char *taker = rule->never_lets_go ? rule->taken_by(fact) : NULL;

	return taker && strcmp(taker, id) != 0;
}
