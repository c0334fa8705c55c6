/* Constraints of tables. */
#include "rule/changes.h"
#include "rule/rules.h"
#include "rule/table.h"

#include <string.h>

/*
 * What the server needs afterwards cannot be said inside CREATE TABLE: NOT VALID
 * is ignored there, and so is a second key, or exclusion constraint, of the same columns.
 */
static enum fold
constraint_fold(const struct fact *fact)
{
	return fact_has(fact, "not_valid") || fact_has(fact, "only") || fact_has(fact, "repeated") ||
	                       fact_has(fact, "inherits_not_null") ?
	               FOLD_NEVER : FOLD_MAY;
}

void
constraint_write(struct sbuf *sql, const struct fact *fact)
{
	const char *definition = fact_text(fact, "definition");
	/* The index's parameters stand before DEFERRABLE and, in exclusion
	 * constraints, before WHERE; `definition_tail` is what follows them. */
	const char *tail = fact_text(fact, "definition_tail");

	sbuf_addf(sql, "CONSTRAINT %s %s", name_last_part(id_name(fact->id)), definition);
	with_options_write(sql, fact);
	if (fact_has(fact, "tablespace"))
		sbuf_addf(sql, " USING INDEX TABLESPACE %s", fact_text(fact, "tablespace"));
	if (tail)
		sbuf_addf(sql, " %s", tail);
}

static bool
of_type(const struct fact *fact, const char *types)
{
	const char *type = fact_text(fact, "type");

	return type && strchr(types, *type);
}

/* A NOT NULL is created with its column, and stands here for its comment only. */
static bool
of_column(const struct fact *fact)
{
	return !fact_has(fact, "definition");
}

void
constraint_extras(struct script *script, const struct fact *fact)
{
	struct sbuf index = SBUF_INIT;
	size_t length;
	const char *schema = name_schema(id_name(fact->id), &length);

	if (!of_type(fact, "pux"))
		return;
	/* The index is named as the constraint, in the table's schema. */
	sbuf_addf(&index, "%.*s.%s", (int)length, schema, name_last_part(id_name(fact->id)));
	index_extras(script, fact, index.text);
	sbuf_release(&index);
}

/* A key by an index that is built first, while others write. False: there is no such way. */
static bool
key_create_online(struct script *script, const struct fact *fact)
{
	const char *name = name_last_part(id_name(fact->id)), *definition = fact_text(fact, "definition");
	const char *elements = definition + strcspn(definition, "(");
	const char *tail = fact_text(fact, "definition_tail");
	bool primary = of_type(fact, "p");
	struct sbuf *sql;

	if (!of_type(fact, "pu") || fact_has(fact, "only") || fact_has(fact, "partitioned") ||
	    strstr(definition, " WITHOUT OVERLAPS)"))
		return false;
	sql = script_next(script);
	sbuf_addf(sql, "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s %s", name, id_name(fact->in), elements);
	if (!strncmp(definition, "UNIQUE NULLS NOT DISTINCT ", strlen("UNIQUE NULLS NOT DISTINCT ")))
		sbuf_adds(sql, " NULLS NOT DISTINCT");
	with_options_write(sql, fact);
	if (fact_has(fact, "tablespace"))
		sbuf_addf(sql, " TABLESPACE %s", fact_text(fact, "tablespace"));
	script_note(script, STATEMENT_OUTSIDE | STATEMENT_SCANS, "SHARE UPDATE EXCLUSIVE", NULL);
	script_add(script, "ALTER TABLE %s ADD CONSTRAINT %s %s USING INDEX %s%s%s", id_name(fact->in), name,
	           primary ? "PRIMARY KEY" : "UNIQUE", name, tail ? " " : "", tail ? tail : "");
	script_note(script, 0, "ACCESS EXCLUSIVE", NULL);
	constraint_extras(script, fact);
	return true;
}

/* Whether the rows that are there can be looked at later. The server knows no such way for foreign
 * keys of partitioned tables. */
static bool
validates_later(const struct script *script, const struct fact *fact)
{
	return script->existing && script->online && !fact_has(fact, "not_valid") &&
	       (of_type(fact, "c") || (of_type(fact, "f") && !fact_has(fact, "partitioned"))) &&
	       !strstr(fact_text(fact, "definition"), " NOT ENFORCED");
}

static void
note_cost(struct script *script, const struct fact *fact)
{
	if (fact_has(fact, "not_valid"))
		script_note(script, 0, of_type(fact, "f") ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE", NULL);
	else if (of_type(fact, "f"))
		script_note(script, STATEMENT_SCANS, "SHARE ROW EXCLUSIVE", "table-scan");
	else if (of_type(fact, "c"))
		script_note(script, STATEMENT_SCANS, "ACCESS EXCLUSIVE", "table-scan");
	else
		script_note(script, STATEMENT_SCANS, "ACCESS EXCLUSIVE", "index-build");
}

static void
constraint_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	bool later = !of_column(fact) && validates_later(script, fact);
	struct sbuf *sql;
	/* A check reaches the children of the table, a foreign key and an exclusion constraint the partitions;
	 * a key of a partitioned table waits for those of its partitions. */
	bool only = of_type(fact, "pu") || fact_has(fact, "only") || (of_type(fact, "fx") && !fact_has(fact, "partitioned"));

	if (of_column(fact))
		return;
	if (script->existing && script->online && key_create_online(script, fact))
		return;
	sql = script_next(script);
	sbuf_addf(sql, "ALTER TABLE %s%s ADD ", only ? "ONLY " : "", id_name(fact->in));
	constraint_write(sql, fact);
	if (later || fact_has(fact, "not_valid"))
		sbuf_adds(sql, " NOT VALID");
	if (later) {
		script_note(script, 0, of_type(fact, "f") ? "SHARE ROW EXCLUSIVE" : "ACCESS EXCLUSIVE", NULL);
		script_add(script, "ALTER TABLE %s VALIDATE CONSTRAINT %s", id_name(fact->in),
		           name_last_part(id_name(fact->id)));
		/* What comes after it may wait for stronger locks: not while this one's are held. */
		script_note(script, STATEMENT_FRESH | STATEMENT_COMMITTED | STATEMENT_SCANS, "SHARE UPDATE EXCLUSIVE", NULL);
	} else if (script->existing) {
		note_cost(script, fact);
	}
	constraint_extras(script, fact);
}

static void
constraint_drop(struct script *script, const struct fact *fact)
{
	if (!of_column(fact))
		script_add(script, "ALTER TABLE %s DROP CONSTRAINT %s%s", id_name(fact->in),
		           fact_has(fact, "left") ? "IF EXISTS " : "", name_last_part(id_name(fact->id)));
}

static void
constraint_rename(struct script *script, const struct fact *fact, const char *name)
{
	script_add(script, "ALTER TABLE %s RENAME CONSTRAINT %s TO %s", id_name(fact->in),
	           name_last_part(id_name(fact->id)), name);
}

/* A foreign key needs the key, or the unique index, that it refers to. */
static const char *
constraint_looks_into(struct snapshot *state, const struct fact *fact)
{
	if (!fact_is(fact, "type", "f"))
		return NULL;
	for (size_t i = 0; i < fact->needs_count; i++) {
		const struct fact *key = id_is(fact->needs[i], "constraint") || id_is(fact->needs[i], "index") ?
		                         snapshot_find(state, fact->needs[i]) : NULL;

		if (key && key->in)
			return key->in;
	}
	return NULL;
}

/* A table that is logged cannot refer to one that is not. */
static int
constraint_binds(const struct fact *fact, const struct fact *old, const struct fact *new)
{
	if (!fact_is(fact, "type", "f") || fact_has(old, "unlogged") == fact_has(new, "unlogged"))
		return 0;
	return fact_has(new, "unlogged") ? 1 : -1;
}

/* During a plan only (plan/unsaid.h). */
static bool
constraint_apart(const struct fact *fact)
{
	return fact_has(fact, "apart");
}

const struct rule constraint_rule = {
	.kind = "constraint", .words = "CONSTRAINT", .rank = RANK_CONSTRAINT, .named_on_parent = true,
	.fold = constraint_fold, .create = constraint_create, .drop = constraint_drop, .rename = constraint_rename,
	.nominal = of_column, .looks_into = constraint_looks_into, .waits_for = "partition",
	.apart = constraint_apart,
	.lock = "ACCESS EXCLUSIVE", .changes = constraint_changes, .spaces = "ic", .rides = constraint_rides,
	.binds = constraint_binds,
	.sources = constraint_sources, .held_by = constraint_held_by, .tie = partition_tie,
};
