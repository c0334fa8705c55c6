/* Tables of all sorts. */
#include "rule/changes.h"
#include "rule/rules.h"
#include "rule/table.h"

#include <string.h>

/* Columns' names are padded up to here, so that one long name does not push all types away. */
enum { NAME_WIDTH = 32 };

static int
names_width(const struct unit *unit)
{
	const struct fact *column;
	int width = 0;

	for (size_t at = 0; (column = unit_part(unit, unit->fact->id, "column", &at));) {
		int length = (int)strlen(name_last_part(id_name(column->id)));

		if (length > width && length <= NAME_WIDTH && !fact_has(column, "inherited"))
			width = length;
	}
	return width;
}

static void
next_line(struct sbuf *sql, bool *open)
{
	sbuf_adds(sql, *open ? ",\n    " : " (\n    ");
	*open = true;
}

/* What makes the table a partition in the same statement (idiom.h). */
static const struct fact *
inline_partition(const struct unit *unit)
{
	size_t at = 0;

	return unit_part(unit, unit->fact->id, "partition", &at);
}

/* The columns and constraints in parentheses. Whether there are any. */
static bool
elements_write(struct sbuf *sql, const struct unit *unit)
{
	bool open = false, typed = fact_has(unit->fact, "of_type") || inline_partition(unit);
	int width = names_width(unit);
	const struct fact *part;
	struct sbuf element = SBUF_INIT;

	for (size_t at = 0; (part = unit_part(unit, unit->fact->id, "column", &at));) {
		sbuf_reset(&element);
		if (column_write(&element, unit, part, width, typed)) {
			next_line(sql, &open);
			sbuf_adds(sql, element.text);
		}
	}
	for (const char *type = "puxcf"; *type; type++)
		for (size_t at = 0; (part = unit_part(unit, unit->fact->id, "constraint", &at));)
			if (*fact_text(part, "type") == *type && fact_has(part, "definition")) {
				next_line(sql, &open);
				constraint_write(sql, part);
			}
	if (open)
		sbuf_adds(sql, "\n)");
	else if (!typed)
		sbuf_adds(sql, " ()");
	sbuf_release(&element);
	return open;
}

void
storage_write(struct sbuf *sql, const struct fact *fact)
{
	size_t count, toast_count;
	const char *method = fact_text(fact, fact_has(fact, "access_method") ? "access_method" : "fixed_access_method");
	const char **options = fact_list(fact, "options", &count);
	const char **toast = fact_list(fact, "toast_options", &toast_count);

	if (method)
		sbuf_addf(sql, "\nUSING %s", method);
	if (count || toast_count) {
		sbuf_adds(sql, "\nWITH (");
		options_write(sql, options, count, "");
		if (count && toast_count)
			sbuf_adds(sql, ", ");
		options_write(sql, toast, toast_count, "toast.");
		sbuf_addc(sql, ')');
	}
	if (fact_has(fact, "tablespace"))
		sbuf_addf(sql, "\nTABLESPACE %s", fact_text(fact, "tablespace"));
}

/*
 * Whether the table becomes a child only after it has been created: it has all columns
 * by itself (column.sql), in an order that INHERITS would not give.
 */
static bool
inherits_later(const struct unit *unit)
{
	const struct fact *column;
	size_t columns = 0;

	for (size_t at = 0; (column = unit_part(unit, unit->fact->id, "column", &at)); columns++)
		if (!fact_has(column, "position"))
			return false;
	return columns > 0;
}

static void
inherits_write(struct sbuf *sql, const struct unit *unit)
{
	size_t count;
	const char **inherits = fact_list(unit->fact, "inherits", &count);

	if (!count || inherits_later(unit))
		return;
	sbuf_adds(sql, "\nINHERITS (");
	list_write(sql, inherits, count);
	sbuf_addc(sql, ')');
}

void
replica_identity_write(struct script *script, const struct fact *fact)
{
	const char *identity = fact_text(fact, "replica_identity");

	if (identity)
		script_add(script, "ALTER TABLE ONLY %s REPLICA IDENTITY %s", id_name(fact->id), identity);
}

static void
table_extras(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact, *part;
	const char *name = id_name(fact->id);
	size_t count;
	const char **inherits = fact_list(fact, "inherits", &count);

	for (size_t i = 0; i < count && inherits_later(unit); i++)
		script_add(script, "ALTER TABLE %s INHERIT %s", name, inherits[i]);
	for (size_t at = 0; (part = unit_part(unit, fact->id, "column", &at));)
		column_extras(script, unit, part);
	for (size_t at = 0; (part = unit_part(unit, fact->id, "constraint", &at));)
		constraint_extras(script, part);
	replica_identity_write(script, fact);
	if (fact_has(fact, "row_security"))
		script_add(script, "ALTER TABLE %s ENABLE ROW LEVEL SECURITY", name);
	if (fact_has(fact, "force_row_security"))
		script_add(script, "ALTER TABLE ONLY %s FORCE ROW LEVEL SECURITY", name);
}

static void
table_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	const struct fact *partition = inline_partition(unit);
	struct sbuf *sql = script_next(script);
	const char *clause = "\n";

	sbuf_addf(sql, "CREATE %sTABLE %s", fact_has(fact, "unlogged") ? "UNLOGGED " : "", id_name(fact->id));
	if (fact_has(fact, "of_type"))
		sbuf_addf(sql, " OF %s", fact_text(fact, "of_type"));
	if (partition)
		sbuf_addf(sql, " PARTITION OF %s", fact_text(partition, "parent"));
	if (!elements_write(sql, unit) && partition)
		clause = fact_is(partition, "bound", "DEFAULT") ? " " : "\n    ";
	if (partition)
		sbuf_addf(sql, "%s%s", clause, fact_text(partition, "bound"));
	inherits_write(sql, unit);
	if (fact_has(fact, "partition_key"))
		sbuf_addf(sql, "%sPARTITION BY %s", clause, fact_text(fact, "partition_key"));
	storage_write(sql, fact);
	table_extras(script, unit);
}

const struct rule table_rule = {
	.kind = "table", .words = "TABLE", .directory = "tables", .rank = RANK_TABLE,
	.create = table_create,
	.changes = table_changes, .spaces = "rt",
	.lock = "ACCESS EXCLUSIVE", .drop_hazard = "drop-table", .replace_hazard = "table-recreated",
	.drop_loses = true,
};

static void
foreign_table_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf *sql = script_next(script);
	size_t count;
	const char **options = fact_list(fact, "fdw_options", &count);

	sbuf_addf(sql, "CREATE FOREIGN TABLE %s", id_name(fact->id));
	elements_write(sql, unit);
	inherits_write(sql, unit);
	sbuf_addf(sql, "\nSERVER %s", fact_text(fact, "server"));
	if (count) {
		sbuf_adds(sql, "\nOPTIONS (");
		fdw_options_write(sql, options, count);
		sbuf_addc(sql, ')');
	}
	table_extras(script, unit);
}

const struct rule foreign_table_rule = {
	.kind = "foreign_table", .words = "FOREIGN TABLE", .directory = "foreign_tables", .rank = RANK_TABLE,
	.create = foreign_table_create,
	.changes = foreign_table_changes, .spaces = "rt",
	.lock = "ACCESS EXCLUSIVE", .drop_hazard = "drop-object", .replace_hazard = "",
};
