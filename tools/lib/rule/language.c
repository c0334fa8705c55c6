/* Languages and transforms for them; casts; collations; conversions. */
#include "rule/layout.h"
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"

static void
language_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE %sLANGUAGE %s HANDLER %s", fact_has(fact, "trusted") ? "TRUSTED " : "",
	          id_name(fact->id), fact_text(fact, "handler"));
	if (fact_has(fact, "inline"))
		sbuf_addf(sql, " INLINE %s", fact_text(fact, "inline"));
	if (fact_has(fact, "validator"))
		sbuf_addf(sql, " VALIDATOR %s", fact_text(fact, "validator"));
}

const struct rule language_rule = {
	.kind = "language", .words = "LANGUAGE", .directory = "languages", .rank = RANK_LANGUAGE,
	.create = language_create,
};

static void
transform_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	const char *from = fact_text(fact, "from_sql"), *to = fact_text(fact, "to_sql");
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE TRANSFORM %s (", id_name(fact->id));
	if (from)
		sbuf_addf(sql, "\n    FROM SQL WITH FUNCTION %s%s", from, to ? "," : "");
	if (to)
		sbuf_addf(sql, "\n    TO SQL WITH FUNCTION %s", to);
	sbuf_adds(sql, "\n)");
}

const struct rule transform_rule = {
	.kind = "transform", .words = "TRANSFORM", .directory = "transforms", .rank = RANK_TRANSFORM,
	.create = transform_create,
};

static void
cast_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE CAST %s ", id_name(fact->id));
	if (fact_has(fact, "function"))
		sbuf_addf(sql, "WITH FUNCTION %s", fact_text(fact, "function"));
	else
		sbuf_adds(sql, fact_has(fact, "inout") ? "WITH INOUT" : "WITHOUT FUNCTION");
	if (fact_has(fact, "context"))
		sbuf_addf(sql, " AS %s", fact_text(fact, "context"));
}

const struct rule cast_rule = {
	.kind = "cast", .words = "CAST", .directory = "casts", .rank = RANK_CAST,
	.create = cast_create,
};

static void
collation_create(struct script *script, const struct unit *unit)
{
	static const struct parameter parameters[] = {
		{ "provider", "PROVIDER", PARAMETER_PLAIN },
		{ "locale", "LOCALE", PARAMETER_LITERAL },
		{ "lc_collate", "LC_COLLATE", PARAMETER_LITERAL },
		{ "lc_ctype", "LC_CTYPE", PARAMETER_LITERAL },
		{ "rules", "RULES", PARAMETER_LITERAL },
		{ "nondeterministic", "DETERMINISTIC = false", PARAMETER_FLAG },
		{ 0 },
	};
	struct sbuf *sql = script_next(script);
	struct items items = ITEMS_INIT;

	sbuf_addf(sql, "CREATE COLLATION %s ", id_name(unit->fact->id));
	parameters_add(&items, parameters, unit->fact);
	items_write(sql, &items);
}

const struct rule collation_rule = {
	.kind = "collation", .words = "COLLATION", .directory = "collations", .rank = RANK_COLLATION,
	.create = collation_create,
	.stands_aside = true,
};

static void
conversion_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE %sCONVERSION %s FOR ", fact_has(fact, "default") ? "DEFAULT " : "",
	          id_name(fact->id));
	quote_literal(sql, fact_text(fact, "source"));
	sbuf_adds(sql, " TO ");
	quote_literal(sql, fact_text(fact, "destination"));
	sbuf_addf(sql, " FROM %s", fact_text(fact, "function"));
}

const struct rule conversion_rule = {
	.kind = "conversion", .words = "CONVERSION", .directory = "conversions",
	.rank = RANK_CONVERSION, .create = conversion_create,
};
