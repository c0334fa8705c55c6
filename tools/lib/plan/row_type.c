#include "plan/row_type.h"
#include "plan/edges.h"

#include <stdlib.h>
#include <string.h>

/* Visits what stores values of a type, for the sake of a change of that. */
struct search {
	struct diff *diff;
	struct item *change; /* NULL: all that is asked is whether there is one */
	size_t number;       /* items that have it have been visited */
	bool found;
};

/* Whether it is a type, or has one. */
static bool
is_type(const struct fact *fact)
{
	const char *spaces = rule_of(fact->id)->spaces;

	return spaces && strchr(spaces, 't');
}

static void
find_users(struct search *search, struct item *used);

static void
add_user(struct search *search, struct item *user)
{
	struct diff *diff = search->diff;

	search->found = true;
	if (!search->change || search->change == user)
		return;
	GROW(diff->refusals, diff->refusal_count, diff->refusal_room);
	diff->refusals[diff->refusal_count++] = (struct refusal){ search->change, user };
}

/* `user` needs what is used, or stands in it. */
static void
find_user(struct search *search, struct item *used, struct item *user)
{
	const struct rule *rule = rule_of(user->old->id);

	if (user->old->in && !strcmp(user->old->in, used->old->id))
		return;
	if (rule->park || rule->holds_copies)
		add_user(search, user);
	else if ((rule->with_parent || rule->leaves) && diff_old_parent(search->diff, user))
		find_users(search, diff_old_parent(search->diff, user)); /* an attribute, a partition */
	else if (is_type(user->old))
		find_users(search, user);
}

static void
find_users(struct search *search, struct item *used)
{
	struct diff *diff = search->diff;
	size_t number = (size_t)(used - diff->items);

	if (used->searched == search->number)
		return;
	used->searched = search->number;
	for (size_t i = diff->users.start[number]; i < diff->users.start[number + 1]; i++) {
		struct item *user = &diff->items[diff->users.to[i]];

		if (fact_uses(user->old, used->old->id))
			find_user(search, used, user);
	}
}

/* Whether its change in place is one that the server refuses then. */
static bool
is_refused(const struct item *item)
{
	for (const struct change *change = rule_of(item->new->id)->changes; change && change->key; change++)
		if ((change->flags & CHANGE_ROW_TYPE) &&
		    (((change->flags & CHANGE_MOVES) && item->takes_down) ||
		     !value_equal(fact_value(item->old, change->key), fact_value(item->new, change->key))))
			return true;
	return false;
}

/* The table whose rows are written anew by what becomes of the item; NULL: none. */
static struct item *
changed_table(const struct diff *diff, const struct item *item)
{
	const struct rule *rule = rule_of((item->new ? item->new : item->old)->id);
	struct item *parent;

	if (item->fate == FATE_ALTER)
		return !is_refused(item) ? NULL : diff_old(diff, rule->park ? item->old->in : item->old->id);
	if (!item_comes(item) || !rule->fills || !item->new->in || !rule->fills(diff->to, item->new))
		return NULL;
	parent = diff_new(diff, item->new->in);
	return parent && parent->old && !item_goes(parent) ? parent : NULL;
}

void
row_types_find(struct diff *diff)
{
	diff->refusal_count = 0;
	for (size_t i = 0; i < diff->count; i++) {
		struct item *table = diff->items[i].fate != FATE_KEEP ? changed_table(diff, &diff->items[i]) : NULL;
		struct search search = { .diff = diff, .change = &diff->items[i], .number = ++diff->searches };

		if (table)
			find_users(&search, table);
	}
}

bool
row_type_is_stored(struct diff *diff, const struct item *table)
{
	struct search search = { .diff = diff, .number = ++diff->searches };

	if (table->old)
		find_users(&search, &diff->items[table - diff->items]);
	return search.found;
}

bool
needs_parked(const struct diff *diff, const struct item *item)
{
	for (size_t i = 0; i < item->old->needs_count; i++) {
		const struct item *need = diff_old(diff, item->old->needs[i]);

		if (need && need->parks)
			return true;
	}
	return false;
}

/* ------------------------------------------------------------------ fields */

struct field {
	const char *name;
	size_t length;
	long position;
};

struct fields {
	struct field *items;
	size_t count, room;
};

static int
compare_fields(const void *a, const void *b)
{
	long x = ((const struct field *)a)->position, y = ((const struct field *)b)->position;

	return x < y ? -1 : x > y;
}

static void
add_field(struct fields *fields, const char *name, long position)
{
	size_t length = 0;
	bool quoted = false;

	/* A view's have their types behind. */
	for (; name[length] && (quoted || name[length] != ' '); length++)
		quoted ^= name[length] == '"';
	GROW(fields->items, fields->count, fields->room);
	fields->items[fields->count++] = (struct field){ name, length, position };
}

/* The fields of a table, view or composite type; none of what has none, or does not say. */
static void
fields_of(struct fields *fields, struct snapshot *state, const struct fact *fact)
{
	static const char *const parts[] = { "column", "attribute" };
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **columns = fact_list(fact, "columns", &count);

	for (size_t i = 0; i < count; i++)
		add_field(fields, columns[i], (long)i);
	for (size_t kind = 0; !count && kind < sizeof parts / sizeof *parts; kind++) {
		const char *prefix = arena_printf(&arena, "%s %s.", parts[kind], id_name(fact->id));

		for (size_t i = snapshot_from(state, prefix);
		     i < state->count && !strncmp(state->facts[i]->id, prefix, strlen(prefix)); i++)
			if (fact_text(state->facts[i], "position"))
				add_field(fields, name_last_part(id_name(state->facts[i]->id)),
				          strtol(fact_text(state->facts[i], "position"), NULL, 10));
	}
	if (fields->count)
		qsort(fields->items, fields->count, sizeof *fields->items, compare_fields);
	arena_release(&arena);
}

static bool
same_fields(const struct diff *diff, const struct fact *old, const struct fact *new)
{
	struct fields a = { 0 }, b = { 0 };
	bool same;

	fields_of(&a, diff->from, old);
	fields_of(&b, diff->to, new);
	same = a.count == b.count;
	for (size_t i = 0; i < a.count && same; i++)
		same = a.items[i].length == b.items[i].length &&
		       !memcmp(a.items[i].name, b.items[i].name, a.items[i].length);
	free(a.items);
	free(b.items);
	return same;
}

/* The same for all types that the fact of `user` needs. */
static bool
needs_keep_fields(const struct diff *diff, const struct item *user)
{
	for (size_t i = 0; user->new && i < user->old->needs_count; i++) {
		const struct item *need = diff_old(diff, user->old->needs[i]);

		/* Types do not hold themselves; functions and base types do need each other. */
		if (need && is_type(need->old) && item_goes(need) && item_successor(diff, need, user->new) &&
		    !keeps_fields(diff, user, need))
			return false;
	}
	return true;
}

bool
keeps_fields(const struct diff *diff, const struct item *user, const struct item *used)
{
	const struct item *successor = item_successor(diff, used, user->new);
	size_t number = (size_t)(used - diff->items);

	if (!successor || !same_fields(diff, used->old, successor->new) || !needs_keep_fields(diff, used))
		return false;
	for (size_t i = diff->users.start[number]; i < diff->users.start[number + 1]; i++) {
		const struct item *part = &diff->items[diff->users.to[i]];

		if (part->old->in && !strcmp(part->old->in, used->old->id) && !needs_keep_fields(diff, part))
			return false;
	}
	return true;
}

/* ------------------------------------------------------------------- edges */

/* What comes into a table or type or leaves it, which the server bears, does so before values of it, or that hold such, become
 * text: that has as many fields then as when they come back. */
static void
shape_edges(struct steps *steps, const struct fact *fact, size_t node)
{
	static const char *const parts[] = { "column", "attribute" };
	struct diff *diff = steps->diff;

	for (size_t i = 0; i < fact->needs_count; i++) {
		struct item *need = diff_old(diff, fact->needs[i]);
		size_t number = (size_t)(need - diff->items);
		struct arena arena = ARENA_INIT;

		if (!need || !is_type(need->old) || need->searched == diff->searches)
			continue;
		need->searched = diff->searches;
		for (size_t k = steps->parts.start[number]; k < steps->parts.start[number + 1]; k++) {
			const struct item *part = &diff->items[steps->parts.to[k]];

			add_edge(steps, drop_node(steps, part), node, false);
			if (!changed_table(diff, part))
				add_edge(steps, create_node(steps, part), node, false);
		}
		shape_edges(steps, need->old, node);
		for (size_t kind = 0; kind < sizeof parts / sizeof *parts; kind++) {
			const char *prefix = arena_printf(&arena, "%s %s.", parts[kind], id_name(need->old->id));

			for (size_t k = snapshot_from(diff->from, prefix);
			     k < diff->from->count && !strncmp(diff->from->facts[k]->id, prefix, strlen(prefix)); k++)
				shape_edges(steps, diff->from->facts[k], node);
		}
		arena_release(&arena);
	}
}

/* The steps between which the server has made the change. */
static size_t
first_node(const struct steps *steps, const struct item *change)
{
	return item_comes(change) ? create_node(steps, change) : let_go_node(steps, change);
}

static size_t
last_node(const struct steps *steps, const struct item *change)
{
	return item_comes(change) ? create_node(steps, change) : alter_node(steps, change);
}

/* Changes, by their tables. */
struct changes {
	struct change_of_table {
		const struct item *table, *change;
	} *items;
	size_t count, room;
};

static int
compare_changes(const void *a, const void *b)
{
	const struct item *x = ((const struct change_of_table *)a)->table, *y = ((const struct change_of_table *)b)->table;

	return x < y ? -1 : x > y;
}

static void
changes_make(struct changes *changes, const struct diff *diff)
{
	for (size_t i = 0; i < diff->count; i++) {
		const struct item *table = diff->items[i].fate != FATE_KEEP ? changed_table(diff, &diff->items[i]) : NULL;

		if (!table)
			continue;
		GROW(changes->items, changes->count, changes->room);
		changes->items[changes->count++] = (struct change_of_table){ table, &diff->items[i] };
	}
	if (changes->count)
		qsort(changes->items, changes->count, sizeof *changes->items, compare_changes);
}

/* `node` makes what will store values of the row types of tables that change, as far as the fact needs these. */
static void
new_user_edges(struct steps *steps, const struct changes *changes, const struct fact *fact, size_t node)
{
	struct diff *diff = steps->diff;

	for (size_t i = 0; i < fact->needs_count; i++) {
		struct item *need = diff_new(diff, fact->needs[i]);
		size_t low = 0, high = changes->count;
		struct arena arena = ARENA_INIT;
		const char *attributes;

		if (!need || !is_type(need->new) || need->searched == diff->searches)
			continue;
		need->searched = diff->searches;
		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (changes->items[middle].table < need)
				low = middle + 1;
			else
				high = middle;
		}
		for (; low < changes->count && changes->items[low].table == need; low++)
			add_edge(steps, last_node(steps, item_top(changes->items[low].change)), node, false);
		new_user_edges(steps, changes, need->new, node);
		attributes = arena_printf(&arena, "attribute %s.", id_name(need->new->id));
		for (size_t k = snapshot_from(diff->to, attributes);
		     k < diff->to->count && !strncmp(diff->to->facts[k]->id, attributes, strlen(attributes)); k++)
			new_user_edges(steps, changes, diff->to->facts[k], node);
		arena_release(&arena);
	}
}

void
row_type_edges(struct steps *steps)
{
	struct diff *diff = steps->diff;
	struct changes changes = { 0 };

	for (size_t i = 0; i < diff->refusal_count; i++) {
		const struct item *change = item_top(diff->refusals[i].change);
		const struct item *user = diff->refusals[i].user;

		if (item_goes(user)) {
			add_edge(steps, drop_node(steps, user), first_node(steps, change), true);
		} else if (user->parks && item_top(user) != change) {
			user = item_top(user);
			add_edge(steps, let_go_node(steps, user), first_node(steps, change), true);
			add_edge(steps, last_node(steps, change), alter_node(steps, user), true);
		}
	}
	for (size_t i = 0; i < diff->count; i++)
		if (diff->items[i].parks && item_top(&diff->items[i]) == &diff->items[i]) {
			diff->searches++;
			shape_edges(steps, diff->items[i].old, let_go_node(steps, &diff->items[i]));
		}
	changes_make(&changes, diff);
	for (size_t i = 0; changes.count && i < diff->count; i++) {
		const struct item *item = &diff->items[i];

		diff->searches++;
		if (item_comes(item) && (rule_of(item->new->id)->park || rule_of(item->new->id)->holds_copies))
			new_user_edges(steps, &changes, item->new, create_node(steps, item));
	}
	free(changes.items);
}
