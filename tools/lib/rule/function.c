/* Functions, procedures, aggregates. */
#include "rule/changes.h"
#include "rule/layout.h"
#include "rule/rules.h"

#include "pg/quote.h"
#include "pg/setting.h"

#include <string.h>

const char *
routine_name(const char *id, size_t *length)
{
	const char *name = id_name(id);

	*length = (size_t)(identifier_end(name_last_part(name)) - name);
	return name;
}

static void
signature_write(struct sbuf *sql, const struct fact *fact)
{
	size_t length;
	const char *name = routine_name(fact->id, &length);
	struct items items = ITEMS_INIT;

	sbuf_addf(sql, "%.*s", (int)length, name);
	items_add_list(&items, fact, "arguments");
	items_write(sql, &items);
	if (fact_has(fact, "result"))
		sbuf_addf(sql, "\nRETURNS %s", fact_text(fact, "result"));
	if (fact_has(fact, "result_table")) {
		sbuf_adds(sql, "\nRETURNS TABLE ");
		items_add_list(&items, fact, "result_table");
		items_write(sql, &items);
	}
}

/* LANGUAGE and all that follows up to the body. */
static void
attributes_write(struct sbuf *sql, const struct fact *fact)
{
	static const struct {
		const char *key, *format;
	} words[] = {
		{ "window", " WINDOW" },
		{ "volatility", " %s" },
		{ "strict", " STRICT" },
		{ "leakproof", " LEAKPROOF" },
		{ "security_definer", " SECURITY DEFINER" },
		{ "parallel", " PARALLEL %s" },
		{ "cost", " COST %s" },
		{ "rows", " ROWS %s" },
		{ "support", " SUPPORT %s" },
	};
	size_t count, start;
	const char **list = fact_list(fact, "transforms", &count);

	sbuf_addf(sql, "\nLANGUAGE %s", fact_text(fact, "language"));
	for (size_t i = 0; i < count; i++)
		sbuf_addf(sql, "%s FOR TYPE %s", i ? "," : "\nTRANSFORM", list[i]);
	start = sql->length;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (fact_has(fact, words[i].key))
			sbuf_addf(sql, words[i].format, fact_text(fact, words[i].key));
	if (sql->length > start)
		sql->text[start] = '\n';
	list = fact_list(fact, "settings", &count);
	for (size_t i = 0; i < count; i++) {
		sbuf_adds(sql, "\nSET ");
		setting_write(sql, list[i]);
	}
}

static void
body_write(struct sbuf *sql, const struct fact *fact)
{
	if (fact_has(fact, "sql_body")) {
		sbuf_addf(sql, "\n%s", fact_text(fact, "sql_body"));
		return;
	}
	sbuf_adds(sql, "\nAS ");
	if (fact_has(fact, "object_file")) {
		quote_literal(sql, fact_text(fact, "object_file"));
		if (fact_has(fact, "link_symbol")) {
			sbuf_adds(sql, ", ");
			quote_literal(sql, fact_text(fact, "link_symbol"));
		}
	} else if (fact_is(fact, "language", "internal")) {
		quote_literal(sql, fact_text(fact, "body"));
	} else {
		quote_dollar(sql, fact_text(fact, "body"));
	}
}

/*
 * A body in standard SQL needs what it names. Where that needs the function, it
 * gets a body first that is no SQL at all: it can be called by nobody yet, and
 * bodies in strings are not checked (rule/preamble.h).
 */
static enum shell
function_shell(const struct fact *fact)
{
	return fact_has(fact, "sql_body") ? SHELL_SIGNATURE : SHELL_NONE;
}

static void
routine_create(struct script *script, const struct fact *fact, const char *words)
{
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "CREATE %s%s ", fact_has(fact, "shelled") ? "OR REPLACE " : "", words);
	signature_write(sql, fact);
	attributes_write(sql, fact);
	if (fact_has(fact, "shell"))
		sbuf_adds(sql, "\nAS ''");
	else
		body_write(sql, fact);
}

static void
function_create(struct script *script, const struct unit *unit)
{
	routine_create(script, unit->fact, "FUNCTION");
}

const struct rule function_rule = {
	.kind = "function", .words = "FUNCTION", .directory = "functions", .rank = RANK_FUNCTION,
	.shell = function_shell, .create = function_create,
	.changes = routine_changes, .spaces = "f",
	.drop_hazard = "drop-object", .replace_hazard = "",
};

static void
procedure_create(struct script *script, const struct unit *unit)
{
	routine_create(script, unit->fact, "PROCEDURE");
}

const struct rule procedure_rule = {
	.kind = "procedure", .words = "PROCEDURE", .directory = "procedures", .rank = RANK_FUNCTION,
	.shell = function_shell, .create = procedure_create,
	.changes = routine_changes, .spaces = "f",
	.drop_hazard = "drop-object", .replace_hazard = "",
};

static void
aggregate_create(struct script *script, const struct unit *unit)
{
	static const struct parameter parameters[] = {
		{ "sfunc", "SFUNC", PARAMETER_PLAIN },
		{ "stype", "STYPE", PARAMETER_PLAIN },
		{ "sspace", "SSPACE", PARAMETER_PLAIN },
		{ "finalfunc", "FINALFUNC", PARAMETER_PLAIN },
		{ "finalfunc_extra", "FINALFUNC_EXTRA", PARAMETER_FLAG },
		{ "finalfunc_modify", "FINALFUNC_MODIFY", PARAMETER_PLAIN },
		{ "combinefunc", "COMBINEFUNC", PARAMETER_PLAIN },
		{ "serialfunc", "SERIALFUNC", PARAMETER_PLAIN },
		{ "deserialfunc", "DESERIALFUNC", PARAMETER_PLAIN },
		{ "initcond", "INITCOND", PARAMETER_LITERAL },
		{ "msfunc", "MSFUNC", PARAMETER_PLAIN },
		{ "minvfunc", "MINVFUNC", PARAMETER_PLAIN },
		{ "mstype", "MSTYPE", PARAMETER_PLAIN },
		{ "msspace", "MSSPACE", PARAMETER_PLAIN },
		{ "mfinalfunc", "MFINALFUNC", PARAMETER_PLAIN },
		{ "mfinalfunc_extra", "MFINALFUNC_EXTRA", PARAMETER_FLAG },
		{ "mfinalfunc_modify", "MFINALFUNC_MODIFY", PARAMETER_PLAIN },
		{ "minitcond", "MINITCOND", PARAMETER_LITERAL },
		{ "sortop", "SORTOP", PARAMETER_PLAIN },
		{ "parallel", "PARALLEL", PARAMETER_PLAIN },
		{ "hypothetical", "HYPOTHETICAL", PARAMETER_FLAG },
		{ 0 },
	};
	const struct fact *fact = unit->fact;
	struct sbuf *sql = script_next(script);
	struct items items = ITEMS_INIT;
	size_t length;
	const char *name = routine_name(fact->id, &length);
	const char *arguments = fact_text(fact, "arguments");

	sbuf_addf(sql, "CREATE AGGREGATE %.*s(%s) ", (int)length, name, arguments ? arguments : "*");
	parameters_add(&items, parameters, fact);
	items_write(sql, &items);
}

const struct rule aggregate_rule = {
	.kind = "aggregate", .words = "AGGREGATE", .directory = "aggregates", .rank = RANK_AGGREGATE,
	.create = aggregate_create,
	.spaces = "f", .drop_hazard = "drop-object", .replace_hazard = "",
};
