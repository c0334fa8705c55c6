/* How types, views, functions, triggers, policies and what is said of objects change in place. */
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"

#include <string.h>

static bool
differs(const struct alter *alter, const char *key)
{
	return !value_equal(fact_value(alter->old, key), fact_value(alter->new, key));
}

/* CREATE OR REPLACE */
static void
create_again(const struct alter *alter)
{
	struct arena arena = ARENA_INIT;
	struct fact *fact = fact_marked(&arena, alter->new, "shelled");

	rule_of(fact->id)->create(alter->script, &(struct unit){ fact, NULL, 0 });
	arena_release(&arena);
}

/* ------------------------------------------------------------------- types */

/* New labels at their places; none can leave, and none can move. */
static bool
labels_alter(const struct alter *alter)
{
	size_t old_count, new_count, at = 0;
	const char **old = fact_list(alter->old, "labels", &old_count);
	const char **new = fact_list(alter->new, "labels", &new_count);

	for (size_t i = 0; i < new_count && at < old_count; i++)
		at += !strcmp(new[i], old[at]);
	if (at < old_count)
		return false;
	at = 0;
	for (size_t i = 0; i < new_count; i++) {
		struct sbuf *sql;

		if (at < old_count && !strcmp(new[i], old[at])) {
			at++;
			continue;
		}
		sql = script_next(alter->script);
		sbuf_addf(sql, "ALTER TYPE %s ADD VALUE ", id_name(alter->new->id));
		quote_literal(sql, new[i]);
		if (at < old_count) {
			sbuf_adds(sql, i ? " AFTER " : " BEFORE ");
			quote_literal(sql, i ? new[i - 1] : old[0]);
		}
		script_note(alter->script, STATEMENT_COMMITTED, NULL, NULL);
	}
	return true;
}

const struct change enum_changes[] = {
	{ "labels", 0, labels_alter },
	{ 0 },
};

static bool
domain_default_alter(const struct alter *alter)
{
	const char *expression = fact_text(alter->new, "default");

	if (expression)
		script_add(alter->script, "ALTER DOMAIN %s SET DEFAULT %s", id_name(alter->new->id), expression);
	else
		script_add(alter->script, "ALTER DOMAIN %s DROP DEFAULT", id_name(alter->new->id));
	return true;
}

static bool
domain_not_null_alter(const struct alter *alter)
{
	bool set = fact_has(alter->new, "not_null");

	script_add(alter->script, "ALTER DOMAIN %s %s NOT NULL", id_name(alter->new->id), set ? "SET" : "DROP");
	script_note(alter->script, set ? STATEMENT_SCANS : 0, NULL, set ? "domain-scan" : NULL);
	return true;
}

const struct change domain_changes[] = {
	{ "default", 0, domain_default_alter },
	{ "not_null", 0, domain_not_null_alter },
	{ 0 },
};

static bool
domain_not_valid_alter(const struct alter *alter)
{
	if (fact_has(alter->new, "not_valid"))
		return false;
	script_add(alter->script, "ALTER DOMAIN %s VALIDATE CONSTRAINT %s", id_name(alter->new->in),
	           name_last_part(id_name(alter->new->id)));
	script_note(alter->script, STATEMENT_SCANS, NULL, NULL);
	return true;
}

const struct change domain_constraint_changes[] = {
	{ "not_valid", 0, domain_not_valid_alter },
	{ 0 },
};

/* Whether a table has a column of the type, or of one that is made of it. */
static bool
type_is_stored(struct snapshot *state, const char *type)
{
	for (size_t i = 0; i < state->count; i++) {
		const struct fact *fact = state->facts[i];

		bool part = id_is(fact->id, "attribute");

		if (!part && !id_is(fact->id, "column") && !id_is(fact->id, "domain") && !id_is(fact->id, "range"))
			continue;
		for (size_t k = 0; k < fact->needs_count; k++)
			if (!strcmp(fact->needs[k], type) && (!part || type_is_stored(state, fact->in)))
				return true;
	}
	return false;
}

static bool
attribute_type_alter(const struct alter *alter)
{
	struct sbuf *sql;

	if (type_is_stored(alter->from, alter->old->in))
		return false;
	sql = script_next(alter->script);
	sbuf_addf(sql, "ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s", id_name(alter->new->in),
	          name_last_part(id_name(alter->new->id)), fact_text(alter->new, "type"));
	if (fact_has(alter->new, "collation"))
		sbuf_addf(sql, " COLLATE %s", fact_text(alter->new, "collation"));
	sbuf_adds(sql, " CASCADE");
	return true;
}

const struct change attribute_changes[] = {
	{ "position", CHANGE_IGNORED, NULL },
	{ "type", CHANGE_TAKES_DOWN, attribute_type_alter },
	{ "collation", CHANGE_TAKES_DOWN, attribute_type_alter },
	{ 0 },
};

/* ------------------------------------------------------------------- views */

/* Columns can be added at the end, nothing else. */
static bool
view_alter(const struct alter *alter)
{
	size_t old_count, new_count;
	const char **old = fact_list(alter->old, "columns", &old_count);
	const char **new = fact_list(alter->new, "columns", &new_count);

	if (new_count < old_count)
		return false;
	for (size_t i = 0; i < old_count; i++)
		if (strcmp(old[i], new[i]) != 0)
			return false;
	create_again(alter);
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	return true;
}

const struct change view_changes[] = {
	{ "definition", 0, view_alter },
	{ "columns", 0, view_alter },
	{ "options", 0, view_alter },
	{ "check_option", 0, view_alter },
	{ 0 },
};

/* --------------------------------------------------------------- functions */

/* The length of an argument up to its DEFAULT. */
static size_t
argument_length(const char *argument)
{
	bool quoted = false;
	size_t at = 0;

	for (; argument[at]; at++) {
		quoted ^= argument[at] == '"';
		if (!quoted && !strncmp(argument + at, " DEFAULT ", strlen(" DEFAULT ")))
			break;
	}
	return at;
}

/* CREATE OR REPLACE keeps the arguments as they are called, and their defaults there. */
static bool
arguments_fit(const struct alter *alter)
{
	size_t old_count, new_count;
	const char **old = fact_list(alter->old, "arguments", &old_count);
	const char **new = fact_list(alter->new, "arguments", &new_count);

	if (old_count != new_count)
		return false;
	for (size_t i = 0; i < old_count; i++) {
		size_t length = argument_length(old[i]);

		if (length != argument_length(new[i]) || strncmp(old[i], new[i], length) != 0 ||
		    (old[i][length] && !new[i][length]))
			return false;
	}
	return true;
}

static bool
routine_alter(const struct alter *alter)
{
	if (!arguments_fit(alter))
		return false;
	create_again(alter);
	return true;
}

const struct change routine_changes[] = {
	{ "arguments", 0, routine_alter },  { "language", 0, routine_alter },
	{ "transforms", 0, routine_alter }, { "volatility", 0, routine_alter },
	{ "strict", 0, routine_alter },     { "leakproof", 0, routine_alter },
	{ "security_definer", 0, routine_alter }, { "parallel", 0, routine_alter },
	{ "cost", 0, routine_alter },       { "rows", 0, routine_alter },
	{ "support", 0, routine_alter },    { "settings", 0, routine_alter },
	{ "object_file", 0, routine_alter }, { "link_symbol", 0, routine_alter },
	{ "sql_body", 0, routine_alter },   { "body", 0, routine_alter },
	{ 0 },
};

/* ------------------------------------------------- triggers, rules, policies */

/* ALTER TABLE … ENABLE TRIGGER, and its like. */
static bool
table_part_enable(const struct alter *alter, const char *word)
{
	const char *enabled = fact_text(alter->new, "enabled");

	script_add(alter->script, "ALTER TABLE %s %s %s %s", id_name(alter->new->in),
	           enabled ? enabled : "ENABLE", word, name_last_part(id_name(alter->new->id)));
	script_note(alter->script, 0, "SHARE ROW EXCLUSIVE", NULL);
	return true;
}

static bool
trigger_enabled_alter(const struct alter *alter)
{
	return table_part_enable(alter, "TRIGGER");
}

static bool
rule_enabled_alter(const struct alter *alter)
{
	return table_part_enable(alter, "RULE");
}

const struct change trigger_changes[] = {
	{ "enabled", 0, trigger_enabled_alter },
	{ "inherited", CHANGE_IGNORED, NULL },
	{ 0 },
};

const struct change rule_changes[] = {
	{ "enabled", 0, rule_enabled_alter },
	{ 0 },
};

static bool
event_trigger_enabled_alter(const struct alter *alter)
{
	const char *enabled = fact_text(alter->new, "enabled");

	script_add(alter->script, "ALTER EVENT TRIGGER %s %s", id_name(alter->new->id),
	           enabled ? enabled : "ENABLE");
	return true;
}

const struct change event_trigger_changes[] = {
	{ "enabled", 0, event_trigger_enabled_alter },
	{ 0 },
};

/* What ALTER POLICY leaves out it leaves as it was: an expression cannot be taken away. */
static bool
policy_alter(const struct alter *alter)
{
	const char *using = fact_text(alter->new, "using"), *check = fact_text(alter->new, "check");
	struct sbuf *sql;
	size_t count;
	const char **roles = fact_list(alter->new, "roles", &count);

	if ((fact_has(alter->old, "using") && !using) || (fact_has(alter->old, "check") && !check))
		return false;
	sql = script_next(alter->script);
	sbuf_addf(sql, "ALTER POLICY %s ON %s", name_last_part(id_name(alter->new->id)),
	          id_name(alter->new->in));
	if (differs(alter, "roles")) {
		sbuf_adds(sql, " TO ");
		if (count)
			list_write(sql, roles, count);
		else
			sbuf_adds(sql, "PUBLIC");
	}
	if (differs(alter, "using"))
		sbuf_addf(sql, "\n    USING (%s)", using);
	if (differs(alter, "check"))
		sbuf_addf(sql, "\n    WITH CHECK (%s)", check);
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	return true;
}

const struct change policy_changes[] = {
	{ "roles", 0, policy_alter },
	{ "using", 0, policy_alter },
	{ "check", 0, policy_alter },
	{ 0 },
};

static bool
statistics_target_alter(const struct alter *alter)
{
	const char *target = fact_text(alter->new, "statistics");

	script_add(alter->script, "ALTER STATISTICS %s SET STATISTICS %s", id_name(alter->new->id),
	           target ? target : "-1");
	return true;
}

const struct change statistics_changes[] = {
	{ "statistics", 0, statistics_target_alter },
	{ 0 },
};

/* ------------------------------------------------------- extensions, comments */

static bool
extension_schema_alter(const struct alter *alter)
{
	if (!fact_has(alter->new, "schema"))
		return false;
	script_add(alter->script, "ALTER EXTENSION %s SET SCHEMA %s", id_name(alter->new->id),
	           fact_text(alter->new, "schema"));
	return true;
}

const struct change extension_changes[] = {
	{ "schema", 0, extension_schema_alter },
	{ 0 },
};

const struct change comment_changes[] = {
	{ "text", CHANGE_AGAIN, NULL },
	{ 0 },
};

const struct change security_label_changes[] = {
	{ "label", CHANGE_AGAIN, NULL },
	{ 0 },
};

const struct change owner_changes[] = {
	{ "role", CHANGE_AGAIN | CHANGE_INHERITED, NULL },
	{ 0 },
};

const struct change database_setting_changes[] = {
	{ "setting", CHANGE_AGAIN, NULL },
	{ 0 },
};
