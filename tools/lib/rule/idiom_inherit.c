/* Defaults that a child table has from its parents (idiom.h). */
#include "rule/idioms.h"

#include <string.h>

/* The table or foreign table of that name. */
static const struct fact *
relation(const struct idioms *idioms, const char *name)
{
	const struct fact *table = idioms_find(idioms, arena_printf(idioms->arena, "table %s", name));

	return table ? table : idioms_find(idioms, arena_printf(idioms->arena, "foreign_table %s", name));
}

static const struct fact *
default_of(const struct idioms *idioms, const char *table, const char *column)
{
	return idioms_find(idioms, arena_printf(idioms->arena, "default %s.%s", table, column));
}

/* A column that is only inherited, by a table that is created as a child. */
static void
shorten(struct idioms *idioms, const struct fact *column)
{
	struct arena *arena = idioms->arena;
	const struct fact *child = idioms_find(idioms, column->in);
	const struct fact *own = idioms_child_of_kind(idioms, column, "default");
	const char *name = name_last_part(id_name(column->id));
	size_t count, found = 0;
	const char **parents = fact_list(child, "inherits", &count), **needs;
	struct fact *rest;

	if (!own || snapshot_find(idioms->plain, column->id))
		return;
	needs = arena_array(arena, column->needs_count + 2 * count, sizeof *needs);
	for (size_t i = 0; i < column->needs_count; i++)
		needs[i] = column->needs[i];
	for (size_t i = 0; i < count; i++) {
		const struct fact *parent = relation(idioms, parents[i]), *value;

		/* Parents must agree, as far as they say anything. */
		if (!parent || !(value = default_of(idioms, parents[i], name)))
			continue;
		if (!same_keys(own, value, (const char *const[]){ "expression", NULL }))
			return;
		needs[column->needs_count + found++] = parent->id;
		needs[column->needs_count + found++] = value->id;
	}
	if (!found)
		return;
	rest = fact_marked(arena, column, "default_inherited");
	rest->needs = needs;
	rest->needs_count += found;
	idioms_replace(idioms, column, rest);
	idioms_remove(idioms, own, column->id);
}

void
idioms_inherit(struct idioms *idioms)
{
	for (size_t i = 0; i < idioms->from->count; i++)
		if (id_is(idioms->from->facts[i]->id, "column") && fact_has(idioms->from->facts[i], "inherited"))
			shorten(idioms, idioms->from->facts[i]);
}
