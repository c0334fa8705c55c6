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
	.drop_hazard = "drop-extension", .drop_loses = true,
};

static void
depends_write(struct script *script, const struct fact *fact, const char *verb)
{
	struct sbuf *sql = script_next(script);

	sbuf_adds(sql, "ALTER ");
	object_write(sql, fact->in);
	sbuf_addf(sql, " %s EXTENSION %s", verb, fact_text(fact, "extension"));
}

static void
depends_create(struct script *script, const struct unit *unit)
{
	depends_write(script, unit->fact, "DEPENDS ON");
}

static void
depends_drop(struct script *script, const struct fact *fact)
{
	depends_write(script, fact, "NO DEPENDS ON");
}

const struct rule extension_dependency_rule = {
	.kind = "extension_dependency", .rank = RANK_ABOUT, .follows = true,
	.create = depends_create, .drop = depends_drop,
};
