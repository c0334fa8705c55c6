/* `id serial` for a column, its sequence, its default and what binds them (idiom.h). */
#include "rule/idioms.h"

#include "pg/quote.h"

#include <string.h>

/* serial, bigserial or smallserial; NULL: none of them has these types. */
static const char *
pseudo_type(const struct fact *column, const struct fact *sequence)
{
	static const char *const types[][2] = {
		{ "integer", "serial" }, { "bigint", "bigserial" }, { "smallint", "smallserial" },
	};
	const char *type = fact_text(sequence, "type");

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (fact_is(column, "type", types[i][0]) && !strcmp(type ? type : "bigint", types[i][0]))
			return types[i][1];
	return NULL;
}

/* Nothing is said of the sequence but its type and that it is not logged, as its table. */
static bool
is_ordinary(const struct fact *sequence, const struct fact *table)
{
	for (size_t i = 0; i < sequence->member_count; i++)
		if (strcmp(sequence->members[i].key, "type") != 0 && strcmp(sequence->members[i].key, "unlogged") != 0)
			return false;
	return !sequence->needs_count && fact_has(sequence, "unlogged") == fact_has(table, "unlogged") &&
	       sequence->in && table->in && !strcmp(sequence->in, table->in);
}

/* What the column must be for its type to be said in another way. */
static bool
is_own_column(const struct fact *column)
{
	return fact_has(column, "not_null") && !fact_has(column, "not_null_no_inherit") &&
	       !fact_has(column, "inherited") && !fact_has(column, "merged");
}

static bool
calls_nextval(const struct fact *value, const struct fact *sequence)
{
	struct sbuf call = SBUF_INIT;
	bool same;

	sbuf_adds(&call, "nextval(");
	quote_literal(&call, id_name(sequence->id));
	sbuf_adds(&call, "::regclass)");
	same = value && fact_is(value, "expression", call.text);
	sbuf_release(&call);
	return same;
}

/* A sequence that belongs to a column has the owner of the table, whoever that becomes. */
static void
remove_owner(struct idioms *idioms, const struct fact *sequence, const struct fact *table)
{
	const struct fact *owner = idioms_child_of_kind(idioms, sequence, "owner");
	const struct fact *tables = idioms_child_of_kind(idioms, table, "owner");

	if (owner && tables && fact_is(owner, "role", fact_text(tables, "role")))
		idioms_remove(idioms, owner, tables->id);
}

static void
shorten(struct idioms *idioms, const struct fact *owned_by)
{
	struct arena *arena = idioms->arena;
	const struct fact *sequence = idioms_find(idioms, owned_by->in);
	const struct fact *column = idioms_find(idioms, arena_printf(arena, "column %s", fact_text(owned_by, "column")));
	const struct fact *table = column ? idioms_find(idioms, column->in) : NULL, *value;
	const char *type;
	struct fact *inner;

	if (!sequence || !table || !id_is(table->id, "table") || fact_has(table, "of_type") ||
	    snapshot_find(idioms->plain, sequence->id))
		return;
	type = pseudo_type(column, sequence);
	value = idioms_child_of_kind(idioms, column, "default");
	if (!type || !is_ordinary(sequence, table) || !is_own_column(column) || !calls_nextval(value, sequence) ||
	    !name_is_chosen(arena, name_last_part(id_name(sequence->id)), plain_name(arena, table->id),
	                    plain_name(arena, column->id), "seq"))
		return;
	inner = fact_marked(arena, sequence, "serial");
	inner->in = column->id;
	idioms_replace(idioms, sequence, inner);
	idioms_replace(idioms, column, fact_with(arena, column, "type", type));
	idioms_remove(idioms, value, column->id);
	idioms_remove(idioms, owned_by, column->id);
	remove_owner(idioms, sequence, table);
}

void
idioms_serial(struct idioms *idioms)
{
	for (size_t i = 0; i < idioms->from->count; i++)
		if (id_is(idioms->from->facts[i]->id, "owned_by"))
			shorten(idioms, idioms->from->facts[i]);
}
