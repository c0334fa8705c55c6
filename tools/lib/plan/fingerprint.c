#include "plan/fingerprint.h"

#include "rule/inherited.h"
#include "rule/rules.h"

#include <string.h>

/* What a fact is inherited from. */
struct sources {
	struct arena arena;
	const char **ids;
	size_t count;
	bool known;
};

bool
key_is_ignored(const struct rule *rule, const char *key)
{
	const struct change *change = change_of(rule, key);

	return change && (change->flags & CHANGE_IGNORED);
}

/* Whether one of those that the fact is inherited from says the same: a child table's column has NOT NULL from
 * its parent, whether its own declaration repeats that or not. `*sources` are found when first asked for. */
static bool
is_repeated(struct snapshot *snapshot, const struct fact *fact, const struct member *member, struct sources *sources)
{
	const struct rule *rule = rule_of(fact->id);
	const struct change *change = rule->sources ? change_of(rule, member->key) : NULL;

	if (!change || !(change->flags & CHANGE_INHERITED))
		return inherited_repeats(snapshot, fact, member->key);
	if (!sources->known)
		sources->ids = rule->sources(snapshot, fact, &sources->arena, &sources->count);
	sources->known = true;
	for (size_t i = 0; i < sources->count; i++) {
		const struct fact *source = snapshot_find(snapshot, sources->ids[i]);

		if (source && value_equal(fact_value(source, member->key), &member->value))
			return true;
	}
	return sources->count && inherited_repeats(snapshot, fact, member->key);
}

bool
fact_told(struct snapshot *snapshot, const struct fact *fact, struct told *told)
{
	const struct rule *rule = rule_of(fact->id);
	struct sources sources = { .arena = ARENA_INIT };
	bool alone = rule == &column_rule && told->alone && fact->in && !strcmp(told->alone, fact->in);

	told->fact = *fact;
	told->fact.members = told->members;
	told->fact.member_count = told->fact.needs_count = 0;
	if (inherited_repeats(snapshot, fact, NULL))
		return false;
	for (size_t i = 0; i < fact->member_count; i++)
		if (!key_is_ignored(rule, fact->members[i].key) &&
		    (alone || !is_repeated(snapshot, fact, &fact->members[i], &sources)))
			told->members[told->fact.member_count++] = fact->members[i];
	if (rule == &column_rule && sources.known && !sources.count)
		told->alone = fact->in;
	arena_release(&sources.arena);
	return true;
}

void
snapshot_fingerprint(struct snapshot *snapshot, char hex[SHA256_HEX])
{
	struct sha256 digest;
	struct sbuf line = SBUF_INIT;
	struct told told = { .alone = NULL };

	sha256_init(&digest);
	for (size_t i = 0; i < snapshot->count; i++) {
		if (rule_of(snapshot->facts[i]->id)->holder || !fact_told(snapshot, snapshot->facts[i], &told))
			continue;
		fact_write(&line, &told.fact);
		sbuf_addc(&line, '\n');
		sha256_add(&digest, line.text, line.length);
		sbuf_reset(&line);
	}
	sbuf_release(&line);
	sha256_end(&digest, hex);
}
