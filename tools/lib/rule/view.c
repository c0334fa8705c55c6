/* Views, materialized views and whether these have data. */
#include "rule/changes.h"
#include "rule/rules.h"
#include "rule/table.h"

#include <string.h>

/* What is said of columns in statements of their own. */
static void
view_columns(struct script *script, const struct unit *unit)
{
	const struct fact *column;

	for (size_t at = 0; (column = unit_part(unit, unit->fact->id, "column", &at));)
		column_extras(script, unit, column);
}

/* A view of the same columns that needs nothing but their types. */
static void
view_shell(struct script *script, const struct fact *fact)
{
	struct sbuf *sql = script_next(script);
	size_t count;
	const char **columns = fact_list(fact, "columns", &count);

	sbuf_addf(sql, "CREATE %sVIEW %s AS\nSELECT", fact_has(fact, "shelled") ? "OR REPLACE " : "",
	          id_name(fact->id));
	for (size_t i = 0; i < count; i++) {
		size_t length = (size_t)(identifier_end(columns[i]) - columns[i]);

		sbuf_addf(sql, "%s\n    NULL::%s AS %.*s", i ? "," : "", columns[i] + length + 1, (int)length,
		          columns[i]);
	}
}

static void
view_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf *sql;

	if (fact_has(fact, "shell")) {
		view_shell(script, fact);
		return;
	}
	sql = script_next(script);
	sbuf_addf(sql, "CREATE %sVIEW %s", fact_has(fact, "shelled") ? "OR REPLACE " : "", id_name(fact->id));
	with_options_write(sql, fact);
	sbuf_addf(sql, " AS\n%s", fact_text(fact, "definition"));
	if (fact_has(fact, "check_option"))
		sbuf_addf(sql, "\nWITH %s CHECK OPTION", fact_text(fact, "check_option"));
	view_columns(script, unit);
}

static enum shell
view_shell_kind(const struct fact *fact)
{
	(void)fact;
	return SHELL_COLUMNS;
}

const struct rule view_rule = {
	.kind = "view", .words = "VIEW", .directory = "views", .rank = RANK_VIEW, .shell = view_shell_kind,
	.create = view_create,
	.changes = view_changes, .spaces = "rt", .defines_parts = true,
	.lock = "ACCESS EXCLUSIVE", .drop_hazard = "drop-object", .replace_hazard = "",
};

static void
materialized_view_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE MATERIALIZED VIEW %s", id_name(fact->id));
	storage_write(sql, fact);
	sbuf_addf(sql, " AS\n%s\nWITH NO DATA", fact_text(fact, "definition"));
	view_columns(script, unit);
	replica_identity_write(script, fact);
}

const struct rule materialized_view_rule = {
	.kind = "materialized_view", .words = "MATERIALIZED VIEW", .directory = "materialized_views",
	.rank = RANK_VIEW, .create = materialized_view_create,
	.changes = materialized_view_changes, .spaces = "rt", .holds_copies = true,
	.lock = "ACCESS EXCLUSIVE", .drop_hazard = "drop-materialized-view",
};

static void
populated_create(struct script *script, const struct unit *unit)
{
	script_add(script, "REFRESH MATERIALIZED VIEW %s", id_name(unit->fact->in));
}

static void
populated_drop(struct script *script, const struct fact *fact)
{
	script_add(script, "REFRESH MATERIALIZED VIEW %s WITH NO DATA", id_name(fact->in));
}

const struct rule populated_rule = {
	.kind = "populated", .rank = RANK_REFRESH, .create = populated_create, .drop = populated_drop,
	.lock = "ACCESS EXCLUSIVE", .drop_hazard = "drop-materialized-view",
};
