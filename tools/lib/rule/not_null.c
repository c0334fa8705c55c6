/* The names that NOT NULL has from PostgreSQL 18 on. */
#include "rule/changes.h"
#include "rule/rules.h"
#include "rule/table.h"

#include "pg/quote.h"

#include <stdlib.h>
#include <string.h>

/* Names of constraints with their schemas, sorted. */
struct taken {
	const char **names;
	size_t count, room;
};

const char *
not_null_name(struct arena *arena, const struct fact *column)
{
	struct sbuf out = SBUF_INIT;
	size_t length;
	const char *table = parent_name(column->id, &length), *name = name_last_part(table);
	char *copy;

	if (fact_has(column, "not_null_name"))
		return fact_text(column, "not_null_name");
	copy = arena_copy(arena, table, length);
	table = name_last_part(copy);
	quote_identifier(&out, arena_printf(arena, "%s_%s_not_null",
	                                    identifier_plain(arena, table, strlen(table)),
	                                    identifier_plain(arena, name, strlen(name))));
	copy = arena_copy(arena, out.text, out.length);
	sbuf_release(&out);
	return copy;
}

/* Only what the server could have chosen is of interest. */
static void
take(struct arena *arena, struct taken *taken, const struct fact *fact, const char *name)
{
	size_t length;
	const char *schema = name_schema(id_name(fact->id), &length);

	if (!strstr(name, "_not_null"))
		return;
	GROW(taken->names, taken->count, taken->room);
	taken->names[taken->count++] = arena_printf(arena, "%.*s.%s", (int)length, schema, name);
}

/* Whether one of the tables above it in its schema has NOT NULL by that name. */
static bool
has_from_own_schema(struct arena *arena, struct snapshot *snapshot, const struct fact *column, const char *name)
{
	size_t count, length;
	const char **parents = table_parents(snapshot, column->in, arena, &count);
	const char *schema = name_schema(id_name(column->id), &length);

	for (size_t i = 0; i < count; i++) {
		const struct fact *source = snapshot_find(
			snapshot, arena_printf(arena, "column %s.%s", parents[i], name_last_part(id_name(column->id))));
		size_t source_length;
		const char *source_schema = source ? name_schema(id_name(source->id), &source_length) : NULL;

		if (!source)
			continue;
		if (fact_has(source, "not_null") && source_length == length && !strncmp(source_schema, schema, length) &&
		    !strcmp(not_null_name(arena, source), name))
			return true;
		if (has_from_own_schema(arena, snapshot, source, name))
			return true;
	}
	return false;
}

/* What is called something by its own fact, or by a parent of another schema: the name is not the server's choice. */
static void
take_names(struct arena *arena, struct taken *taken, struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->count; i++) {
		const struct fact *fact = snapshot->facts[i];

		if (fact_has(fact, "not_null_name"))
			take(arena, taken, fact, fact_text(fact, "not_null_name"));
		else if (fact_has(fact, "inherited_not_null_name") &&
		         !has_from_own_schema(arena, snapshot, fact, fact_text(fact, "inherited_not_null_name")))
			take(arena, taken, fact, fact_text(fact, "inherited_not_null_name"));
		else if (rule_of(fact->id) == &constraint_rule)
			take(arena, taken, fact, name_last_part(id_name(fact->id)));
	}
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
say_names(const struct taken *taken, struct snapshot *snapshot)
{
	struct arena *arena = &snapshot->arena;

	for (size_t i = 0; i < snapshot->count; i++) {
		const struct fact *fact = snapshot->facts[i];
		const char *name, *schema, *qualified;
		size_t length;

		if (rule_of(fact->id) != &column_rule || !fact_has(fact, "not_null") || fact_has(fact, "not_null_name"))
			continue;
		name = not_null_name(arena, fact);
		schema = name_schema(id_name(fact->id), &length);
		qualified = arena_printf(arena, "%.*s.%s", (int)length, schema, name);
		/* Before 18 a check of the table can have that name beside it: then the server is to choose another one. */
		if (bsearch(&qualified, taken->names, taken->count, sizeof *taken->names, compare_names) &&
		    !snapshot_find(snapshot, arena_printf(arena, "constraint %s.%s", id_name(fact->in), name)))
			snapshot_replace(snapshot, i, fact_with(arena, fact, "not_null_name", name));
	}
}

void
not_nulls_settle(struct snapshot *snapshot, struct snapshot *other)
{
	struct arena arena = ARENA_INIT;
	struct taken taken = { 0 };

	take_names(&arena, &taken, snapshot);
	if (other)
		take_names(&arena, &taken, other);
	if (taken.count) {
		qsort(taken.names, taken.count, sizeof *taken.names, compare_names);
		say_names(&taken, snapshot);
		if (other)
			say_names(&taken, other);
	}
	free(taken.names);
	arena_release(&arena);
}
