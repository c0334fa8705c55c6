/* Types: enumerated, domains, composite, ranges, base types, declared ones. */
#include "rule/layout.h"
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"

#include <string.h>

static enum fold
fold_must(const struct fact *fact)
{
	(void)fact;
	return FOLD_MUST;
}

/* -------------------------------------------------------------------- enum */

static void
enum_create(struct script *script, const struct unit *unit)
{
	struct sbuf *sql = script_next(script);
	struct items items = ITEMS_INIT;
	size_t count;
	const char **labels = fact_list(unit->fact, "labels", &count);

	sbuf_addf(sql, "CREATE TYPE %s AS ENUM ", id_name(unit->fact->id));
	for (size_t i = 0; i < count; i++)
		quote_literal(items_next(&items), labels[i]);
	items_write(sql, &items);
}

const struct rule enum_rule = {
	.kind = "enum", .words = "TYPE", .directory = "enums", .rank = RANK_TYPE,
	.create = enum_create,
	.changes = enum_changes, .spaces = "t", .stands_aside = true,
};

/* ------------------------------------------------------------------ domain */

static void
domain_constraint_write(struct sbuf *sql, const struct fact *fact)
{
	sbuf_addf(sql, "CONSTRAINT %s %s", name_last_part(id_name(fact->id)), fact_text(fact, "definition"));
}

static void
domain_constraint_create(struct script *script, const struct unit *unit)
{
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "ALTER DOMAIN %s ADD ", id_name(unit->fact->in));
	domain_constraint_write(sql, unit->fact);
	if (fact_has(unit->fact, "not_valid"))
		sbuf_adds(sql, " NOT VALID");
	else if (script->existing)
		script_note(script, STATEMENT_SCANS, NULL, "domain-scan");
}

/* A default may call what needs the domain: then it is set when that is there. */
static enum shell
domain_shell(const struct fact *fact)
{
	return fact_has(fact, "default") ? SHELL_SIGNATURE : SHELL_NONE;
}

static void
domain_complete(struct script *script, const struct unit *unit)
{
	const struct fact *part;

	script_add(script, "ALTER DOMAIN %s SET DEFAULT %s", id_name(unit->fact->id),
	           fact_text(unit->fact, "default"));
	for (size_t at = 0; (part = unit_part(unit, unit->fact->id, "domain_constraint", &at));)
		domain_constraint_create(script, &(struct unit){ .fact = part });
}

static void
domain_empty(struct script *script, const struct unit *unit)
{
	const struct fact *part;

	script_add(script, "ALTER DOMAIN %s DROP DEFAULT", id_name(unit->fact->id));
	for (size_t at = 0; (part = unit_part(unit, unit->fact->id, "domain_constraint", &at));)
		fact_drop(script, part);
}

/* The name that the server would choose (from 17 on), if the domain's predecessor had not got it still. */
static void
usual_constraint_write(struct sbuf *sql, const struct fact *domain)
{
	struct arena arena = ARENA_INIT;
	const char *name = name_last_part(id_name(domain->id)), *plain = identifier_plain(&arena, name, strlen(name));

	sbuf_adds(sql, "CONSTRAINT ");
	quote_identifier(sql, arena_printf(&arena, "%.*s_not_null", (int)utf8_fit(plain, 63 - strlen("_not_null")), plain));
	sbuf_addc(sql, ' ');
	arena_release(&arena);
}

static void
domain_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact, *part;
	struct sbuf *sql;

	if (fact_has(fact, "shelled") && fact_has(fact, "shell")) {
		domain_empty(script, unit);
		return;
	}
	if (fact_has(fact, "shelled")) {
		domain_complete(script, unit);
		return;
	}
	sql = script_next(script);
	sbuf_addf(sql, "CREATE DOMAIN %s AS %s", id_name(fact->id), fact_text(fact, "type"));
	if (fact_has(fact, "collation"))
		sbuf_addf(sql, "\n    COLLATE %s", fact_text(fact, "collation"));
	if (fact_has(fact, "default") && !fact_has(fact, "shell"))
		sbuf_addf(sql, "\n    DEFAULT %s", fact_text(fact, "default"));
	if (fact_has(fact, "not_null")) {
		sbuf_adds(sql, "\n    ");
		if (fact_has(fact, "beside"))
			usual_constraint_write(sql, fact);
		sbuf_adds(sql, "NOT NULL");
	}
	for (size_t at = 0; (part = unit_part(unit, fact->id, "domain_constraint", &at));) {
		sbuf_adds(sql, "\n    ");
		domain_constraint_write(sql, part);
	}
}

const struct rule domain_rule = {
	.kind = "domain", .words = "DOMAIN", .directory = "domains", .rank = RANK_TYPE,
	.shell = domain_shell, .create = domain_create,
	.changes = domain_changes, .spaces = "t", .stands_aside = true,
};

static enum fold
domain_constraint_fold(const struct fact *fact)
{
	return fact_has(fact, "not_valid") ? FOLD_NEVER : FOLD_MAY;
}

static void
domain_constraint_drop(struct script *script, const struct fact *fact)
{
	script_add(script, "ALTER DOMAIN %s DROP CONSTRAINT %s", id_name(fact->in),
	           name_last_part(id_name(fact->id)));
}

static void
domain_constraint_rename(struct script *script, const struct fact *fact, const char *name)
{
	script_add(script, "ALTER DOMAIN %s RENAME CONSTRAINT %s TO %s", id_name(fact->in),
	           name_last_part(id_name(fact->id)), name);
}

const struct rule domain_constraint_rule = {
	.kind = "domain_constraint", .words = "CONSTRAINT", .rank = RANK_CONSTRAINT,
	.named_on_parent = true, .parent_words = "DOMAIN", .fold = domain_constraint_fold,
	.create = domain_constraint_create, .drop = domain_constraint_drop, .rename = domain_constraint_rename,
	.changes = domain_constraint_changes,
};

/* --------------------------------------------------------------- composite */

static void
attribute_write(struct sbuf *sql, const struct fact *fact)
{
	sbuf_addf(sql, "%s %s", name_last_part(id_name(fact->id)), fact_text(fact, "type"));
	if (fact_has(fact, "collation"))
		sbuf_addf(sql, " COLLATE %s", fact_text(fact, "collation"));
}

static void
type_create(struct script *script, const struct unit *unit)
{
	struct sbuf *sql = script_next(script);
	struct items items = ITEMS_INIT;
	const struct fact *part;

	sbuf_addf(sql, "CREATE TYPE %s AS ", id_name(unit->fact->id));
	for (size_t at = 0; (part = unit_part(unit, unit->fact->id, "attribute", &at));)
		attribute_write(items_next(&items), part);
	items_write(sql, &items);
}

const struct rule type_rule = {
	.kind = "type", .words = "TYPE", .directory = "types", .rank = RANK_TYPE,
	.create = type_create,
	.spaces = "tr", .stands_aside = true,
};

/* An attribute for a type that is there already; CASCADE is for the tables of that type, and nothing else. */
static void
attribute_create(struct script *script, const struct unit *unit)
{
	struct sbuf *sql = script_next(script);

	sbuf_addf(sql, "ALTER TYPE %s ADD ATTRIBUTE ", id_name(unit->fact->in));
	attribute_write(sql, unit->fact);
	sbuf_adds(sql, " CASCADE");
}

static void
attribute_drop(struct script *script, const struct fact *fact)
{
	script_add(script, "ALTER TYPE %s DROP ATTRIBUTE %s CASCADE", id_name(fact->in),
	           name_last_part(id_name(fact->id)));
}

static void
attribute_rename(struct script *script, const struct fact *fact, const char *name)
{
	script_add(script, "ALTER TYPE %s RENAME ATTRIBUTE %s TO %s", id_name(fact->in),
	           name_last_part(id_name(fact->id)), name);
}

const struct rule attribute_rule = {
	.kind = "attribute", .words = "COLUMN", .rank = RANK_COLUMN, .fold = fold_must,
	.create = attribute_create, .drop = attribute_drop, .rename = attribute_rename,
	.changes = attribute_changes, .with_parent = rides,
};

/* ------------------------------------------------------ ranges, base types */

/* What a type is called as long as only its functions need it. */
static enum shell
type_shell(const struct fact *fact)
{
	(void)fact;
	return SHELL_NAME;
}

/* Writes CREATE TYPE name; false when that is all that is wanted. */
static bool
type_begin(struct sbuf *sql, const struct fact *fact)
{
	sbuf_addf(sql, "CREATE TYPE %s", id_name(fact->id));
	return !fact_has(fact, "shell");
}

static void
range_create(struct script *script, const struct unit *unit)
{
	static const struct parameter parameters[] = {
		{ "subtype", "SUBTYPE", PARAMETER_PLAIN },
		{ "subtype_opclass", "SUBTYPE_OPCLASS", PARAMETER_PLAIN },
		{ "collation", "COLLATION", PARAMETER_PLAIN },
		{ "canonical", "CANONICAL", PARAMETER_PLAIN },
		{ "subtype_diff", "SUBTYPE_DIFF", PARAMETER_PLAIN },
		{ 0 },
	};
	struct sbuf *sql = script_next(script);
	struct items items = ITEMS_INIT;

	if (!type_begin(sql, unit->fact))
		return;
	sbuf_adds(sql, " AS RANGE ");
	parameters_add(&items, parameters, unit->fact);
	if (fact_has(unit->fact, "multirange_type_name") && !fact_has(unit->fact, "usual_multirange_type_name"))
		sbuf_addf(items_next(&items), "MULTIRANGE_TYPE_NAME = %s", fact_text(unit->fact, "multirange_type_name"));
	items_write(sql, &items);
}

/* A type and its functions need each other: they go with it. Nothing else is left that needs it. */
static void
type_drop(struct script *script, const struct fact *fact)
{
	bool alone = id_is(fact->id, "range") && !fact_has(fact, "canonical");

	script_add(script, "DROP TYPE %s%s", id_name(fact->id), alone ? "" : " CASCADE");
}

const struct rule range_rule = {
	.kind = "range", .words = "TYPE", .directory = "types", .rank = RANK_TYPE,
	.shell = type_shell, .create = range_create, .drop = type_drop,
	.spaces = "t",
};

static void
base_type_create(struct script *script, const struct unit *unit)
{
	static const struct parameter parameters[] = {
		{ "input", "INPUT", PARAMETER_PLAIN },
		{ "output", "OUTPUT", PARAMETER_PLAIN },
		{ "receive", "RECEIVE", PARAMETER_PLAIN },
		{ "send", "SEND", PARAMETER_PLAIN },
		{ "typmod_in", "TYPMOD_IN", PARAMETER_PLAIN },
		{ "typmod_out", "TYPMOD_OUT", PARAMETER_PLAIN },
		{ "analyze", "ANALYZE", PARAMETER_PLAIN },
		{ "subscript", "SUBSCRIPT", PARAMETER_PLAIN },
		{ "internallength", "INTERNALLENGTH", PARAMETER_PLAIN },
		{ "passedbyvalue", "PASSEDBYVALUE", PARAMETER_FLAG },
		{ "alignment", "ALIGNMENT", PARAMETER_PLAIN },
		{ "storage", "STORAGE", PARAMETER_PLAIN },
		{ "category", "CATEGORY", PARAMETER_LITERAL },
		{ "preferred", "PREFERRED = true", PARAMETER_FLAG },
		{ "default", "DEFAULT", PARAMETER_PLAIN },
		{ "element", "ELEMENT", PARAMETER_PLAIN },
		{ "delimiter", "DELIMITER", PARAMETER_LITERAL },
		{ "collatable", "COLLATABLE = true", PARAMETER_FLAG },
		{ 0 },
	};
	struct sbuf *sql = script_next(script);
	struct items items = ITEMS_INIT;

	if (!type_begin(sql, unit->fact))
		return;
	sbuf_addc(sql, ' ');
	parameters_add(&items, parameters, unit->fact);
	items_write(sql, &items);
}

const struct rule base_type_rule = {
	.kind = "base_type", .words = "TYPE", .directory = "types", .rank = RANK_TYPE,
	.shell = type_shell, .create = base_type_create, .drop = type_drop,
	.spaces = "t",
};

static void
shell_type_create(struct script *script, const struct unit *unit)
{
	type_begin(script_next(script), unit->fact);
}

const struct rule shell_type_rule = {
	.kind = "shell_type", .words = "TYPE", .directory = "types", .rank = RANK_TYPE,
	.create = shell_type_create,
	.spaces = "t",
};
