/* Operators, operator families and classes, access methods. */
#include "rule/layout.h"
#include "rule/rules.h"

#include <string.h>

/*
 * A commutator or negator that is not there yet is declared by being named,
 * and filled in when it is created. It stands in the operator that names it, which does not take it along.
 */
static enum fold
operator_fold(const struct fact *fact)
{
	return fact_has(fact, "declared") && id_is(fact->in, "operator") ? FOLD_MUST : FOLD_NEVER;
}

static bool
operator_declared(const struct fact *fact)
{
	return fact_has(fact, "declared");
}

static void
operator_create(struct script *script, const struct unit *unit)
{
	static const struct parameter parameters[] = {
		{ "function", "FUNCTION", PARAMETER_PLAIN },
		{ "leftarg", "LEFTARG", PARAMETER_PLAIN },
		{ "rightarg", "RIGHTARG", PARAMETER_PLAIN },
		{ "commutator", "COMMUTATOR", PARAMETER_PLAIN },
		{ "negator", "NEGATOR", PARAMETER_PLAIN },
		{ "restrict", "RESTRICT", PARAMETER_PLAIN },
		{ "join", "JOIN", PARAMETER_PLAIN },
		{ "hashes", "HASHES", PARAMETER_FLAG },
		{ "merges", "MERGES", PARAMETER_FLAG },
		{ 0 },
	};
	struct items items = ITEMS_INIT;
	size_t length;
	const char *name = routine_name(unit->fact->id, &length);
	struct sbuf *sql;

	if (fact_has(unit->fact, "declared"))
		return;
	sql = script_next(script);
	sbuf_addf(sql, "CREATE OPERATOR %.*s ", (int)length, name);
	parameters_add(&items, parameters, unit->fact);
	items_write(sql, &items);
}

const struct rule operator_rule = {
	.kind = "operator", .words = "OPERATOR", .directory = "operators", .rank = RANK_OPERATOR,
	.fold = operator_fold, .create = operator_create, .apart = operator_declared, .with_parent = operator_declared,
};

/* A line for each item of the list, behind those before. */
static void
lines_write(struct sbuf *sql, const struct fact *fact, const char *key, bool *open)
{
	size_t count;
	const char **list = fact_list(fact, key, &count);

	for (size_t i = 0; i < count; i++) {
		sbuf_addf(sql, "%s\n    %s", *open ? "," : "", list[i]);
		*open = true;
	}
}

static void
operator_family_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf *sql;
	bool open = false;

	script_add(script, "CREATE OPERATOR FAMILY %s", id_name(fact->id));
	if (!fact_has(fact, "operators") && !fact_has(fact, "functions"))
		return;
	sql = script_next(script);
	sbuf_addf(sql, "ALTER OPERATOR FAMILY %s ADD", id_name(fact->id));
	lines_write(sql, fact, "operators", &open);
	lines_write(sql, fact, "functions", &open);
}

const struct rule operator_family_rule = {
	.kind = "operator_family", .words = "OPERATOR FAMILY", .directory = "operators",
	.rank = RANK_OPERATOR_FAMILY, .create = operator_family_create,
};

static void
operator_class_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	const char *name = id_name(fact->id), *method = fact_text(fact, "access_method");
	int length = (int)(strlen(name) - strlen(" USING ") - strlen(method));
	struct sbuf *sql = script_next(script);
	bool open = false;

	sbuf_addf(sql, "CREATE OPERATOR CLASS %.*s\n", length, name);
	sbuf_addf(sql, "%sFOR TYPE %s USING %s", fact_has(fact, "default") ? "DEFAULT " : "",
	          fact_text(fact, "type"), method);
	/* Even where it has the class's name: else the class would make it, and that only once. */
	if (fact_has(fact, "family"))
		sbuf_addf(sql, " FAMILY %s", fact_text(fact, "family"));
	else
		sbuf_addf(sql, " FAMILY %.*s", length, name);
	sbuf_adds(sql, " AS");
	lines_write(sql, fact, "operators", &open);
	lines_write(sql, fact, "functions", &open);
	/* Something must stand there, if only what it is anyway. */
	if (fact_has(fact, "storage") || !open)
		sbuf_addf(sql, "%s\n    STORAGE %s", open ? "," : "",
		          fact_text(fact, fact_has(fact, "storage") ? "storage" : "type"));
}

const struct rule operator_class_rule = {
	.kind = "operator_class", .words = "OPERATOR CLASS", .directory = "operators",
	.rank = RANK_OPERATOR_FAMILY, .create = operator_class_create,
};

static void
access_method_create(struct script *script, const struct unit *unit)
{
	script_add(script, "CREATE ACCESS METHOD %s TYPE %s HANDLER %s", id_name(unit->fact->id),
	           fact_text(unit->fact, "type"), fact_text(unit->fact, "handler"));
}

const struct rule access_method_rule = {
	.kind = "access_method", .words = "ACCESS METHOD", .directory = "access_methods",
	.rank = RANK_ACCESS_METHOD, .create = access_method_create,
};
