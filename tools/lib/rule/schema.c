/* Schemas and extensions. */
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"

static void
schema_create(struct script *script, const struct unit *unit)
{
	/* `public` is there in every new database. */
	script_add(script, "CREATE SCHEMA IF NOT EXISTS %s", id_name(unit->fact->id));
}

const struct rule schema_rule = {
	.kind = "schema", .words = "SCHEMA", .directory = "infra", .consolidated = true, .infra = true,
	.rank = RANK_SCHEMA,
	.create = schema_create,
	.holds = true,
};

static void
extension_create(struct script *script, const struct unit *unit)
{
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE EXTENSION IF NOT EXISTS %s", id_name(unit->fact->id));
	if (fact_has(unit->fact, "schema"))
		sbuf_addf(sql, " WITH SCHEMA %s", fact_text(unit->fact, "schema"));
}

const struct rule extension_rule = {
	.kind = "extension", .words = "EXTENSION", .directory = "infra", .consolidated = true, .infra = true,
	.rank = RANK_EXTENSION,
	.create = extension_create,
	.changes = extension_changes,
};
