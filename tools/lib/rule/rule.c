#include "rule/rule.h"

#include "rule/rules.h"

#include "base/die.h"

#include <string.h>

/* The rules by their kinds: open addressing, with more than twice as many slots as there are kinds. */
enum { SLOTS = 256 };

static struct {
	const struct rule *rule;
	size_t length; /* of the kind */
} slots[SLOTS];

/* The slot of the kind with which `id` begins, or where it would be. */
static size_t
slot_of(const char *id)
{
	size_t length = 0, at = 0;

	for (; id[length] && id[length] != ' '; length++)
		at = at * 31 + (unsigned char)id[length];
	for (at %= SLOTS; slots[at].rule; at = (at + 1) % SLOTS)
		if (slots[at].length == length && !memcmp(slots[at].rule->kind, id, length))
			break;
	return at;
}

const struct rule *
rule_of(const char *id)
{
	static bool filled;
	static size_t last; /* facts of a kind are looked at one after another */
	size_t length = slots[last].length;

	if (slots[last].rule && !strncmp(id, slots[last].rule->kind, length) && (id[length] == ' ' || !id[length]))
		return slots[last].rule;
	for (const struct rule *const *r = rules; !filled && *r; r++) {
		size_t at = slot_of((*r)->kind);

		slots[at].rule = *r;
		slots[at].length = strlen((*r)->kind);
	}
	filled = true;
	last = slot_of(id);
	if (!slots[last].rule)
		die_hint(STATUS_USAGE, "was it written by a newer version of PostKit?",
		         "a fact of an unknown kind: \"%s\"", id);
	return slots[last].rule;
}

enum fold
fact_fold(const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);

	return rule->fold && fact->in ? rule->fold(fact) : FOLD_NEVER;
}

enum shell
fact_shell(const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);

	return rule->shell ? rule->shell(fact) : SHELL_NONE;
}

const struct change *
change_of(const struct rule *rule, const char *key)
{
	for (const struct change *change = rule->changes; change && change->key; change++)
		if (!strcmp(change->key, key))
			return change;
	return NULL;
}

void
unit_create(struct script *script, const struct unit *unit)
{
	rule_of(unit->fact->id)->create(script, unit);
}

void
fact_drop(struct script *script, const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);
	struct sbuf *sql;

	if (rule->drop) {
		rule->drop(script, fact);
		return;
	}
	sql = script_next(script);
	sbuf_adds(sql, "DROP ");
	object_write(sql, fact->id);
}

void
fact_rename(struct script *script, const struct fact *fact, const char *name)
{
	const struct rule *rule = rule_of(fact->id);
	struct sbuf *sql;

	if (rule->rename) {
		rule->rename(script, fact, name);
		return;
	}
	sql = script_next(script);
	sbuf_adds(sql, "ALTER ");
	object_write(sql, fact->id);
	sbuf_addf(sql, " RENAME TO %s", name);
}

const char *
parent_name(const char *id, size_t *length)
{
	const char *name = id_name(id), *last = name_last_part(name);

	*length = last > name ? (size_t)(last - name) - 1 : 0;
	return name;
}

void
object_write(struct sbuf *out, const char *id)
{
	const struct rule *rule = rule_of(id);

	if (!rule->words)
		die(STATUS_BUG, "\"%s\" has no name in SQL", id);
	if (rule->named_on_parent) {
		size_t length;
		const char *parent = parent_name(id, &length);

		sbuf_addf(out, "%s %s ON ", rule->words, name_last_part(parent));
		if (rule->parent_words)
			sbuf_addf(out, "%s ", rule->parent_words);
		sbuf_add(out, parent, length);
	} else {
		sbuf_addf(out, "%s %s", rule->words, id_name(id));
	}
}

const struct fact *
unit_part(const struct unit *unit, const char *parent, const char *kind, size_t *at)
{
	while (*at < unit->part_count) {
		const struct fact *part = unit->parts[(*at)++];

		if (id_is(part->id, kind) && part->in && !strcmp(part->in, parent))
			return part;
	}
	return NULL;
}
