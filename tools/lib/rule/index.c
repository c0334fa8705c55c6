/* Indexes, and which of them belong to an index of a partitioned table. */
#include "rule/changes.h"
#include "rule/rules.h"
#include "rule/table.h"

#include <string.h>

/* What can only be said of an index after it has been created. */
void
index_extras(struct script *script, const struct fact *fact, const char *index)
{
	size_t count, length;
	const char **statistics = fact_list(fact, "statistics", &count);
	const char *table = id_name(fact->in);

	length = strlen(table);
	for (size_t i = 0; i < count; i++) {
		size_t column = strcspn(statistics[i], "=");

		script_add(script, "ALTER INDEX %s ALTER COLUMN %.*s SET STATISTICS %s", index, (int)column,
		           statistics[i], statistics[i] + column + 1);
	}
	if (fact_has(fact, "clustered"))
		script_add(script, "ALTER TABLE %.*s CLUSTER ON %s", (int)length, table, name_last_part(index));
	if (fact_has(fact, "replica_identity"))
		script_add(script, "ALTER TABLE ONLY %.*s REPLICA IDENTITY USING INDEX %s", (int)length, table,
		           name_last_part(index));
}

/* The index of a constraint is created with it, and stands here for its comment only. */
static bool
of_constraint(const struct fact *fact)
{
	return !fact_has(fact, "elements");
}

static enum fold
index_fold(const struct fact *fact)
{
	return of_constraint(fact) ? FOLD_MUST : FOLD_NEVER;
}

/* An index of a partitioned table is nothing by itself: it is made and dropped in no time. */
static bool
concurrently(const struct script *script, const struct fact *fact)
{
	return script->online && !fact_has(fact, "only");
}

static void
index_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	bool online = script->existing && concurrently(script, fact);
	const char *method = fact_text(fact, "method"), *predicate = fact_text(fact, "predicate");
	struct sbuf *sql;

	if (of_constraint(fact))
		return;
	sql = script_next(script);
	sbuf_addf(sql, "CREATE %sINDEX %s%s ON %s%s", fact_has(fact, "unique") ? "UNIQUE " : "",
	          online ? "CONCURRENTLY " : "", name_last_part(id_name(fact->id)), fact_has(fact, "only") ? "ONLY " : "", id_name(fact->in));
	if (method)
		sbuf_addf(sql, " USING %s", method);
	sbuf_addf(sql, " %s", fact_text(fact, "elements"));
	with_options_write(sql, fact);
	if (fact_has(fact, "tablespace"))
		sbuf_addf(sql, " TABLESPACE %s", fact_text(fact, "tablespace"));
	if (predicate)
		sbuf_addf(sql, " WHERE %s", predicate);
	if (online)
		script_note(script, STATEMENT_OUTSIDE | STATEMENT_SCANS, "SHARE UPDATE EXCLUSIVE", NULL);
	else if (script->existing && !fact_has(fact, "only"))
		script_note(script, STATEMENT_SCANS, "SHARE", "index-build");
	index_extras(script, fact, id_name(fact->id));
}

static void
index_drop(struct script *script, const struct fact *fact)
{
	bool online = concurrently(script, fact);

	if (of_constraint(fact))
		return;
	script_add(script, "DROP INDEX %s%s", online ? "CONCURRENTLY " : "", id_name(fact->id));
	script_note(script, online ? STATEMENT_OUTSIDE : 0,
	            online ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE", NULL);
}

/* What the server makes anew when a column gets another type forgets the statistics targets. */
static bool
index_rides(const struct fact *fact)
{
	return !fact_has(fact, "statistics");
}

const struct rule index_rule = {
	.kind = "index", .words = "INDEX", .rank = RANK_INDEX, .fold = index_fold,
	.create = index_create, .drop = index_drop,
	.nominal = of_constraint, .waits_for = "partition",
	.changes = index_changes, .spaces = "r", .rides = index_rides,
	.lock = "SHARE", .drop_hazard = "index-dropped", .stands_aside_online = true,
};

static void
index_partition_create(struct script *script, const struct unit *unit)
{
	script_add(script, "ALTER INDEX %s ATTACH PARTITION %s", fact_text(unit->fact, "parent"),
	           fact_text(unit->fact, "child"));
}

/* An index can only leave its parent by being dropped. */
static void
index_partition_drop(struct script *script, const struct fact *fact)
{
	(void)script;
	(void)fact;
}

const struct rule index_partition_rule = {
	.kind = "index_partition", .rank = RANK_INDEX_PARTITION,
	.create = index_partition_create, .drop = index_partition_drop,
	.completes = index_partition_taken_by, .rides = rides,
	.taken_by = index_partition_taken_by, .never_lets_go = true,
	.lock = "ACCESS EXCLUSIVE",
};
