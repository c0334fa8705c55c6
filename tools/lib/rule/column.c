/* Columns of tables and their defaults. */
#include "rule/changes.h"
#include "rule/rules.h"
#include "rule/table.h"

#include <stdio.h>
#include <string.h>

static enum fold
column_fold(const struct fact *fact)
{
	(void)fact;
	return FOLD_MUST;
}

static enum fold
default_fold(const struct fact *fact)
{
	(void)fact;
	return FOLD_MAY;
}

/* Such a column is there with its view: only what is said of it is written. */
static bool
of_view(const struct fact *column)
{
	return !fact_has(column, "type");
}

/* Whether the columns of `PRIMARY KEY (a, "b c")` hold this one. */
static bool
key_holds(const char *definition, const char *name)
{
	size_t length = strlen(name);
	const char *p = strchr(definition, '(');

	while (p && *p && *p != ')') {
		p += strspn(p, "(, ");
		if (!strncmp(p, name, length) && strchr(",) ", p[length]))
			return true;
		/* To the comma behind this one; a quoted name may hold anything. */
		for (bool quoted = false; *p && (quoted || (*p != ',' && *p != ')')); p++)
			quoted ^= *p == '"';
	}
	return false;
}

/* Whether NOT NULL goes without saying: identity and serial columns and those of a primary key in the same unit. */
static bool
not_null_implied(const struct unit *unit, const struct fact *column)
{
	const struct fact *part;
	size_t at = 0;

	if (fact_has(column, "not_null_name") || fact_has(column, "not_null_no_inherit"))
		return false;
	if (unit_part(unit, column->id, "sequence", &at))
		return true;
	for (at = 0; (part = unit_part(unit, column->in, "constraint", &at));)
		if (fact_is(part, "type", "p") && fact_has(part, "definition") &&
		    key_holds(fact_text(part, "definition"), name_last_part(id_name(column->id))))
			return true;
	return false;
}

void
not_null_write(struct sbuf *sql, const struct fact *column, const char *name)
{
	if (fact_has(column, "not_null_name"))
		sbuf_addf(sql, "CONSTRAINT %s ", fact_text(column, "not_null_name"));
	sbuf_adds(sql, "NOT NULL");
	if (name)
		sbuf_addf(sql, " %s", name);
	if (fact_has(column, "not_null_no_inherit"))
		sbuf_adds(sql, " NO INHERIT");
}

bool
column_write(struct sbuf *sql, const struct unit *unit, const struct fact *column, int width, bool typed)
{
	size_t start = sql->length, at = 0, count;
	const struct fact *part;
	const char **options = fact_list(column, "fdw_options", &count);
	const char *name = name_last_part(id_name(column->id));

	if (fact_has(column, "inherited")) {
		/* From PostgreSQL 18 on a NOT NULL has a name, which nothing but this can give it. */
		if (!fact_has(column, "not_null_name"))
			return false;
		not_null_write(sql, column, name);
		return true;
	}
	if (typed)
		sbuf_adds(sql, name);
	else
		sbuf_addf(sql, "%-*s %s", width, name, fact_text(column, "type"));
	size_t bare = sql->length;
	if (count) {
		sbuf_adds(sql, " OPTIONS (");
		fdw_options_write(sql, options, count);
		sbuf_addc(sql, ')');
	}
	if (fact_has(column, "compression"))
		sbuf_addf(sql, " COMPRESSION %s", fact_text(column, "compression"));
	if (fact_has(column, "collation") && !typed)
		sbuf_addf(sql, " COLLATE %s", fact_text(column, "collation"));
	if (fact_has(column, "generated")) {
		sbuf_addf(sql, " GENERATED ALWAYS AS (%s)", fact_text(column, "expression"));
		if (fact_is(column, "generated", "stored"))
			sbuf_adds(sql, " STORED");
	}
	part = unit_part(unit, column->id, "default", &at);
	if (part)
		sbuf_addf(sql, " DEFAULT %s", fact_text(part, "expression"));
	at = 0;
	part = unit_part(unit, column->id, "sequence", &at);
	if (part && fact_has(part, "identity")) {
		sbuf_addc(sql, ' ');
		identity_write(sql, part);
	}
	if (fact_has(column, "not_null") && !not_null_implied(unit, column)) {
		sbuf_addc(sql, ' ');
		not_null_write(sql, column, NULL);
	}
	if (typed && sql->length == bare) {
		sbuf_cut(sql, start);
		return false;
	}
	return true;
}

/* Of a column that stands in no CREATE TABLE: a view's, or one that a child table has from its parents. */
static void
column_alone(struct script *script, const struct unit *unit, const struct fact *column)
{
	size_t length, count, at = 0;
	const char *table = parent_name(column->id, &length);
	const char *name = name_last_part(table);
	const char **options = fact_list(column, "fdw_options", &count);
	const struct fact *part = unit_part(unit, column->id, "default", &at);

	if (part)
		script_add(script, "ALTER TABLE ONLY %.*s ALTER COLUMN %s SET DEFAULT %s", (int)length, table,
		           name, fact_text(part, "expression"));
	if (fact_has(column, "not_null") && !fact_has(column, "not_null_name"))
		script_add(script, "ALTER TABLE ONLY %.*s ALTER COLUMN %s SET NOT NULL", (int)length, table,
		           name);
	if (fact_has(column, "compression"))
		script_add(script, "ALTER TABLE ONLY %.*s ALTER COLUMN %s SET COMPRESSION %s", (int)length,
		           table, name, fact_text(column, "compression"));
	if (count) {
		struct sbuf *sql = script_next(script);

		sbuf_addf(sql, "ALTER FOREIGN TABLE ONLY %.*s ALTER COLUMN %s OPTIONS (", (int)length, table, name);
		fdw_options_write(sql, options, count);
		sbuf_addc(sql, ')');
	}
}

void
column_extras(struct script *script, const struct unit *unit, const struct fact *column)
{
	size_t length, count, at = 0;
	const char *table = parent_name(column->id, &length);
	const char *name = name_last_part(table);
	const char **options = fact_list(column, "options", &count);
	const struct fact *part = unit_part(unit, column->id, "sequence", &at);

	if (fact_has(column, "inherited") || of_view(column))
		column_alone(script, unit, column);
	if (part)
		identity_extras(script, part);
	if (fact_has(column, "statistics"))
		script_add(script, "ALTER TABLE ONLY %.*s ALTER COLUMN %s SET STATISTICS %s", (int)length,
		           table, name, fact_text(column, "statistics"));
	if (fact_has(column, "storage"))
		script_add(script, "ALTER TABLE ONLY %.*s ALTER COLUMN %s SET STORAGE %s", (int)length, table,
		           name, fact_text(column, "storage"));
	if (count) {
		struct sbuf *sql = script_next(script);

		sbuf_addf(sql, "ALTER TABLE ONLY %.*s ALTER COLUMN %s SET (", (int)length, table, name);
		options_write(sql, options, count, "");
		sbuf_addc(sql, ')');
	}
}

/* Functions of the server's whose value is another one for each row, so that a default that
 * calls one is worked out row by row. */
static bool
is_volatile(const char *expression)
{
	static const char *const names[] = { "nextval(", "random(", "gen_random_uuid(", "clock_timestamp(",
		                             "timeofday(", "uuid_generate_", "uuidv4(", "uuidv7(", "setval(" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strstr(expression, names[i]))
			return true;
	return false;
}

/* What adding the column costs where there are rows. */
static void
note_cost(struct script *script, const struct unit *unit)
{
	size_t at = 0, sequence_at = 0;
	const struct fact *part = unit_part(unit, unit->fact->id, "default", &at);
	bool numbered = unit_part(unit, unit->fact->id, "sequence", &sequence_at) != NULL;
	bool stored = fact_is(unit->fact, "generated", "stored");

	script_note(script, 0, "ACCESS EXCLUSIVE", NULL);
	if (numbered || stored || (part && is_volatile(fact_text(part, "expression"))))
		script_note(script, STATEMENT_REWRITES, NULL, "table-rewrite");
	if (fact_has(unit->fact, "not_null") && !part && !numbered && !fact_has(unit->fact, "generated"))
		script_note(script, 0, NULL, "not-null-column");
}

/* The values of a column that has been added without them; where they are numbered NOT NULL comes before. */
static void
column_fill(struct script *script, const struct unit *unit, const struct fact *bare)
{
	size_t at = 0, sequence_at = 0;
	const char *table = id_name(unit->fact->in), *name = name_last_part(id_name(unit->fact->id));
	const struct fact *part = unit_part(unit, unit->fact->id, "default", &at);
	const struct fact *sequence = unit_part(unit, unit->fact->id, "sequence", &sequence_at);
	const struct alter alter = { .old = bare, .new = unit->fact, .script = script };
	bool numbered = sequence && fact_has(sequence, "identity");

	if (part)
		script_add(script, "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s", table, name, fact_text(part, "expression"));
	if (part || numbered) {
		script_add(script, "UPDATE %s SET %s = %s", table, name, numbered ? "0" : "DEFAULT");
		script_note(script, STATEMENT_REWRITES, "ROW EXCLUSIVE", NULL);
	}
	if (fact_has(unit->fact, "not_null"))
		not_null_set(&alter);
	if (numbered) {
		struct sbuf *sql = script_next(script);

		sbuf_addf(sql, "ALTER TABLE %s ALTER COLUMN %s ADD ", table, name);
		identity_write(sql, sequence);
		script_add(script, "UPDATE %s SET %s = DEFAULT", table, name);
		script_note(script, STATEMENT_REWRITES, "ROW EXCLUSIVE", NULL);
	}
	script_note_all(script, 0, "ACCESS EXCLUSIVE");
}

/* Only without a default can it be added to a table whose row type is stored elsewhere. */
static void
column_create_bare(struct script *script, const struct unit *unit)
{
	struct arena arena = ARENA_INIT;
	const struct fact *bare = fact_without(&arena, fact_without(&arena, unit->fact, "not_null"), "inherited");
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "ALTER TABLE %s ADD COLUMN ", id_name(bare->in));
	column_write(sql, &(struct unit){ bare, NULL, 0 }, bare, 0, false);
	column_fill(script, unit, bare);
	column_extras(script, unit, fact_without(&arena, unit->fact, "inherited"));
	arena_release(&arena);
}

/* Whether not every value of what it is over is one of the domain. */
static bool
domain_restricts(struct snapshot *state, const char *id)
{
	const struct fact *domain = snapshot_find(state, id);
	struct arena arena = ARENA_INIT;
	const char *prefix = arena_printf(&arena, "domain_constraint %s.", id_name(id));
	size_t first = snapshot_from(state, prefix);
	bool restricts = domain && (fact_has(domain, "not_null") ||
	                            (first < state->count && !strncmp(state->facts[first]->id, prefix, strlen(prefix))));

	for (size_t i = 0; domain && !restricts && i < domain->needs_count; i++)
		restricts = id_is(domain->needs[i], "domain") && domain_restricts(state, domain->needs[i]);
	arena_release(&arena);
	return restricts;
}

/* The server works out each row's value, or looks at it, while it adds the column. */
static bool
column_fills(struct snapshot *state, const struct fact *column)
{
	if (fact_is(column, "generated", "stored"))
		return true;
	for (size_t i = 0; i < column->needs_count; i++)
		if (fact_is(column, "type", id_name(column->needs[i])) && id_is(column->needs[i], "domain") && domain_restricts(state, column->needs[i]))
			return true;
	return false;
}

/* A column for a table that is there already. */
static void
column_create(struct script *script, const struct unit *unit)
{
	struct arena arena = ARENA_INIT;
	const struct fact *column;

	if (script->row_type_stored && !of_view(unit->fact)) {
		column_create_bare(script, unit);
		return;
	}
	/* The table may come to inherit it only now that it has it. */
	column = fact_without(&arena, unit->fact, "inherited");
	if (!of_view(column)) {
		struct sbuf *sql = script_next(script);

		sbuf_addf(sql, "ALTER TABLE %s ADD COLUMN ", id_name(column->in));
		column_write(sql, unit, column, 0, false);
		if (script->existing)
			note_cost(script, unit);
	}
	column_extras(script, unit, column);
	arena_release(&arena);
}

/* Inherited, and the table's own. */
static bool
is_merged(const struct fact *fact)
{
	return fact_has(fact, "merged");
}

static void
column_drop(struct script *script, const struct fact *fact)
{
	if (of_view(fact))
		column_reset(script, fact);
	else
		/* A column of which parents have different defaults counts as merged: it may be gone. */
		script_add(script, "ALTER TABLE %s%s DROP COLUMN %s%s", fact_has(fact, "only") ? "ONLY " : "", id_name(fact->in),
		           is_merged(fact) ? "IF EXISTS " : "", name_last_part(id_name(fact->id)));
}

static void
column_rename(struct script *script, const struct fact *fact, const char *name)
{
	script_add(script, "ALTER TABLE %s RENAME COLUMN %s TO %s", id_name(fact->in),
	           name_last_part(id_name(fact->id)), name);
}

static bool
in_partition_key(const struct fact *fact)
{
	return fact_has(fact, "in_partition_key");
}

const struct rule column_rule = {
	.kind = "column", .words = "COLUMN", .rank = RANK_COLUMN, .fold = column_fold,
	.create = column_create, .drop = column_drop, .rename = column_rename, .nominal = of_view,
	.changes = column_changes, .with_parent = in_partition_key, .sources = column_sources, .tie = partition_tie,
	.take_over = column_take_over, .drops_only = true, .outlives = is_merged,
	.park = column_park, .fills = column_fills, .lock = "ACCESS EXCLUSIVE", .drop_hazard = "drop-column", .replace_hazard = "column-recreated",
	.drop_loses = true,
};

/* ONLY: a default of a table is not one of its children's. */
static void
default_create(struct script *script, const struct unit *unit)
{
	size_t length;
	const char *table = parent_name(unit->fact->id, &length);

	script_add(script, "ALTER TABLE ONLY %.*s ALTER COLUMN %s SET DEFAULT %s", (int)length, table,
	           name_last_part(table), fact_text(unit->fact, "expression"));
}

static void
default_drop(struct script *script, const struct fact *fact)
{
	size_t length;
	const char *table = parent_name(fact->id, &length);

	script_add(script, "ALTER TABLE ONLY %.*s ALTER COLUMN %s DROP DEFAULT", (int)length, table,
	           name_last_part(table));
}

const struct rule default_rule = {
	.kind = "default", .rank = RANK_DEFAULT, .fold = default_fold,
	.create = default_create, .drop = default_drop,
	.changes = default_changes,
	.lock = "ACCESS EXCLUSIVE",
};
