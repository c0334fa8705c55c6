/* How NOT NULL of columns changes. */
#include "rule/changes.h"
#include "rule/inherited.h"
#include "rule/table.h"

#include "pg/quote.h"

#include <string.h>

static const char *
last_name(const struct fact *column)
{
	return name_last_part(id_name(column->id));
}

/* ---------------------------------------------------------------- children */

/* The column in the next table after `*at` that inherits it directly in this state, partitions and typed tables aside. */
static const struct fact *
next_child(struct snapshot *state, const struct fact *column, struct arena *arena, size_t *at)
{
	static const char *const kinds[] = { "foreign_table ", "table " };

	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
		size_t first = snapshot_from(state, kinds[kind]);

		for (size_t i = *at > first ? *at : first; i < state->count; i++) {
			const struct fact *table = state->facts[i], *child;
			size_t count;
			const char **parents = fact_list(table, "inherits", &count);

			if (strncmp(table->id, kinds[kind], strlen(kinds[kind])) != 0)
				break;
			for (size_t k = 0; k < count; k++)
				if (!strcmp(parents[k], id_name(column->in)) &&
				    (child = snapshot_find(state, arena_printf(arena, "column %s.%s", id_name(table->id),
				                                               last_name(column))))) {
					*at = i + 1;
					return child;
				}
		}
	}
	return NULL;
}

/* Whether it has NOT NULL still, by itself or from another parent, when this one loses it. */
static bool
keeps(const struct alter *alter, const struct fact *new)
{
	return fact_has(new, "not_null") || column_inherits_not_null(alter->to, new);
}

static void
not_null_rename(struct script *script, const char *table, const char *old, const char *new)
{
	if (strcmp(old, new) != 0)
		script_add(script, "ALTER TABLE %s RENAME CONSTRAINT %s TO %s", id_name(table), old, new);
}

/* Whether all below it lose NOT NULL when the server takes it from the column. */
static bool
goes_by_itself(const struct alter *alter, const struct fact *column, struct arena *arena)
{
	const struct fact *old, *new;

	for (size_t at = 0; (old = next_child(alter->from, column, arena, &at));)
		if ((new = snapshot_find(alter->to, old->id)) &&
		    (fact_has(old, "not_null") || keeps(alter, new) || !goes_by_itself(alter, old, arena)))
			return false;
	return true;
}

void
not_null_set(const struct alter *alter)
{
	struct sbuf *sql;

	if (!fact_has(alter->new, "not_null_name") && !fact_has(alter->new, "not_null_no_inherit")) {
		sbuf_adds(column_begin(alter, false), "SET NOT NULL");
		return;
	}
	sql = script_next(alter->script);
	sbuf_addf(sql, "ALTER TABLE %s ADD ", id_name(alter->new->in));
	not_null_write(sql, alter->new, last_name(alter->new));
}

/* -------------------------------------------------------------- partitions */

/* The column in the next partition after `*at` of the column's table, in this state. */
static const struct fact *
next_partition(struct snapshot *state, const struct fact *column, struct arena *arena, size_t *at)
{
	size_t first = snapshot_from(state, "partition ");

	for (size_t i = *at > first ? *at : first; i < state->count && id_is(state->facts[i]->id, "partition"); i++)
		if (fact_is(state->facts[i], "parent", id_name(column->in))) {
			*at = i + 1;
			return snapshot_find(state, arena_printf(arena, "column %s.%s", id_name(state->facts[i]->id),
			                                         last_name(column)));
		}
	return NULL;
}

/* Whether the partition stays one of the same table, by which it has NOT NULL and loses it. */
static bool
loses_with_table(const struct alter *alter, const struct fact *old)
{
	struct arena arena = ARENA_INIT;
	size_t before_count, after_count;
	const char *partition = arena_printf(&arena, "partition %s", id_name(old->in));
	const char **before = table_parents(alter->from, old->in, &arena, &before_count);
	const char **after = table_parents(alter->to, old->in, &arena, &after_count);
	bool found = snapshot_find(alter->from, partition) && snapshot_find(alter->to, partition) && before_count &&
	             after_count && !strcmp(before[0], after[0]) && column_inherits_not_null(alter->from, old);

	arena_release(&arena);
	return found;
}

/* Whether a partition may have it for itself, too (from 18 on, where what comes from the table has a name), and keep it when the
 * table loses it: it had it first, under its own name, or a primary key that was made there made it so. */
static bool
is_merged(const struct alter *alter, const struct fact *table_column, const struct fact *old, struct arena *arena)
{
	const char *prefix = arena_printf(arena, "constraint %s.", id_name(old->in));

	if (!fact_has(old, "not_null_name"))
		return false;
	if (strcmp(fact_text(old, "not_null_name"), not_null_name(arena, table_column)) != 0)
		return true;
	for (size_t i = snapshot_from(alter->from, prefix); i < alter->from->count; i++) {
		const struct fact *key = alter->from->facts[i];

		if (strncmp(key->id, prefix, strlen(prefix)) != 0)
			break;
		for (size_t k = 0; fact_is(key, "type", "p") && k < key->needs_count; k++)
			if (!strcmp(key->needs[k], old->id))
				return true;
	}
	return false;
}

/* The table has lost NOT NULL, and with it all partitions that have it from there alone. */
static void
partitions_settle(const struct alter *alter, const struct fact *column, struct arena *arena)
{
	const struct fact *old, *new;

	for (size_t at = 0; (old = next_partition(alter->from, column, arena, &at));) {
		struct alter one = *alter;

		if (!(new = snapshot_find(alter->to, old->id)) || !loses_with_table(alter, old))
			continue;
		one.old = old;
		one.new = new;
		if (is_merged(alter, column, old, arena) &&
		    (!fact_has(new, "not_null") || strcmp(not_null_name(arena, old), not_null_name(arena, new)) != 0)) {
			script_add(alter->script, "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL", id_name(old->in),
			           last_name(old));
			script_note(alter->script, 0, "ACCESS EXCLUSIVE",
			            fact_has(new, "not_null") ? NULL : "drop-not-null");
		}
		if (fact_has(new, "not_null")) {
			not_null_set(&one);
			script_note(alter->script, STATEMENT_SCANS, "ACCESS EXCLUSIVE", "table-scan");
		}
		if (!fact_has(new, "not_null"))
			partitions_settle(alter, old, arena);
	}
}

/* ------------------------------------------------------------------- drops */

/*
 * Before PostgreSQL 18 a column has NOT NULL once, and DROP NOT NULL takes it from all children, also from those that say it
 * themselves; from 18 on those keep theirs, also where they are not to. So where that matters, each loses its own.
 */
static void
not_null_drop(const struct alter *alter, const struct fact *column, struct arena *arena)
{
	bool simple = goes_by_itself(alter, column, arena);
	const struct fact *old, *new;

	script_add(alter->script, "ALTER TABLE %s%s ALTER COLUMN %s DROP NOT NULL", simple ? "" : "ONLY ",
	           id_name(column->in), last_name(column));
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", "drop-not-null");
	partitions_settle(alter, column, arena);
	for (size_t at = 0; !simple && (old = next_child(alter->from, column, arena, &at));) {
		if (!(new = snapshot_find(alter->to, old->id)))
			continue;
		if (!keeps(alter, new))
			not_null_drop(alter, old, arena);
		else if (fact_has(old, "inherited_not_null_name") && fact_has(new, "not_null"))
			not_null_rename(alter->script, old->in, fact_text(old, "inherited_not_null_name"),
			                not_null_name(arena, new));
	}
}

/* ------------------------------------------------------------------ changes */

/* By a check that is validated while others write: then the server need not look at the rows again. */
static void
not_null_online(const struct alter *alter)
{
	struct sbuf check = SBUF_INIT;
	struct arena arena = ARENA_INIT;
	const char *table = id_name(alter->new->in), *column = last_name(alter->new);
	char *plain = identifier_plain(&arena, column, strlen(column));

	/* Names end at 63 bytes; that of the column stands in front, as far as it fits. */
	quote_identifier(&check, arena_printf(&arena, "%.*s__not_null", (int)utf8_fit(plain, 63 - 10), plain));
	script_add(alter->script, "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID", table,
	           check.text, column);
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	script_add(alter->script, "ALTER TABLE %s VALIDATE CONSTRAINT %s", table, check.text);
	script_note(alter->script, STATEMENT_FRESH | STATEMENT_SCANS, "SHARE UPDATE EXCLUSIVE", NULL);
	not_null_set(alter);
	script_note(alter->script, STATEMENT_FRESH, "ACCESS EXCLUSIVE", NULL);
	script_add(alter->script, "ALTER TABLE %s DROP CONSTRAINT %s", table, check.text);
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	sbuf_release(&check);
	arena_release(&arena);
}

/* NOT NULL stays, with another name or other children. */
static void
not_null_change(const struct alter *alter)
{
	struct arena arena = ARENA_INIT;
	const char *old = not_null_name(&arena, alter->old), *new = not_null_name(&arena, alter->new);
	bool no_inherit = fact_has(alter->new, "not_null_no_inherit");

	not_null_rename(alter->script, alter->new->in, old, new);
	if (no_inherit != fact_has(alter->old, "not_null_no_inherit"))
		script_add(alter->script, "ALTER TABLE %s ALTER CONSTRAINT %s %s", id_name(alter->new->in), new,
		           no_inherit ? "NO INHERIT" : "INHERIT");
	arena_release(&arena);
}

bool
not_null_alter(const struct alter *alter)
{
	bool set = fact_has(alter->new, "not_null"), inherits = column_inherits_not_null(alter->to, alter->new);
	/* Another type has locked the table already, and what hangs on the column is taken down meanwhile. */
	bool retyped = fact_has(alter->old, "type") && fact_has(alter->new, "type") &&
	               !fact_is(alter->old, "type", fact_text(alter->new, "type"));

	if (set && fact_has(alter->old, "not_null")) {
		/* What a parent has cannot be renamed here: it has the parent's name. But a table that is no child of such a one
		 * before takes that name for its own: the server's ALTER COLUMN TYPE fails where they differ (18.0 to 18.4). */
		if (!inherits ? !loses_with_table(alter, alter->old) : !alter->bound)
			not_null_change(alter);
	} else if (set && alter->bound && (inherits || column_inherits_not_null(alter->from, alter->old))) {
		/* The parent brings it, or leaves it. */
	} else if (set && alter->online && id_is(alter->new->in, "table") && !retyped) {
		not_null_online(alter);
	} else if (set) {
		not_null_set(alter);
		script_note(alter->script, STATEMENT_SCANS, "ACCESS EXCLUSIVE", retyped ? NULL : "table-scan");
	} else if (!inherits) {
		struct arena arena = ARENA_INIT;

		not_null_drop(alter, alter->old, &arena);
		arena_release(&arena);
	}
	return true;
}
