#include "plan/objects.h"
#include "plan/likely.h"

#include "graph/order.h"
#include "rule/fold.h"

#include <stdlib.h>
#include <string.h>

static struct snapshot *
state_of(const struct diff *diff, const struct item *item)
{
	return item->new ? diff->to : diff->from;
}

/* The fact of the object that a fact is a part of: itself where it is none. */
static const struct fact *
root_of(struct snapshot *state, const struct fact *fact)
{
	while (fact->in) {
		const struct fact *parent = snapshot_find(state, fact->in);

		/* What is said of a schema belongs to it; what stands in it does not. */
		if (!parent || (rule_of(parent->id)->holds && !rule_of(fact->id)->follows))
			break;
		fact = parent;
	}
	return fact;
}

/* ------------------------------------------------------------ declarations */

struct member_of {
	const char *root; /* the id */
	const struct fact *fact;
};

struct members {
	struct member_of *items;
	size_t count, room;
};

static int
compare_members(const void *a, const void *b)
{
	const struct member_of *x = a, *y = b;
	int order = strcmp(x->root, y->root);

	return order ? order : id_compare(x->fact->id, y->fact->id);
}

/* Whether both are parts of one thing, of one kind: they have the same root. */
static bool
are_siblings(const struct fact *a, const struct fact *b)
{
	return a->in && b->in && rule_of(a->id) == rule_of(b->id) && !strcmp(a->in, b->in);
}

/* All facts of the objects that have a line, by object. */
static void
members_make(struct members *members, struct snapshot *state, struct snapshot *wanted)
{
	const char *root = NULL;
	bool is_wanted = false;

	for (size_t i = 0; i < state->count; i++) {
		const struct fact *fact = state->facts[i];

		/* Columns of one table follow each other. */
		if (!i || !are_siblings(state->facts[i - 1], fact) || rule_of(fact->in)->holds) {
			root = root_of(state, fact)->id;
			is_wanted = snapshot_find(wanted, root);
		}
		if (!is_wanted)
			continue;
		GROW(members->items, members->count, members->room);
		members->items[members->count++] = (struct member_of){ root, fact };
	}
	if (members->count)
		qsort(members->items, members->count, sizeof *members->items, compare_members);
}

static void
add_copy(struct snapshot *subset, const struct fact *fact)
{
	struct fact *copy = arena_alloc(&subset->arena, sizeof *copy);

	*copy = *fact;
	snapshot_add(subset, copy);
}

/* What lies outside of the object is taken to be there. */
static void
forget_outside(struct snapshot *subset)
{
	for (size_t i = 0; i < subset->count; i++) {
		struct fact *fact = subset->facts[i];
		const char **needs = arena_array(&subset->arena, fact->needs_count, sizeof *needs);
		size_t kept = 0;

		for (size_t k = 0; k < fact->needs_count; k++)
			if (snapshot_find(subset, fact->needs[k]))
				needs[kept++] = fact->needs[k];
		fact->needs = needs;
		fact->needs_count = kept;
		if (fact->in && !snapshot_find(subset, fact->in))
			fact->in = NULL;
	}
}

/* How an object is declared in a state; NULL where it is not there. */
static const char *
declaration(struct arena *arena, const struct members *members, const char *id)
{
	struct snapshot subset = SNAPSHOT_INIT;
	struct sbuf text = SBUF_INIT;
	struct script script = SCRIPT_INIT;
	size_t start = 0, end = members->count, count;
	struct fact **ordered;
	const char *result;

	for (size_t high = end; start < high;) {
		size_t middle = start + (high - start) / 2;

		if (strcmp(members->items[middle].root, id) < 0)
			start = middle + 1;
		else
			high = middle;
	}
	for (end = start; end < members->count && !strcmp(members->items[end].root, id); end++)
		;
	if (start == end)
		return NULL;
	for (size_t i = start; i < end; i++)
		add_copy(&subset, members->items[i].fact);
	forget_outside(&subset);
	ordered = order_facts(&subset, &count);
	struct unit_reader reader = UNIT_READER_INIT(ordered, count);
	while (unit_next(&reader))
		unit_create(&script, &reader.unit);
	script_write(&text, &script);
	result = arena_string(arena, text.text);
	script_release(&script);
	sbuf_release(&text);
	free(ordered);
	snapshot_release(&subset);
	return result;
}

/* ------------------------------------------------------------------- lines */

static struct object *
add_object(struct plan *plan, const char *id, const char *in, char action)
{
	GROW(plan->objects, plan->object_count, plan->object_room);
	plan->objects[plan->object_count] = (struct object){
		.id = arena_string(&plan->arena, id), .in = arena_string(&plan->arena, in), .action = action,
	};
	return &plan->objects[plan->object_count++];
}

static char
action_of(const struct item *item)
{
	switch (item->fate) {
	case FATE_CREATE: return '+';
	case FATE_DROP: return '-';
	case FATE_ALTER: return '~';
	case FATE_REPLACE: return fact_same(item->old, item->new) ? '=' : '~';
	case FATE_KEEP: break;
	}
	return 0;
}

/* Whether what the fact stands in, or is about, is added or dropped as a whole, or goes and comes back with it. */
static bool
goes_without_saying(const struct diff *diff, const struct item *item)
{
	const struct fact *fact = item->new ? item->new : item->old;
	char action = action_of(item);
	bool follows = rule_of(fact->id)->follows;

	while (fact->in) {
		const struct item *parent = item->new ? diff_new(diff, fact->in) : diff_old(diff, fact->in);

		if (!parent)
			return false;
		fact = item->new ? parent->new : parent->old;
		if (rule_of(fact->id)->holds && !follows)
			return false;
		if (parent->fate == FATE_CREATE || parent->fate == FATE_DROP ||
		    (parent->fate == FATE_REPLACE && action == '='))
			return true;
	}
	return false;
}

/* Says that there is nothing else to say of it: no fact of its own, no name that people know. */
static bool
is_inner(const struct item *item)
{
	const struct fact *fact = item->new ? item->new : item->old;

	/* A default that is rebuilt with its column, a partition bound that rides along, … */
	return action_of(item) == '=' && !rule_of(fact->id)->words;
}

void
plan_describe(struct plan *plan, struct diff *diff)
{
	struct snapshot roots = SNAPSHOT_INIT; /* those that have a line */
	struct members before = { NULL, 0, 0 }, after = { NULL, 0, 0 };

	/* What no statement changes is said differently in the two states, and the same. */
	if (!plan->count)
		return;
	for (size_t i = 0; i < diff->count; i++) {
		const struct item *item = &diff->items[i], *head;
		struct snapshot *state = state_of(diff, item);
		const struct fact *fact = item->new ? item->new : item->old, *root;

		if (item->fate == FATE_KEEP || goes_without_saying(diff, item) || is_inner(item))
			continue;
		root = root_of(state, fact);
		if (root == fact) {
			if (!snapshot_find(&roots, fact->id)) {
				add_object(plan, fact->id, NULL, action_of(item));
				snapshot_add(&roots, (struct fact *)fact);
			}
			continue;
		}
		head = &diff->items[root->number];
		if (!snapshot_find(&roots, root->id)) {
			add_object(plan, root->id, NULL, action_of(head));
			snapshot_add(&roots, (struct fact *)root);
		}
		add_object(plan, fact->id, root->id, action_of(item));
	}
	if (plan->object_count) {
		members_make(&before, diff->from, &roots);
		members_make(&after, diff->to, &roots);
	}
	for (size_t i = 0; i < plan->object_count; i++) {
		struct object *object = &plan->objects[i];

		if (object->in)
			continue;
		object->before = declaration(&plan->arena, &before, object->id);
		object->after = declaration(&plan->arena, &after, object->id);
	}
	plan_sort_objects(plan);
	find_likely_renames(plan, diff);
	free(before.items);
	free(after.items);
	snapshot_release(&roots);
}

/* ----------------------------------------------------------------- renames */

void
plan_add_renamed(struct plan *plan, const char *id, const char *in, const char *was)
{
	for (size_t i = 0; i < plan->object_count; i++)
		if (!strcmp(plan->objects[i].id, id)) {
			plan->objects[i].was = arena_string(&plan->arena, was);
			if (!plan->objects[i].action)
				plan->objects[i].action = '~';
			return;
		}
	if (in) {
		size_t i = 0;

		while (i < plan->object_count && strcmp(plan->objects[i].id, in) != 0)
			i++;
		if (i == plan->object_count)
			add_object(plan, in, NULL, 0);
	}
	add_object(plan, id, in, '~')->was = arena_string(&plan->arena, was);
}

static int
compare_objects(const void *a, const void *b)
{
	const struct object *x = a, *y = b;
	const char *p = x->in ? x->in : x->id, *q = y->in ? y->in : y->id;
	int order = rule_of(p)->rank - rule_of(q)->rank;

	if (!order)
		order = id_compare(p, q);
	if (order || !x->in || !y->in)
		return order ? order : (x->in != NULL) - (y->in != NULL);
	order = rule_of(x->id)->rank - rule_of(y->id)->rank;
	return order ? order : id_compare(x->id, y->id);
}

void
plan_sort_objects(struct plan *plan)
{
	if (plan->object_count)
		qsort(plan->objects, plan->object_count, sizeof *plan->objects, compare_objects);
}
