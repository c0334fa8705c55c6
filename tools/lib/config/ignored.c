#include "config/ignored.h"

#include "base/die.h"
#include "rule/rule.h"

#include <stdlib.h>
#include <string.h>

/* Where a kind is looked for, besides its own plural. */
static const struct {
	const char *kind, *section;
} also[] = {
	{ "aggregate", "functions" },  { "base_type", "types" }, { "domain", "types" },
	{ "domain_constraint", "constraints" }, { "enum", "types" }, { "foreign_table", "tables" },
	{ "materialized_view", "views" }, { "range", "types" }, { "shell_type", "types" },
};

struct state {
	const struct ignore *ignore;
	struct snapshot *snapshot;
	bool *ignored; /* by the number of a fact */
};

/* index → indexes, policy → policies, table → tables */
static const char *
plural(struct arena *arena, const char *kind, size_t length)
{
	char last = kind[length - 1];

	if (last == 'y' && length > 1)
		return arena_printf(arena, "%.*sies", (int)length - 1, kind);
	if (last == 's')
		return arena_copy(arena, kind, length);
	return arena_printf(arena, "%.*s%s", (int)length, kind, last == 'x' ? "es" : "s");
}

static bool
in_section(const struct ignore *ignore, struct arena *arena, const char *id, const char *schema, const char *name)
{
	size_t length = id_kind_length(id);

	if (ignore_matches(ignore, plural(arena, id, length), schema, name))
		return true;
	for (size_t i = 0; i < sizeof also / sizeof *also; i++)
		if (id_is(id, also[i].kind) && ignore_matches(ignore, also[i].section, schema, name))
			return true;
	return false;
}

static const char *
plain(struct arena *arena, const char *identifier)
{
	return identifier_plain(arena, identifier, (size_t)(identifier_end(identifier) - identifier));
}

/* The last "to" of "default_privilege for alice on tables to bob". */
static const char *
grantee(const char *id)
{
	const char *to = NULL;

	for (const char *next = id_word(id, "to"); next; next = id_word(next + 1, "to"))
		to = next;
	return to ? to + strlen(" to ") : NULL;
}

/* Whether a pattern is about the fact itself. */
static bool
matches(const struct ignore *ignore, const struct fact *fact)
{
	struct arena arena = ARENA_INIT;
	const char *id = fact->id, *name = id_name(id), *schema = NULL;
	size_t length;
	bool found;

	if (rule_of(id)->follows || id_is(id, "default_privilege")) {
		const char *to = id_is(id, "privilege") || id_is(id, "default_privilege") ? grantee(id) : NULL;

		found = to && in_section(ignore, &arena, id, NULL, plain(&arena, to));
		arena_release(&arena);
		return found;
	}
	name_schema(name, &length);
	if (length)
		schema = identifier_plain(&arena, name, length);
	found = in_section(ignore, &arena, id, schema, plain(&arena, name_last_part(name))) ||
	        (schema && rule_of(id)->words && ignore_matches(ignore, "schemas", NULL, schema));
	arena_release(&arena);
	return found;
}

static bool
is_ignored(const struct state *state, const char *id)
{
	const struct fact *fact = id ? snapshot_find(state->snapshot, id) : NULL;

	return fact && state->ignored[fact->number];
}

/* What stands in it, and what belongs to it, goes along. Returns whether there was anything new. */
static bool
spread(struct state *state)
{
	bool again = false;

	for (size_t i = 0; i < state->snapshot->count; i++) {
		const struct fact *fact = state->snapshot->facts[i];
		const struct rule *rule = rule_of(fact->id);
		const char *taker = rule->taken_by && !rule->never_lets_go ? rule->taken_by(fact) : NULL;

		if (!state->ignored[i] && is_ignored(state, fact->in)) {
			state->ignored[i] = true;
			again = true;
		}
		if (taker && is_ignored(state, taker) && !is_ignored(state, fact->in)) {
			state->ignored[snapshot_find(state->snapshot, fact->in)->number] = true;
			again = true;
		}
	}
	return again;
}

/* Says what stays and needs what does not, one line for each of the latter. */
static void
forget_needs(const struct state *state)
{
	bool *said = memory_resize(NULL, state->snapshot->count + 1);

	memset(said, 0, state->snapshot->count + 1);
	for (size_t i = 0; i < state->snapshot->count; i++) {
		struct fact *fact = state->snapshot->facts[i];
		size_t kept = 0;

		for (size_t k = 0; !state->ignored[i] && k < fact->needs_count; k++) {
			const struct fact *need = snapshot_find(state->snapshot, fact->needs[k]);

			if (!need || !state->ignored[need->number]) {
				fact->needs[kept++] = fact->needs[k];
				continue;
			}
			if (!said[need->number])
				warn("%s needs %s, which is ignored: one cannot be made without the other", fact->id, need->id);
			said[need->number] = true;
		}
		if (!state->ignored[i])
			fact->needs_count = kept;
	}
	free(said);
}

/* Objects that do not go with another one; public is there unasked. */
static void
say_ignored(const struct state *state)
{
	for (size_t i = 0; i < state->snapshot->count; i++) {
		const struct fact *fact = state->snapshot->facts[i];

		if (state->ignored[i] && !is_ignored(state, fact->in) && !rule_of(fact->id)->follows &&
		    strcmp(fact->id, "schema public") != 0)
			warn("%s is ignored (" IGNORE_FILE ")", fact->id);
	}
}

void
ignore_apply(const struct ignore *ignore, struct snapshot *snapshot, bool say)
{
	struct state state = { ignore, snapshot, memory_resize(NULL, snapshot->count + 1) };
	size_t kept = 0;

	for (size_t i = 0; i < snapshot->count; i++) {
		snapshot->facts[i]->number = i;
		state.ignored[i] = ignore->count && matches(ignore, snapshot->facts[i]);
	}
	while (ignore->count && spread(&state))
		;
	if (say)
		say_ignored(&state);
	forget_needs(&state);
	for (size_t i = 0; i < snapshot->count; i++)
		if (!state.ignored[i])
			snapshot->facts[kept++] = snapshot->facts[i];
	snapshot->count = kept;
	snapshot_forget_places(snapshot);
	free(state.ignored);
}
