/* Owners. */
#include "rule/changes.h"
#include "rule/rules.h"

static void
owner_write(struct script *script, const struct fact *fact, const char *role)
{
	struct sbuf *sql = script_next(script);

	sbuf_adds(sql, "ALTER ");
	object_write(sql, fact->in);
	sbuf_addf(sql, " OWNER TO %s", role);
}

static void
owner_create(struct script *script, const struct unit *unit)
{
	owner_write(script, unit->fact, fact_text(unit->fact, "role"));
}

/* Whatever there is has an owner; only that of schema public can be the default one. */
static void
owner_drop(struct script *script, const struct fact *fact)
{
	if (fact_has(fact, "default"))
		owner_write(script, fact, fact_text(fact, "default"));
}

static bool
owner_undoes(const struct fact *old, const struct fact *new)
{
	const struct fact *one = old ? old : new;

	return old && new ? !fact_is(old, "role", fact_text(new, "role")) : fact_has(one, "default");
}

const struct rule owner_rule = {
	.kind = "owner", .directory = "grants", .consolidated = true, .rank = RANK_ABOUT, .follows = true,
	.create = owner_create, .drop = owner_drop, .access_hazard = "privileges",
	.holder = "role",
	.changes = owner_changes, .undoes = owner_undoes,
};
