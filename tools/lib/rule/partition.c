/* Partitions: which table belongs to which. */
#include "rule/changes.h"
#include "rule/inherited.h"
#include "rule/rules.h"

#include "pg/quote.h"

#include <string.h>

/* By a check that is validated while others work with the table: then ATTACH need not read the rows under its lock. */
static void
attach_online(struct script *script, const struct fact *fact)
{
	struct arena arena = ARENA_INIT;
	struct sbuf check = SBUF_INIT;
	const char *table = id_name(fact->in), *last = name_last_part(table);
	char *plain = identifier_plain(&arena, last, strlen(last));

	quote_identifier(&check, arena_printf(&arena, "%.*s__partition", (int)utf8_fit(plain, 63 - 11), plain));
	script_add(script, "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s) NOT VALID", table, check.text,
	           fact_text(fact, "constraint"));
	script_note(script, 0, "ACCESS EXCLUSIVE", NULL);
	script_add(script, "ALTER TABLE %s VALIDATE CONSTRAINT %s", table, check.text);
	script_note(script, STATEMENT_FRESH | STATEMENT_SCANS, "SHARE UPDATE EXCLUSIVE", NULL);
	script_add(script, "ALTER TABLE ONLY %s ATTACH PARTITION %s %s", fact_text(fact, "parent"), table,
	           fact_text(fact, "bound"));
	script_note(script, STATEMENT_FRESH, "ACCESS EXCLUSIVE", NULL);
	script_add(script, "ALTER TABLE %s DROP CONSTRAINT %s", table, check.text);
	script_note(script, 0, "ACCESS EXCLUSIVE", NULL);
	sbuf_release(&check);
	arena_release(&arena);
}

static void
partition_create(struct script *script, const struct unit *unit)
{
	if (script->existing && script->online && !script->replaces && fact_has(unit->fact, "constraint") &&
	    id_is(unit->fact->in, "table")) {
		attach_online(script, unit->fact);
		return;
	}
	script_add(script, "ALTER TABLE ONLY %s ATTACH PARTITION %s %s", fact_text(unit->fact, "parent"),
	           id_name(unit->fact->in), fact_text(unit->fact, "bound"));
	if (script->existing)
		script_note(script, STATEMENT_SCANS, "ACCESS EXCLUSIVE", "table-scan");
}

static enum fold
partition_fold(const struct fact *fact)
{
	return fact_has(fact, "inline") ? FOLD_MUST : FOLD_NEVER;
}

/* What it has of the parent's exclusion constraints, which stay with it, goes: the server has chosen their names. */
static void
detach_excluding(struct script *script, const char *detach, const char *table)
{
	struct sbuf body = SBUF_INIT, *sql = script_next(script);

	sbuf_adds(&body, "\nDECLARE\n    brought name[] := ARRAY(\n        SELECT conname FROM pg_catalog.pg_constraint\n"
	                 "        WHERE conrelid = ");
	quote_literal(&body, table);
	sbuf_addf(&body, "::pg_catalog.regclass AND contype = 'x' AND conparentid <> 0);\n    one name;\nBEGIN\n    %s;\n"
	          "    FOREACH one IN ARRAY brought LOOP\n        EXECUTE pg_catalog.format('ALTER TABLE %%s DROP CONSTRAINT %%I', ",
	          detach);
	quote_literal(&body, table);
	sbuf_adds(&body, ", one);\n    END LOOP;\nEND\n");
	sbuf_adds(sql, "DO ");
	quote_dollar(sql, body.text);
	sbuf_release(&body);
}

static void
partition_drop(struct script *script, const struct fact *fact)
{
	struct arena arena = ARENA_INIT;
	const char *detach = arena_printf(&arena, "ALTER TABLE ONLY %s DETACH PARTITION %s", fact_text(fact, "parent"),
	                                  id_name(fact->in));

	if (fact_has(fact, "excludes"))
		detach_excluding(script, detach, id_name(fact->in));
	else
		script_add(script, "%s", detach);
	arena_release(&arena);
}

/* A foreign key to the partitioned table refers to the rows of its partitions: one of these cannot be dropped
 * before it has been detached. */
static bool
partition_apart(const struct fact *fact)
{
	return fact_has(fact, "referenced");
}

/* A foreign key of the parent, as the partition has it when it is none. */
static struct fact *
foreign_key_of_child(struct snapshot *state, const struct fact *key, const struct fact *table)
{
	struct arena *arena = &state->arena;
	const char *parent = id_name(key->in), *child = id_name(table->id);
	const struct fact *whole = fact_has(table, "partition_key") ? key : fact_without(arena, key, "partitioned");
	struct fact *copy = arena_alloc(arena, sizeof *copy);

	*copy = *whole;
	copy->id = arena_printf(arena, "constraint %s.%s", child, name_last_part(id_name(key->id)));
	copy->in = table->id;
	copy->needs = arena_array(arena, key->needs_count, sizeof *copy->needs);
	for (size_t i = 0; i < key->needs_count; i++)
		copy->needs[i] = id_of_child(arena, key->needs[i], parent, child);
	return copy;
}

/* A partition has the foreign keys of all that it is a partition of. Detached, it has them still; attached, they are
 * taken for those. */
static struct left *
partition_leaves(struct snapshot *state, const struct fact *fact, size_t *count)
{
	const struct fact *table = snapshot_find(state, fact->in);
	struct left *left = NULL;
	size_t room = 0;

	*count = 0;
	for (const struct fact *at = fact; at && table; ) {
		const char *parent = fact_text(at, "parent");
		const char *prefix = arena_printf(&state->arena, "constraint %s.", parent);

		for (size_t i = snapshot_from(state, prefix); i < state->count; i++) {
			struct fact *key = state->facts[i];

			if (strncmp(key->id, prefix, strlen(prefix)) != 0)
				break;
			if (!fact_is(key, "type", "f"))
				continue;
			ARENA_GROW(&state->arena, left, *count, room);
			left[*count] = (struct left){ foreign_key_of_child(state, key, table), key };
			if (!snapshot_find(state, left[*count].fact->id))
				++*count;
		}
		at = snapshot_find(state, arena_printf(&state->arena, "partition %s", parent));
	}
	return left;
}

static const struct change partition_changes[] = {
	/* They follow from the bound and the parent's, and from the parent's constraints and the foreign keys that refer to it. */
	{ "constraint", CHANGE_IGNORED, NULL },
	{ "excludes", CHANGE_IGNORED, NULL },
	{ "referenced", CHANGE_IGNORED, NULL },
	{ 0 },
};

const struct rule partition_rule = {
	.kind = "partition", .rank = RANK_PARTITION, .fold = partition_fold,
	.create = partition_create, .drop = partition_drop,
	.changes = partition_changes, .rides = rides, .apart = partition_apart, .leaves = partition_leaves,
	.lock = "ACCESS EXCLUSIVE",
};
