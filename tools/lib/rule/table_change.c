/* How tables, constraints, indexes and sequences change in place. */
#include "rule/changes.h"
#include "rule/table.h"

#include "pg/quote.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------ tables */

static struct sbuf *
begin(const struct alter *alter, const char *words)
{
	struct sbuf *sql = script_next(alter->script);

	sbuf_addf(sql, "ALTER %s %s ", words, id_name(alter->new->id));
	return sql;
}

static bool
options_change(const struct alter *alter)
{
	struct sbuf words = SBUF_INIT;

	sbuf_addf(&words, "ALTER %s %s", rule_of(alter->new->id)->words, id_name(alter->new->id));
	options_alter(alter->script, words.text, alter, "options", "");
	sbuf_release(&words);
	return true;
}

static bool
toast_options_change(const struct alter *alter)
{
	struct sbuf words = SBUF_INIT;

	sbuf_addf(&words, "ALTER %s %s", rule_of(alter->new->id)->words, id_name(alter->new->id));
	options_alter(alter->script, words.text, alter, "toast_options", "toast.");
	sbuf_release(&words);
	return true;
}

static bool
unlogged_alter(const struct alter *alter)
{
	sbuf_addf(begin(alter, rule_of(alter->new->id)->words), "SET %s",
	          fact_has(alter->new, "unlogged") ? "UNLOGGED" : "LOGGED");
	if (strcmp(rule_of(alter->new->id)->words, "TABLE") != 0)
		return true;
	script_note(alter->script, STATEMENT_REWRITES, "ACCESS EXCLUSIVE", "table-rewrite");
	if (fact_has(alter->new, "unlogged"))
		script_note(alter->script, 0, NULL, "unlogged");
	return true;
}

static bool
access_method_alter(const struct alter *alter)
{
	const char *method = fact_text(alter->new, "access_method");

	sbuf_addf(begin(alter, rule_of(alter->new->id)->words), "SET ACCESS METHOD %s",
	          method ? method : "heap");
	script_note(alter->script, STATEMENT_REWRITES, "ACCESS EXCLUSIVE", "table-rewrite");
	return true;
}

static bool
tablespace_alter(const struct alter *alter)
{
	const char *space = fact_text(alter->new, "tablespace");

	sbuf_addf(begin(alter, rule_of(alter->new->id)->words), "SET TABLESPACE %s",
	          space ? space : "pg_default");
	script_note(alter->script, STATEMENT_REWRITES, "ACCESS EXCLUSIVE", "table-rewrite");
	return true;
}

bool
in_list(const char *item, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(list[i], item))
			return true;
	return false;
}

/* inherited.h says where a table leaves what it joins again. */
static bool
inherits_end(const struct alter *alter)
{
	size_t old_count, new_count, again_count;
	const char **old = fact_list(alter->old, "inherits", &old_count);
	const char **new = fact_list(alter->new, "inherits", &new_count);
	const char **again = fact_list(alter->old, "leaves", &again_count);

	for (size_t i = 0; i < old_count; i++)
		if (!in_list(old[i], new, new_count) || in_list(old[i], again, again_count)) {
			sbuf_addf(begin(alter, "TABLE"), "NO INHERIT %s", old[i]);
			script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
		}
	return true;
}

static bool
inherits_begin(const struct alter *alter)
{
	size_t old_count, new_count, again_count;
	const char **old = fact_list(alter->old, "inherits", &old_count);
	const char **new = fact_list(alter->new, "inherits", &new_count);
	const char **again = fact_list(alter->new, "joins", &again_count);

	for (size_t i = 0; i < new_count; i++)
		if (!in_list(new[i], old, old_count) || in_list(new[i], again, again_count)) {
			sbuf_addf(begin(alter, "TABLE"), "INHERIT %s", new[i]);
			script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
		}
	return true;
}

static bool
of_type_end(const struct alter *alter)
{
	if (!fact_has(alter->old, "of_type"))
		return true;
	sbuf_adds(begin(alter, "TABLE"), "NOT OF");
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	return true;
}

static bool
of_type_begin(const struct alter *alter)
{
	const char *type = fact_text(alter->new, "of_type");

	if (!type)
		return true;
	sbuf_addf(begin(alter, "TABLE"), "OF %s", type);
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	return true;
}

/* An index that takes it over says so itself. */
static bool
replica_identity_alter(const struct alter *alter)
{
	const char *identity = fact_text(alter->new, "replica_identity");

	sbuf_addf(begin(alter, "TABLE ONLY"), "REPLICA IDENTITY %s", identity ? identity : "DEFAULT");
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	return true;
}

static bool
row_security_alter(const struct alter *alter)
{
	sbuf_addf(begin(alter, "TABLE"), "%s ROW LEVEL SECURITY",
	          fact_has(alter->new, "row_security") ? "ENABLE" : "DISABLE");
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", "row-security");
	return true;
}

static bool
force_row_security_alter(const struct alter *alter)
{
	sbuf_addf(begin(alter, "TABLE"), "%s ROW LEVEL SECURITY",
	          fact_has(alter->new, "force_row_security") ? "FORCE" : "NO FORCE");
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", "row-security");
	return true;
}

const struct change table_changes[] = {
	{ "inherits", CHANGE_LETS_GO, inherits_end },
	{ "leaves", CHANGE_LETS_GO, inherits_end },
	{ "of_type", CHANGE_LETS_GO, of_type_end },
	{ "inherits", 0, inherits_begin },
	{ "joins", 0, inherits_begin },
	{ "of_type", 0, of_type_begin },
	{ "unlogged", CHANGE_ROW_TYPE, unlogged_alter },
	{ "access_method", CHANGE_ROW_TYPE, access_method_alter },
	{ "tablespace", 0, tablespace_alter },
	{ "options", 0, options_change },
	{ "toast_options", 0, toast_options_change },
	{ "replica_identity", 0, replica_identity_alter },
	{ "row_security", 0, row_security_alter },
	{ "force_row_security", 0, force_row_security_alter },
	{ 0 },
};

static bool
fdw_options_change(const struct alter *alter)
{
	struct sbuf words = SBUF_INIT;

	sbuf_addf(&words, "ALTER %s %s", rule_of(alter->new->id)->words, id_name(alter->new->id));
	fdw_options_alter(alter->script, words.text, alter);
	sbuf_release(&words);
	return true;
}

const struct change foreign_table_changes[] = {
	{ "inherits", CHANGE_LETS_GO, inherits_end },
	{ "leaves", CHANGE_LETS_GO, inherits_end },
	{ "inherits", 0, inherits_begin },
	{ "joins", 0, inherits_begin },
	{ "fdw_options", 0, fdw_options_change },
	{ 0 },
};

const struct change materialized_view_changes[] = {
	{ "access_method", 0, access_method_alter },
	{ "tablespace", 0, tablespace_alter },
	{ "options", 0, options_change },
	{ "toast_options", 0, toast_options_change },
	{ "replica_identity", 0, replica_identity_alter },
	{ 0 },
};

/* ----------------------------------------------------- indexes, constraints */

/* Whether something else in the same table has the key afterwards: then that takes it over. */
static bool
taken_over(const struct alter *alter, const char *key)
{
	for (size_t i = 0; i < alter->to->count; i++) {
		const struct fact *fact = alter->to->facts[i];

		if (fact->in && !strcmp(fact->in, alter->new->in) && fact_has(fact, key))
			return true;
	}
	return false;
}

static void
clustered_alter(const struct alter *alter, const char *index)
{
	const char *table = id_name(alter->new->in);

	if (fact_has(alter->new, "clustered"))
		script_add(alter->script, "ALTER TABLE %s CLUSTER ON %s", table, name_last_part(index));
	else if (!taken_over(alter, "clustered"))
		script_add(alter->script, "ALTER TABLE %s SET WITHOUT CLUSTER", table);
	else
		return;
	script_note(alter->script, 0, "SHARE UPDATE EXCLUSIVE", NULL);
}

static void
replica_index_alter(const struct alter *alter, const char *index)
{
	const char *table = id_name(alter->new->in);
	const struct fact *fact = snapshot_find(alter->to, alter->new->in);

	if (fact_has(alter->new, "replica_identity"))
		script_add(alter->script, "ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %s", table,
		           name_last_part(index));
	else if (fact && !fact_has(fact, "replica_identity") && !taken_over(alter, "replica_identity"))
		script_add(alter->script, "ALTER TABLE ONLY %s REPLICA IDENTITY DEFAULT", table);
	else
		return;
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
}

static bool
differs(const struct alter *alter, const char *key)
{
	return !value_equal(fact_value(alter->old, key), fact_value(alter->new, key));
}

/* Each column whose number of values differs. */
static void
index_statistics_alter(const struct alter *alter, const char *index)
{
	for (int side = 0; side < 2; side++) {
		size_t count, others;
		const char **items = fact_list(side ? alter->old : alter->new, "statistics", &count);
		const char **other = fact_list(side ? alter->new : alter->old, "statistics", &others);

		for (size_t i = 0; i < count; i++) {
			size_t column = strcspn(items[i], "="), k = 0;

			/* On the old side: what the new one does not speak of. */
			while (k < others && (side ? strncmp(items[i], other[k], column + 1)
			                           : strcmp(items[i], other[k])) != 0)
				k++;
			if (k == others)
				script_add(alter->script, "ALTER INDEX %s ALTER COLUMN %.*s SET STATISTICS %s", index,
				           (int)column, items[i], side ? "-1" : items[i] + column + 1);
		}
	}
}

bool
index_settings_alter(const struct alter *alter, const char *index)
{
	struct sbuf words = SBUF_INIT;
	const char *space = fact_text(alter->new, "tablespace");
	/* The indexes of partitioned tables, whose options only partitions inherit, when they are made. */
	bool whole = fact_has(alter->new, id_is(alter->new->id, "index") ? "only" : "partitioned");

	if (whole && differs(alter, "options"))
		return false;
	sbuf_addf(&words, "ALTER INDEX %s", index);
	options_alter(alter->script, words.text, alter, "options", "");
	sbuf_release(&words);
	if (differs(alter, "tablespace")) {
		script_add(alter->script, "ALTER INDEX %s SET TABLESPACE %s", index, space ? space : "pg_default");
		script_note(alter->script, STATEMENT_REWRITES, "ACCESS EXCLUSIVE", "index-build");
	}
	if (differs(alter, "clustered"))
		clustered_alter(alter, index);
	if (differs(alter, "replica_identity"))
		replica_index_alter(alter, index);
	index_statistics_alter(alter, index);
	return true;
}

static bool
index_alter(const struct alter *alter)
{
	return index_settings_alter(alter, id_name(alter->new->id));
}

/* Whether it is complete comes with the indexes of the partitions. */
static bool
comes_by_itself(const struct alter *alter)
{
	(void)alter;
	return true;
}

const struct change index_changes[] = {
	{ "options", 0, index_alter },
	{ "tablespace", 0, index_alter },
	{ "clustered", 0, index_alter },
	{ "replica_identity", 0, index_alter },
	{ "statistics", 0, index_alter },
	{ 0 },
};

static bool
constraint_index_alter(const struct alter *alter)
{
	struct sbuf index = SBUF_INIT;
	size_t length;
	const char *schema = name_schema(id_name(alter->new->id), &length);
	bool done;

	sbuf_addf(&index, "%.*s.%s", (int)length, schema, name_last_part(id_name(alter->new->id)));
	done = index_settings_alter(alter, index.text);
	sbuf_release(&index);
	return done;
}

/* There is no way back to NOT VALID. */
static bool
not_valid_alter(const struct alter *alter)
{
	if (fact_has(alter->new, "not_valid"))
		return false;
	script_add(alter->script, "ALTER TABLE %s VALIDATE CONSTRAINT %s", id_name(alter->new->in),
	           name_last_part(id_name(alter->new->id)));
	script_note(alter->script, STATEMENT_SCANS, "SHARE UPDATE EXCLUSIVE", NULL);
	return true;
}

const struct change constraint_changes[] = {
	{ "not_valid", 0, not_valid_alter },
	/* During a plan only (inherited.h, plan/unsaid.h). */
	{ "left", CHANGE_IGNORED, NULL },
	{ "apart", CHANGE_IGNORED, NULL },
	{ "only", 0, comes_by_itself },
	{ "partitioned", 0, comes_by_itself },
	/* Only how it is created depends on them. */
	{ "repeated", CHANGE_IGNORED, NULL },
	{ "inherits_not_null", CHANGE_IGNORED, NULL },
	{ "options", 0, constraint_index_alter },
	{ "tablespace", 0, constraint_index_alter },
	{ "clustered", 0, constraint_index_alter },
	{ "replica_identity", 0, constraint_index_alter },
	{ 0 },
};

bool
rides(const struct fact *fact)
{
	(void)fact;
	return true;
}

/* When the type of one side changes, a foreign key may not fit until the other has followed. */
bool
constraint_rides(const struct fact *fact)
{
	return !fact_is(fact, "type", "f");
}

const char *
index_partition_taken_by(const struct fact *fact)
{
	for (size_t i = 0; i < fact->needs_count; i++)
		if (id_is(fact->needs[i], "index") || id_is(fact->needs[i], "constraint"))
			return fact->needs[i];
	return NULL;
}

/* --------------------------------------------------------------- sequences */

static bool
is_descending(const struct fact *sequence)
{
	const char *increment = fact_text(sequence, "increment");

	return increment && *increment == '-';
}

/* The limit that it has, said or not. */
static long long
sequence_limit(const struct fact *sequence, const char *key)
{
	const char *said = fact_text(sequence, key), *type = fact_text(sequence, "type");
	bool lowest = !strcmp(key, "minimum");
	long long most = !type || !strcmp(type, "bigint") ? INT64_MAX : !strcmp(type, "integer") ? INT32_MAX : INT16_MAX;

	if (said)
		return strtoll(said, NULL, 10);
	if (is_descending(sequence))
		return lowest ? -most - 1 : -1;
	return lowest ? 1 : most;
}

/* Where it has never given a number, its place must not be what keeps the limits from narrowing. Others stay
 * where they are: then the server refuses what is between the limits no longer. */
static bool
sequence_narrow(const struct alter *alter)
{
	long long old_low = sequence_limit(alter->old, "minimum"), old_high = sequence_limit(alter->old, "maximum");
	long long low = sequence_limit(alter->new, "minimum"), high = sequence_limit(alter->new, "maximum");
	const char *name = id_name(alter->new->id);
	struct sbuf *sql;

	if (low <= old_low && high >= old_high)
		return true;
	if (low < old_low)
		low = old_low;
	if (high > old_high)
		high = old_high;
	if (low > high)
		return false;
	sql = script_next(alter->script);
	sbuf_adds(sql, "SELECT pg_catalog.setval(");
	quote_literal(sql, name);
	sbuf_addf(sql, ", LEAST(GREATEST(last_value, %lld), %lld), false)\n    FROM %s"
	          " WHERE NOT is_called AND last_value NOT BETWEEN %lld AND %lld", low, high, name, low, high);
	return true;
}

static bool
sequence_alter(const struct alter *alter)
{
	static const struct {
		const char *key, *set, *reset;
	} words[] = {
		{ "increment", " INCREMENT BY %s", " INCREMENT BY 1" },
		{ "minimum", " MINVALUE %s", " NO MINVALUE" },
		{ "maximum", " MAXVALUE %s", " NO MAXVALUE" },
		{ "cache", " CACHE %s", " CACHE 1" },
	};
	const struct fact *new = alter->new;
	const char *type = fact_text(new, "type"), *increment = fact_text(new, "increment");
	const char *edge = fact_text(new, increment && *increment == '-' ? "maximum" : "minimum");
	bool fits = sequence_narrow(alter), turns = is_descending(alter->old) != is_descending(new);
	struct sbuf options = SBUF_INIT;

	/* An identity column's sequence follows the type of the column. */
	if (differs(alter, "type") && !fact_has(new, "identity"))
		sbuf_addf(&options, " AS %s", type ? type : "bigint");
	/* Limits that another type brings are those of the old direction, whatever else stands beside it. */
	if (turns && options.length) {
		script_add(alter->script, "ALTER SEQUENCE %s%s%s", id_name(new->id), options.text, fits ? "" : " RESTART");
		sbuf_reset(&options);
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		/* Without limits of its own it has those of its direction, which ALTER SEQUENCE does not turn round. */
		if (differs(alter, words[i].key) || (turns && strstr(words[i].set, "VALUE"))) {
			const char *value = fact_text(new, words[i].key);

			sbuf_addf(&options, value ? words[i].set : words[i].reset, value);
		}
	if (turns || differs(alter, "start") || (differs(alter, "minimum") && !fact_has(new, "start")) ||
	    (differs(alter, "maximum") && !fact_has(new, "start"))) {
		const char *start = fact_text(new, "start");

		sbuf_addf(&options, " START WITH %s",
		          start ? start : edge ? edge : increment && *increment == '-' ? "-1" : "1");
	}
	/* Wherever it stands is not between its limits afterwards. */
	if (!fits)
		sbuf_adds(&options, " RESTART");
	if (differs(alter, "cycle"))
		sbuf_adds(&options, fact_has(new, "cycle") ? " CYCLE" : " NO CYCLE");
	if (options.length)
		script_add(alter->script, "ALTER SEQUENCE %s%s", id_name(new->id), options.text);
	sbuf_release(&options);
	return true;
}

static bool
identity_alter(const struct alter *alter)
{
	size_t length;
	const char *table = parent_name(alter->new->in, &length);

	script_add(alter->script, "ALTER TABLE %.*s ALTER COLUMN %s SET GENERATED %s", (int)length, table,
	           name_last_part(table), fact_text(alter->new, "identity"));
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	return true;
}

/* The sequence of an identity column is otherwise as its table. */
static bool
persistence_alter(const struct alter *alter)
{
	const char *new = fact_text(alter->new, "persistence"), *old = fact_text(alter->old, "persistence");

	if (!new)
		new = !strcmp(old, "LOGGED") ? "UNLOGGED" : "LOGGED";
	script_add(alter->script, "ALTER SEQUENCE %s SET %s", id_name(alter->new->id), new);
	return true;
}

const struct change sequence_changes[] = {
	{ "identity", 0, identity_alter },
	{ "unlogged", 0, unlogged_alter },
	{ "persistence", 0, persistence_alter },
	{ "type", 0, sequence_alter },
	{ "increment", 0, sequence_alter },
	{ "minimum", 0, sequence_alter },
	{ "maximum", 0, sequence_alter },
	{ "start", 0, sequence_alter },
	{ "cache", 0, sequence_alter },
	{ "cycle", 0, sequence_alter },
	{ 0 },
};

const struct change owned_by_changes[] = {
	{ "column", CHANGE_AGAIN, NULL },
	{ 0 },
};

const char *
owned_by_taken_by(const struct fact *fact)
{
	for (size_t i = 0; i < fact->needs_count; i++)
		if (id_is(fact->needs[i], "column"))
			return fact->needs[i];
	return NULL;
}

const char *
owned_by_owner(struct snapshot *state, const struct fact *fact, struct arena *arena)
{
	const char *id = owned_by_taken_by(fact);
	const struct fact *column = id ? snapshot_find(state, id) : NULL;

	return column ? arena_printf(arena, "owner of %s", column->in) : NULL;
}
