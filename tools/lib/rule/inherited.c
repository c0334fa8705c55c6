/* What a child table has both from its parents and by itself. */
#include "rule/inherited.h"

#include "rule/changes.h"
#include "rule/rules.h"

#include <stdlib.h>
#include <string.h>

static bool
has_not_null(struct snapshot *state, const struct fact *column)
{
	return (fact_has(column, "not_null") && !fact_has(column, "not_null_no_inherit")) ||
	       column_inherits_not_null(state, column);
}

/* Whether that table's column of the same name has NOT NULL for its children. */
static bool
gives_not_null(struct snapshot *state, const char *parent, const struct fact *column)
{
	struct arena arena = ARENA_INIT;
	const struct fact *source = snapshot_find(state, arena_printf(&arena, "column %s.%s", parent,
	                                                              name_last_part(id_name(column->id))));

	arena_release(&arena);
	return source && has_not_null(state, source);
}

bool
column_inherits_not_null(struct snapshot *state, const struct fact *column)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **parents = table_parents(state, column->in, &arena, &count);
	bool found = false;

	for (size_t i = 0; i < count && !found; i++)
		found = gives_not_null(state, parents[i], column);
	arena_release(&arena);
	return found;
}

/* A check that children have too. */
static bool
is_inheritable(const struct fact *check)
{
	const char *definition = fact_is(check, "type", "c") ? fact_text(check, "definition") : NULL;

	return definition && !strstr(definition, ") NO INHERIT");
}

/* A check of a child table that one above it has too. A partition's are all facts, whosever they are. */
static bool
check_is_repeated(struct snapshot *state, const struct fact *check)
{
	struct arena arena = ARENA_INIT;
	size_t count = 0;
	const char **ids = is_inheritable(check) ? constraint_held_by(state, check, &arena, &count) : NULL;
	bool found = false;

	for (size_t i = 0; i < count && !found; i++) {
		const struct fact *other = snapshot_find(state, ids[i]);

		found = other && fact_is(other, "definition", fact_text(check, "definition"));
	}
	arena_release(&arena);
	return found;
}

bool
inherited_repeats(struct snapshot *state, const struct fact *fact, const char *key)
{
	if (!key)
		return rule_of(fact->id) == &constraint_rule && check_is_repeated(state, fact);
	return (!strcmp(key, "not_null") || !strcmp(key, "not_null_name")) && rule_of(fact->id) == &column_rule &&
	       column_inherits_not_null(state, fact);
}

const char *
id_of_child(struct arena *arena, const char *id, const char *parent, const char *child)
{
	size_t length = strlen(parent);

	if (!id_is(id, "column") || strncmp(id_name(id), parent, length) != 0 || id_name(id)[length] != '.')
		return id;
	return arena_printf(arena, "column %s%s", child, id_name(id) + length);
}

/* --------------------------------------------------------- in both states */

/* The column with the NOT NULL of the other fact. */
static const struct fact *
with_not_null_of(struct arena *arena, const struct fact *column, const struct fact *other)
{
	column = fact_without(arena, fact_without(arena, column, "not_null"), "not_null_name");
	if (fact_has(other, "not_null"))
		column = fact_marked(arena, column, "not_null");
	if (fact_has(other, "not_null_name"))
		column = fact_with(arena, column, "not_null_name", fact_text(other, "not_null_name"));
	return column;
}

static bool
same_not_null(const struct fact *a, const struct fact *b)
{
	return fact_has(a, "not_null") == fact_has(b, "not_null") &&
	       value_equal(fact_value(a, "not_null_name"), fact_value(b, "not_null_name"));
}

/* The next table at or after `*at` that is a child of others. */
static const struct fact *
next_child(struct snapshot *state, size_t *at)
{
	static const char *const kinds[] = { "foreign_table ", "table " };

	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
		size_t first = snapshot_from(state, kinds[kind]);

		for (*at = *at > first ? *at : first; *at < state->count; ++*at) {
			const struct fact *table = state->facts[*at];
			struct arena arena = ARENA_INIT;
			size_t count;

			if (strncmp(table->id, kinds[kind], strlen(kinds[kind])) != 0)
				break;
			table_parents(state, table->id, &arena, &count);
			arena_release(&arena);
			if (count) {
				++*at;
				return table;
			}
		}
	}
	return NULL;
}

/* Whether one parent gives it NOT NULL in both states. */
static bool
keeps_not_null(struct snapshot *from, struct snapshot *to, const struct fact *column)
{
	struct arena arena = ARENA_INIT;
	size_t before_count, after_count;
	const char **before = table_parents(from, column->in, &arena, &before_count);
	const char **after = table_parents(to, column->in, &arena, &after_count);
	bool found = false;

	for (size_t i = 0; i < before_count && !found; i++)
		found = in_list(before[i], after, after_count) && gives_not_null(from, before[i], column) &&
		        gives_not_null(to, before[i], column);
	arena_release(&arena);
	return found;
}

static void
settle_columns(struct snapshot *from, struct snapshot *to)
{
	struct arena arena = ARENA_INIT;
	const struct fact *table;

	for (size_t at = 0; (table = next_child(to, &at));) {
		const char *prefix = arena_printf(&arena, "column %s.", id_name(table->id));

		for (size_t i = snapshot_from(to, prefix); i < to->count; i++) {
			const struct fact *new = to->facts[i], *old = snapshot_find(from, new->id);
			struct fact *copy;

			if (strncmp(new->id, prefix, strlen(prefix)) != 0)
				break;
			if (!old || same_not_null(old, new) || !keeps_not_null(from, to, new))
				continue;
			copy = arena_alloc(&to->arena, sizeof *copy);
			*copy = *with_not_null_of(&to->arena, new, old);
			snapshot_replace(to, i, copy);
		}
	}
	arena_release(&arena);
}

static void
settle_checks(struct snapshot *from, struct snapshot *to)
{
	struct arena arena = ARENA_INIT;
	const struct fact *table;
	size_t count = to->count;

	for (size_t at = 0; (table = next_child(from, &at));) {
		const char *prefix = arena_printf(&arena, "constraint %s.", id_name(table->id));

		for (size_t i = snapshot_from(from, prefix); i < from->count; i++) {
			const struct fact *old = from->facts[i];
			struct fact *copy;

			if (strncmp(old->id, prefix, strlen(prefix)) != 0)
				break;
			if (fact_has(old, "not_valid") || snapshot_find(to, old->id) || !check_is_repeated(to, old))
				continue;
			copy = arena_alloc(&to->arena, sizeof *copy);
			*copy = *old;
			snapshot_add(to, copy);
		}
	}
	if (to->count != count)
		snapshot_sort(to);
	arena_release(&arena);
}

/* --------------------------------------------------- leaving and joining */

/* What the states say besides, added when all has been looked at. */
struct unsaid {
	struct snapshot *state;
	struct fact **facts;
	size_t count, room;
};

/* The parents of a table. */
struct parents {
	const char **names;
	size_t count;
};

static struct parents
parents_of(struct snapshot *state, const char *kind, const char *name)
{
	struct arena arena = ARENA_INIT;
	const struct fact *table = snapshot_find(state, arena_printf(&arena, "%s %s", kind, name));
	struct parents parents = { NULL, 0 };

	if (table)
		parents.names = fact_list(table, "inherits", &parents.count);
	arena_release(&arena);
	return parents;
}

/* The table's own copies of the checks that the parent gives it. */
static void
add_checks(struct unsaid *unsaid, const struct fact *table, const char *parent, bool leaves)
{
	struct arena *arena = &unsaid->state->arena;
	const char *prefix = arena_printf(arena, "constraint %s.", parent);
	struct parents above = parents_of(unsaid->state, "table", parent);

	for (size_t i = snapshot_from(unsaid->state, prefix); i < unsaid->state->count; i++) {
		const struct fact *check = unsaid->state->facts[i];
		struct fact *copy;

		if (strncmp(check->id, prefix, strlen(prefix)) != 0)
			break;
		if (!is_inheritable(check))
			continue;
		copy = arena_alloc(arena, sizeof *copy);
		*copy = leaves ? *fact_marked(arena, check, "left") : *check;
		copy->id = arena_printf(arena, "constraint %s.%s", id_name(table->id), name_last_part(id_name(check->id)));
		copy->in = table->id;
		copy->needs = arena_array(arena, check->needs_count, sizeof *copy->needs);
		for (size_t k = 0; k < check->needs_count; k++)
			copy->needs[k] = id_of_child(arena, check->needs[k], parent, id_name(table->id));
		if (snapshot_find(unsaid->state, copy->id))
			continue;
		GROW(unsaid->facts, unsaid->count, unsaid->room);
		unsaid->facts[unsaid->count++] = copy;
	}
	for (size_t i = 0; i < above.count; i++)
		add_checks(unsaid, table, above.names[i], leaves);
}

/* Its columns say NOT NULL themselves. */
static void
say_not_null(struct snapshot *state, const struct fact *table)
{
	struct arena *arena = &state->arena;
	const char *prefix = arena_printf(arena, "column %s.", id_name(table->id));

	for (size_t i = snapshot_from(state, prefix); i < state->count; i++) {
		const struct fact *column = state->facts[i];
		struct fact *copy;

		if (strncmp(column->id, prefix, strlen(prefix)) != 0)
			break;
		if (fact_has(column, "not_null") || !column_inherits_not_null(state, column))
			continue;
		copy = fact_marked(arena, column, "not_null");
		if (fact_has(column, "inherited_not_null_name"))
			copy = fact_with(arena, copy, "not_null_name", fact_text(column, "inherited_not_null_name"));
		snapshot_replace(state, i, copy);
	}
}

/* The topmost tables above this one that have the column: one of them, and whether there is another. */
static bool
has_other_root(struct snapshot *state, const char *table, const char *column, const char **root)
{
	struct arena arena = ARENA_INIT;
	struct parents above = parents_of(state, "table", table);
	bool other = false, top = true;

	for (size_t i = 0; i < above.count && !other; i++)
		if (snapshot_find(state, arena_printf(&arena, "column %s.%s", above.names[i], column))) {
			top = false;
			other = has_other_root(state, above.names[i], column, root);
		}
	arena_release(&arena);
	if (!top)
		return other;
	if (*root)
		return strcmp(*root, table) != 0;
	*root = table;
	return false;
}

static bool
differs(const struct fact *a, const struct fact *b, const char *key)
{
	return !value_equal(fact_value(a, key), fact_value(b, key));
}

/* The server changes the type of an inherited column only from a table above which all that it is inherited from stand. */
static bool
is_torn(struct snapshot *from, struct snapshot *to, const struct fact *table)
{
	struct arena arena = ARENA_INIT;
	const char *prefix = arena_printf(&arena, "column %s.", id_name(table->id));
	struct parents above = parents_of(from, "table", id_name(table->id));
	bool torn = false;

	for (size_t i = snapshot_from(from, prefix); i < from->count && !torn; i++) {
		const struct fact *old = from->facts[i], *new;
		const char *root = NULL, *last = name_last_part(id_name(old->id));
		size_t direct = 0;
		bool other = false;

		if (strncmp(old->id, prefix, strlen(prefix)) != 0)
			break;
		new = snapshot_find(to, old->id);
		if (!new || (!differs(old, new, "type") && !differs(old, new, "collation")))
			continue;
		for (size_t k = 0; k < above.count; k++)
			if (snapshot_find(from, arena_printf(&arena, "column %s.%s", above.names[k], last)))
				direct++, other |= has_other_root(from, above.names[k], last, &root);
		torn = direct > 1 && other;
	}
	arena_release(&arena);
	return torn;
}

static struct fact *
with_list(struct arena *arena, const struct fact *fact, const char *key, const char **items, size_t count)
{
	struct fact *copy = fact_with(arena, fact, key, "");

	for (size_t i = 0; i < copy->member_count; i++)
		if (!strcmp(copy->members[i].key, key))
			copy->members[i].value = (struct value){ .type = VALUE_LIST, .count = count, .items = items };
	return copy;
}

/* What becomes of a table's parents. Those that it joins stand behind the others, so that it may have to leave some
 * for the sake of their order. */
static void
settle_table(struct unsaid *from, struct unsaid *to, size_t number)
{
	const struct fact *new = to->state->facts[number], *old = snapshot_find(from->state, new->id);
	struct arena *arena = &to->state->arena;
	const char **before, **after, **again;
	size_t before_count = 0, after_count = 0, again_count = 0, kept = 0;
	bool leaves = false;

	before = old ? fact_list(old, "inherits", &before_count) : NULL;
	after = old ? fact_list(new, "inherits", &after_count) : NULL;
	if (!before_count && !after_count)
		return;
	for (size_t i = 0; i < before_count && kept < after_count && !is_torn(from->state, to->state, old); i++)
		if (!strcmp(before[i], after[kept]))
			kept++;
		else if (in_list(before[i], after, after_count))
			break;
	again = arena_array(arena, after_count + 1, sizeof *again);
	for (size_t i = kept; i < after_count; i++)
		if (in_list(after[i], before, before_count))
			again[again_count++] = after[i];
	for (size_t i = 0; i < before_count; i++)
		if (!in_list(before[i], after, kept)) {
			add_checks(from, old, before[i], true);
			leaves = true;
		}
	if (leaves)
		say_not_null(from->state, old);
	for (size_t i = kept; i < after_count; i++)
		add_checks(to, new, after[i], false);
	if (kept < after_count)
		say_not_null(to->state, new);
	if (!again_count)
		return;
	snapshot_replace(from->state, snapshot_from(from->state, old->id),
	                 with_list(&from->state->arena, old, "leaves", again, again_count));
	snapshot_replace(to->state, number, with_list(arena, new, "joins", again, again_count));
}

static void
add_unsaid(struct unsaid *unsaid)
{
	size_t count = unsaid->state->count;

	for (size_t i = 0; i < unsaid->count; i++)
		if (!snapshot_find(unsaid->state, unsaid->facts[i]->id))
			snapshot_add(unsaid->state, unsaid->facts[i]);
	if (unsaid->state->count != count)
		snapshot_sort(unsaid->state);
	free(unsaid->facts);
}

void
inherited_settle(struct snapshot *from, struct snapshot *to)
{
	struct unsaid left = { .state = from }, joined = { .state = to };

	for (size_t i = 0; i < to->count; i++)
		if (id_is(to->facts[i]->id, "table") || id_is(to->facts[i]->id, "foreign_table"))
			settle_table(&left, &joined, i);
	add_unsaid(&left);
	add_unsaid(&joined);
	settle_columns(from, to);
	settle_checks(from, to);
}
