#include "rule/idiom.h"

#include "rule/idioms.h"

#include "pg/quote.h"

#include <stdlib.h>
#include <string.h>

bool
fact_is_idiom(const struct fact *fact)
{
	return (id_is(fact->id, "sequence") && fact_has(fact, "serial")) ||
	       (id_is(fact->id, "partition") && fact_has(fact, "inline")) ||
	       (id_is(fact->id, "column") && fact_has(fact, "default_inherited"));
}

/* ---------------------------------------------------------------- editing */

const struct fact *
idioms_find(const struct idioms *idioms, const char *id)
{
	return snapshot_find(idioms->from, id);
}

static const struct fact *
numbered(const struct idioms *idioms, size_t number)
{
	return number ? idioms->from->facts[number - 1] : NULL;
}

const struct fact *
idioms_child(const struct idioms *idioms, const struct fact *fact)
{
	return numbered(idioms, idioms->child[fact->number]);
}

const struct fact *
idioms_sibling(const struct idioms *idioms, const struct fact *fact)
{
	return numbered(idioms, idioms->sibling[fact->number]);
}

const struct fact *
idioms_child_of_kind(const struct idioms *idioms, const struct fact *fact, const char *kind)
{
	const struct fact *child = idioms_child(idioms, fact);

	while (child && !id_is(child->id, kind))
		child = idioms_sibling(idioms, child);
	return child;
}

const struct fact *
idioms_below(const struct idioms *idioms, const struct fact *fact)
{
	return numbered(idioms, idioms->below[fact->number]);
}

const struct fact *
idioms_beside(const struct idioms *idioms, const struct fact *fact)
{
	return numbered(idioms, idioms->beside[fact->number]);
}

void
idioms_replace(struct idioms *idioms, const struct fact *fact, const struct fact *by)
{
	idioms->facts[fact->number] = by;
}

void
idioms_remove(struct idioms *idioms, const struct fact *fact, const char *instead)
{
	idioms->facts[fact->number] = NULL;
	idioms->instead[fact->number] = instead;
}

bool
same_keys(const struct fact *a, const struct fact *b, const char *const *keys)
{
	for (; *keys; keys++)
		if (!value_equal(fact_value(a, *keys), fact_value(b, *keys)))
			return false;
	return true;
}

/* ------------------------------------------------------------------ names */

const char *
plain_name(struct arena *arena, const char *id)
{
	const char *last = name_last_part(id_name(id));

	return identifier_plain(arena, last, strlen(last));
}

static bool
is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static void
count_name(struct idioms *idioms, const char *name)
{
	struct fact *entry = snapshot_find(&idioms->names, name);

	if (!entry) {
		entry = arena_alloc(idioms->arena, sizeof *entry);
		entry->id = name;
		snapshot_add(&idioms->names, entry);
	}
	entry->number++;
}

static void
count_names(struct idioms *idioms)
{
	for (size_t i = 0; i < idioms->from->count; i++) {
		const struct fact *fact = idioms->from->facts[i];
		const char *not_null = id_is(fact->id, "column") ? fact_text(fact, "not_null_name") : NULL;

		if (not_null)
			count_name(idioms, not_null);
		if (id_is(fact->id, "constraint") || id_is(fact->id, "domain_constraint") || id_is(fact->id, "trigger"))
			count_name(idioms, name_last_part(id_name(fact->id)));
	}
}

size_t
idioms_constraints_named(struct idioms *idioms, const char *name)
{
	const struct fact *entry;

	if (!idioms->names.count)
		count_names(idioms);
	entry = snapshot_find(&idioms->names, name);
	return entry ? entry->number : 0;
}

bool
name_is_chosen(struct arena *arena, const char *quoted, const char *name1, const char *name2, const char *label)
{
	size_t length1 = strlen(name1), length2 = name2 ? strlen(name2) : 0;
	size_t room = 63 - strlen(label) - 1 - (name2 ? 1 : 0);

	/* Where the server cuts others depends on its encoding. */
	if (length1 + length2 > room && !(is_ascii(name1) && (!name2 || is_ascii(name2))))
		return false;
	while (length1 + length2 > room)
		*(length1 > length2 ? &length1 : &length2) -= 1;
	return !strcmp(identifier_plain(arena, quoted, strlen(quoted)),
	               arena_printf(arena, "%.*s%s%.*s_%s", (int)length1, name1, name2 ? "_" : "", (int)length2,
	                            name2 ? name2 : "", label));
}

/* ---------------------------------------------------------------- the whole */

static void
link_facts(struct idioms *idioms)
{
	struct snapshot *from = idioms->from;

	for (size_t i = 0; i < from->count; i++)
		from->facts[i]->number = i;
	for (size_t i = from->count; i-- > 0;) {
		const struct fact *fact = from->facts[i], *above = NULL;
		const struct fact *in = fact->in ? idioms_find(idioms, fact->in) : NULL;

		idioms->facts[i] = fact;
		if (in) {
			idioms->sibling[i] = idioms->child[in->number];
			idioms->child[in->number] = i + 1;
		}
		if (!id_is(fact->id, "partition") && !id_is(fact->id, "index_partition"))
			continue;
		/* What it belongs to is what it needs, partitions aside. */
		for (size_t k = 0; k < fact->needs_count && !above; k++)
			if (!id_is(fact->needs[k], "partition"))
				above = idioms_find(idioms, fact->needs[k]);
		if (above) {
			idioms->beside[i] = idioms->below[above->number];
			idioms->below[above->number] = i + 1;
		}
	}
}

/* Needs of what is gone become needs of what stands for it. */
static const struct fact *
without_gone(const struct idioms *idioms, const struct fact *fact)
{
	struct fact *copy = NULL;

	for (size_t i = 0; i < fact->needs_count; i++) {
		const char *id = fact->needs[i];
		const struct fact *need;

		/* Nothing else is ever gone. */
		if (!id_is(id, "default") && !id_is(id, "owned_by") && !id_is(id, "index_partition") &&
		    !id_is(id, "owner"))
			continue;
		for (need = idioms_find(idioms, id); need && !idioms->facts[need->number];
		     need = idioms_find(idioms, id))
			id = idioms->instead[need->number];
		if (id == fact->needs[i])
			continue;
		if (!copy) {
			copy = arena_alloc(idioms->arena, sizeof *copy);
			*copy = *fact;
			copy->needs = arena_array(idioms->arena, fact->needs_count, sizeof *copy->needs);
			memcpy(copy->needs, fact->needs, fact->needs_count * sizeof *copy->needs);
		}
		copy->needs[i] = id;
	}
	return copy ? copy : fact;
}

void
idioms_apply(struct snapshot *to, struct snapshot *from, struct snapshot *plain)
{
	struct idioms idioms = { .from = from, .plain = plain, .arena = &to->arena, .names = SNAPSHOT_INIT };
	size_t count = from->count;

	idioms.facts = arena_array(&to->arena, count, sizeof *idioms.facts);
	idioms.instead = arena_array(&to->arena, count, sizeof *idioms.instead);
	idioms.child = arena_array(&to->arena, count, sizeof *idioms.child);
	idioms.sibling = arena_array(&to->arena, count, sizeof *idioms.sibling);
	idioms.below = arena_array(&to->arena, count, sizeof *idioms.below);
	idioms.beside = arena_array(&to->arena, count, sizeof *idioms.beside);
	link_facts(&idioms);
	idioms_serial(&idioms);
	idioms_partition(&idioms);
	idioms_inherit(&idioms);
	idioms_index(&idioms);
	idioms_text(&idioms);
	idioms_list(&idioms);
	idioms_view(&idioms);
	for (size_t i = 0; i < count; i++)
		if (idioms.facts[i])
			snapshot_add(to, (struct fact *)without_gone(&idioms, idioms.facts[i]));
	snapshot_release(&idioms.names);
}
