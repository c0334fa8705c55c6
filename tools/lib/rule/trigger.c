/* What happens by itself: rules, triggers, event triggers; and policies. */
#include "rule/changes.h"
#include "rule/rules.h"

#include "pg/quote.h"

/* ALTER TABLE … DISABLE TRIGGER: when it fires, where that is not the usual. */
static void
enabled_write(struct script *script, const struct fact *fact, const char *word)
{
	if (fact_has(fact, "enabled"))
		script_add(script, "ALTER TABLE %s %s %s %s", id_name(fact->in), fact_text(fact, "enabled"), word,
		           name_last_part(id_name(fact->id)));
}

static void
rule_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;

	script_add(script, "CREATE RULE %s AS\n    ON %s TO %s %s", name_last_part(id_name(fact->id)),
	           fact_text(fact, "event"), id_name(fact->in), fact_text(fact, "definition"));
	enabled_write(script, fact, "RULE");
}

const struct rule rule_rule = {
	.kind = "rule", .words = "RULE", .rank = RANK_RULE, .named_on_parent = true, .create = rule_create,
	.changes = rule_changes,
	.lock = "ACCESS EXCLUSIVE",
};

static void
trigger_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;

	if (!fact_has(fact, "inherited"))
		script_add(script, "CREATE %sTRIGGER %s %s ON %s %s",
		           fact_has(fact, "constraint") ? "CONSTRAINT " : "", name_last_part(id_name(fact->id)),
		           fact_text(fact, "event"), id_name(fact->in), fact_text(fact, "definition"));
	enabled_write(script, fact, "TRIGGER");
}

static void
trigger_drop(struct script *script, const struct fact *fact)
{
	const char *name = name_last_part(id_name(fact->id)), *inherited = fact_text(fact, "inherited");

	/* It goes with the trigger of the partitioned table: here it only becomes like that one. */
	if (inherited)
		script_add(script, "ALTER TABLE %s %s TRIGGER %s", id_name(fact->in), inherited, name);
	else
		script_add(script, "DROP TRIGGER %s ON %s", name, id_name(fact->in));
}

/* How the trigger of a partitioned table fires is said of those of all partitions. */
static size_t
trigger_undone_by(struct snapshot *state, const struct fact *fact, struct arena *arena, const char **ids,
                  size_t room)
{
	size_t count = 0;

	(void)state;
	(void)arena;
	for (size_t i = 0; fact_has(fact, "inherited") && i < fact->needs_count && count < room; i++)
		if (id_is(fact->needs[i], "trigger"))
			ids[count++] = fact->needs[i];
	return count;
}

static bool
trigger_undoes(const struct fact *old, const struct fact *new)
{
	return old && new && !value_equal(fact_value(old, "enabled"), fact_value(new, "enabled"));
}

const struct rule trigger_rule = {
	.kind = "trigger", .words = "TRIGGER", .rank = RANK_TRIGGER, .named_on_parent = true,
	.create = trigger_create, .drop = trigger_drop,
	.changes = trigger_changes, .spaces = "c",
	.undone_by = trigger_undone_by, .undoes = trigger_undoes,
	.lock = "SHARE ROW EXCLUSIVE",
};

static void
event_trigger_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	const char *name = id_name(fact->id);
	struct sbuf *sql = script_next(script);
	size_t count;
	const char **tags = fact_list(fact, "tags", &count);

	sbuf_addf(sql, "CREATE EVENT TRIGGER %s ON %s", name, fact_text(fact, "event"));
	for (size_t i = 0; i < count; i++) {
		sbuf_adds(sql, i ? ", " : "\n    WHEN TAG IN (");
		quote_literal(sql, tags[i]);
	}
	sbuf_addf(sql, "%s\n    EXECUTE FUNCTION %s()", count ? ")" : "", fact_text(fact, "function"));
	if (fact_has(fact, "enabled"))
		script_add(script, "ALTER EVENT TRIGGER %s %s", name, fact_text(fact, "enabled"));
}

const struct rule event_trigger_rule = {
	.kind = "event_trigger", .words = "EVENT TRIGGER", .directory = "event_triggers",
	.rank = RANK_EVENT_TRIGGER, .create = event_trigger_create,
	.changes = event_trigger_changes,
};

static void
policy_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf *sql = script_next(script);
	size_t count;
	const char **roles = fact_list(fact, "roles", &count);

	sbuf_addf(sql, "CREATE POLICY %s ON %s", name_last_part(id_name(fact->id)), id_name(fact->in));
	if (fact_has(fact, "restrictive"))
		sbuf_adds(sql, " AS RESTRICTIVE");
	if (fact_has(fact, "command"))
		sbuf_addf(sql, " FOR %s", fact_text(fact, "command"));
	if (count) {
		sbuf_adds(sql, " TO ");
		list_write(sql, roles, count);
	}
	if (fact_has(fact, "using"))
		sbuf_addf(sql, "\n    USING (%s)", fact_text(fact, "using"));
	if (fact_has(fact, "check"))
		sbuf_addf(sql, "\n    WITH CHECK (%s)", fact_text(fact, "check"));
}

const struct rule policy_rule = {
	.kind = "policy", .words = "POLICY", .rank = RANK_POLICY, .named_on_parent = true,
	.create = policy_create,
	.changes = policy_changes,
	.lock = "ACCESS EXCLUSIVE", .access_hazard = "row-security",
};
