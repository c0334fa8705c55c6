/* Publications, what they publish, and subscriptions. */
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"

#include <string.h>

static void
publication_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf options = SBUF_INIT, *sql = script_next(script);
	const char *publish = fact_text(fact, "publish");
	const char *columns = fact_text(fact, "publish_generated_columns");

	if (publish)
		sbuf_addf(&options, ", publish = '%s'", publish);
	if (columns)
		sbuf_addf(&options, ", publish_generated_columns = %s", columns);
	if (fact_has(fact, "publish_via_partition_root"))
		sbuf_adds(&options, ", publish_via_partition_root = true");
	sbuf_addf(sql, "CREATE PUBLICATION %s", id_name(fact->id));
	if (fact_has(fact, "all_tables"))
		sbuf_adds(sql, " FOR ALL TABLES");
	if (options.length)
		sbuf_addf(sql, " WITH (%s)", options.text + strlen(", "));
	sbuf_release(&options);
}

const struct rule publication_rule = {
	.kind = "publication", .words = "PUBLICATION", .directory = "publications", .rank = RANK_PUBLICATION,
	.create = publication_create,
	.changes = publication_changes,
};

static void
publication_table_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	const char *filter = fact_text(fact, "filter");
	size_t count;
	const char **columns = fact_list(fact, "columns", &count);
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "ALTER PUBLICATION %s ADD TABLE ONLY %s", id_name(fact->in), fact_text(fact, "table"));
	if (count) {
		sbuf_adds(sql, " (");
		list_write(sql, columns, count);
		sbuf_addc(sql, ')');
	}
	if (filter)
		sbuf_addf(sql, " WHERE (%s)", filter);
}

static void
publication_table_drop(struct script *script, const struct fact *fact)
{
	script_add(script, "ALTER PUBLICATION %s DROP TABLE ONLY %s", id_name(fact->in),
	           fact_text(fact, "table"));
}

const struct rule publication_table_rule = {
	.kind = "publication_table", .rank = RANK_PUBLICATION,
	.create = publication_table_create, .drop = publication_table_drop,
};

static void
publication_schema_create(struct script *script, const struct unit *unit)
{
	script_add(script, "ALTER PUBLICATION %s ADD TABLES IN SCHEMA %s", id_name(unit->fact->in),
	           fact_text(unit->fact, "schema"));
}

static void
publication_schema_drop(struct script *script, const struct fact *fact)
{
	script_add(script, "ALTER PUBLICATION %s DROP TABLES IN SCHEMA %s", id_name(fact->in),
	           fact_text(fact, "schema"));
}

const struct rule publication_schema_rule = {
	.kind = "publication_schema", .rank = RANK_PUBLICATION,
	.create = publication_schema_create, .drop = publication_schema_drop,
};

/* Never connected: nothing is copied, and no slot is made or given up elsewhere. */
static void
subscription_create(struct script *script, const struct unit *unit)
{
	static const char *const options[] = { "slot_name", "synchronous_commit", "streaming", "origin" };
	static const char *const switches[][2] = {
		{ "binary", ", binary = true" },
		{ "two_phase", ", two_phase = true" },
		{ "disable_on_error", ", disable_on_error = true" },
		{ "no_password_required", ", password_required = false" },
		{ "run_as_owner", ", run_as_owner = true" },
		{ "failover", ", failover = true" },
	};
	const struct fact *fact = unit->fact;
	size_t count;
	const char **publications = fact_list(fact, "publications", &count);
	const char *connection = fact_text(fact, "connection");
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE SUBSCRIPTION %s CONNECTION ", id_name(fact->id));
	quote_literal(sql, connection ? connection : "");
	sbuf_adds(sql, " PUBLICATION ");
	list_write(sql, publications, count);
	sbuf_adds(sql, " WITH (connect = false");
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (fact_has(fact, options[i])) {
			sbuf_addf(sql, ", %s = ", options[i]);
			quote_literal(sql, fact_text(fact, options[i]));
		}
	for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
		if (fact_has(fact, switches[i][0]))
			sbuf_adds(sql, switches[i][1]);
	sbuf_addc(sql, ')');
}

/* Without a connection to the other server, which would be asked to drop the slot. */
static void
subscription_drop(struct script *script, const struct fact *fact)
{
	const char *name = id_name(fact->id);

	if (!fact_is(fact, "slot_name", "none")) {
		script_add(script, "ALTER SUBSCRIPTION %s DISABLE", name);
		script_add(script, "ALTER SUBSCRIPTION %s SET (slot_name = NONE)", name);
	}
	script_add(script, "DROP SUBSCRIPTION %s", name);
	script_note(script, 0, NULL, "slot-left");
}

const struct rule subscription_rule = {
	.kind = "subscription", .words = "SUBSCRIPTION", .directory = "subscriptions",
	.rank = RANK_SUBSCRIPTION, .create = subscription_create, .drop = subscription_drop,
	.changes = subscription_changes,
};
