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

static const char *
owner_tie(struct snapshot *state, const struct fact *fact, struct arena *arena)
{
	(void)state;
	return id_is(fact->in, "sequence") ? arena_printf(arena, "owned_by %s", fact->in) : NULL;
}

static bool
owner_undoes(const struct fact *old, const struct fact *new)
{
	const struct fact *one = old ? old : new;

	return old && new ? !fact_is(old, "role", fact_text(new, "role")) : fact_has(one, "default");
}

/* A sequence that belongs to a column has the owner of its table, also when that changes. */
static const char **
owner_sources(struct snapshot *state, const struct fact *fact, struct arena *arena, size_t *count)
{
	const char *id = owner_tie(state, fact, arena);
	const struct fact *owned_by = id ? snapshot_find(state, id) : NULL;
	const char *owner = owned_by ? owned_by_owner(state, owned_by, arena) : NULL;
	const char **ids = arena_array(arena, 1, sizeof *ids);

	*ids = owner;
	*count = owner != NULL;
	return ids;
}

const struct rule owner_rule = {
	.kind = "owner", .directory = "grants", .consolidated = true, .rank = RANK_ABOUT, .follows = true,
	.create = owner_create, .drop = owner_drop, .access_hazard = "privileges",
	.holder = "role",
	.changes = owner_changes, .undoes = owner_undoes, .sources = owner_sources, .tie = owner_tie,
};
