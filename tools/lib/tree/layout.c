#include "tree/layout.h"

#include "base/die.h"
#include "rule/fold.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 80 };

char *
file_name_safe(struct arena *arena, const char *name)
{
	char *safe = arena_alloc(arena, NAME_MAX_LENGTH + 1), *out = safe;

	for (; *name && out - safe < NAME_MAX_LENGTH; name++) {
		bool plain = (*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z') ||
		             (*name >= '0' && *name <= '9') || *name == '_' || *name == '-';

		if (plain)
			*out++ = *name;
		else if (out == safe || out[-1] != '_')
			*out++ = '_';
	}
	if (out == safe)
		*out++ = '_';
	*out = '\0';
	return safe;
}

/* ----------------------------------------------------------------- groups */

/* Groups by key: a small hash of its own, keys are many. */
struct index {
	struct group **slots;
	size_t size;
};

static size_t
hash(const char *text)
{
	size_t value = 5381;

	for (; *text; text++)
		value = value * 33 ^ (unsigned char)*text;
	return value;
}

static struct group **
slot_of(const struct index *index, const char *key)
{
	size_t at = hash(key) & (index->size - 1);

	while (index->slots[at] && strcmp(index->slots[at]->key, key) != 0)
		at = (at + 1) & (index->size - 1);
	return &index->slots[at];
}

static struct group *
group_add(struct layout *layout, const char *key, const char *directory, const char *name, bool numbered)
{
	struct group *group = arena_alloc(&layout->arena, sizeof *group);

	*group = (struct group){ key, directory, name, numbered, SBUF_INIT, NULL, false };
	GROW(layout->groups, layout->count, layout->room);
	layout->groups[layout->count++] = group;
	return group;
}

/* ------------------------------------------------------------------ facts */

struct placing {
	struct layout *layout;
	struct snapshot *facts;
	const char *default_schema;
	struct index index;
};

/* The fact whose file this one stands in. */
static const struct fact *
file_owner(struct placing *p, const struct fact *fact)
{
	while (!rule_of(fact->id)->directory || fact_fold(fact) != FOLD_NEVER) {
		const struct fact *parent = fact->in ? snapshot_find(p->facts, fact->in) : NULL;

		if (!parent)
			die(STATUS_BUG, "\"%s\" has no place in the tree", fact->id);
		fact = parent;
	}
	return fact;
}

/* The plain name of the schema that the fact stands in, at any depth; NULL for none. */
static const char *
schema_of(struct placing *p, const struct fact *fact)
{
	for (; fact; fact = fact->in ? snapshot_find(p->facts, fact->in) : NULL)
		if (id_is(fact->id, "schema")) {
			const char *name = id_name(fact->id);

			return identifier_plain(&p->layout->arena, name, strlen(name));
		}
	return NULL;
}

/* What the file of an object is called: its name, with the schema unless that is the default one. */
static const char *
object_file_name(struct placing *p, const struct fact *fact)
{
	struct arena *arena = &p->layout->arena;
	const char *schema = fact->in ? schema_of(p, fact) : NULL;
	const char *last = schema ? name_last_part(id_name(fact->id)) : id_name(fact->id);
	const char *end = strchr(last, '(');
	const char *name;

	/* The argument types of a function are not part of its file's name; a
	 * parenthesis inside quotes is part of the name. */
	if (*last == '"' || !end || end == last)
		end = last + strlen(last);
	if (*last == '"') {
		const char *close = last + 1;

		while (*close && !(*close == '"' && close[1] != '"'))
			close += *close == '"' ? 2 : 1;
		end = *close ? close + 1 : close;
	}
	name = file_name_safe(arena, identifier_plain(arena, last, (size_t)(end - last)));
	if (!schema || !strcmp(schema, p->default_schema))
		return name;
	return arena_printf(arena, "%s.%s", file_name_safe(arena, schema), name);
}

/* A function's name without its arguments, so that overloads share a file. */
static const char *
name_without_arguments(struct arena *arena, const char *name)
{
	const char *last = name_last_part(name), *p = last;

	if (*p == '"')
		for (p++; *p && !(*p == '"' && p[1] != '"'); p++)
			p += *p == '"';
	p = strchr(p, '(');
	/* An operator may be all parenthesis-free; `cast (a AS b)` keeps its own. */
	return p && p > last ? arena_copy(arena, name, (size_t)(p - name)) : arena_string(arena, name);
}

static struct group *
group_of(struct placing *p, const struct fact *fact)
{
	struct arena *arena = &p->layout->arena;
	const struct fact *owner = file_owner(p, fact);
	const struct rule *rule = rule_of(owner->id);
	const char *key, *name;
	struct group **slot;

	if (rule->consolidated) {
		const char *schema = schema_of(p, owner);

		if (rule->infra)
			schema = "comments"; /* what is said of schemas and extensions */
		name = schema ? file_name_safe(arena, schema) : "database";
		key = arena_printf(arena, "%s %s", rule->directory, schema ? schema : "");
	} else {
		key = arena_printf(arena, "%s %s", rule->directory,
		                   name_without_arguments(arena, id_name(owner->id)));
		name = NULL;
	}
	slot = slot_of(&p->index, key);
	if (!*slot)
		*slot = group_add(p->layout, key, rule->directory, name ? name : object_file_name(p, owner),
		                  !rule->consolidated);
	return *slot;
}

/*
 * Empty lines between what is of different kinds and around statements of several lines; lists of short
 * statements (indexes, comments, grants) have none.
 */
static void
put_statement(struct group *group, const char *sql, const struct rule *rule)
{
	struct sbuf *text = &group->text;
	bool apart = group->last_is_long || strchr(sql, '\n') || (group->numbered && rule != group->last);

	if (text->length && apart)
		sbuf_addc(text, '\n');
	sbuf_addf(text, "%s;\n", sql);
	group->last_is_long = strchr(sql, '\n') != NULL;
	group->last = rule;
}

static bool
same_consolidated_name(const struct group *a, const struct group *b)
{
	return !a->numbered && !b->numbered && !strcmp(a->directory, b->directory) && !strcmp(a->name, b->name);
}

/* Two schemas' names may be the same once made safe: the later ones get a number. */
static void
tell_apart(struct layout *layout)
{
	for (size_t i = 0; i < layout->count; i++) {
		unsigned double_count = 1;

		for (size_t k = 0; !layout->groups[i]->numbered && k < i; k++)
			if (same_consolidated_name(layout->groups[k], layout->groups[i]))
				double_count++;
		if (double_count > 1)
			layout->groups[i]->name = arena_printf(&layout->arena, "%s~%u", layout->groups[i]->name,
			                                       double_count);
	}
}

void
layout_add_facts(struct layout *layout, struct snapshot *facts, struct fact *const *ordered, size_t count,
                 const char *default_schema)
{
	struct placing p = { layout, facts, default_schema, { NULL, 1024 } };
	struct unit_reader reader = UNIT_READER_INIT(ordered, count);
	struct script script = SCRIPT_INIT;

	while (p.index.size < count * 2)
		p.index.size *= 2;
	p.index.slots = memory_resize(NULL, p.index.size * sizeof *p.index.slots);
	memset(p.index.slots, 0, p.index.size * sizeof *p.index.slots);
	while (unit_next(&reader)) {
		struct group *group;

		/* Schemas and extensions themselves are written by pk-infra. */
		if (rule_of(reader.unit.fact->id)->infra)
			continue;
		group = group_of(&p, reader.unit.fact);
		unit_create(&script, &reader.unit);
		for (size_t i = 0; i < script.count; i++)
			put_statement(group, script.statements[i].sql.text, rule_of(reader.unit.fact->id));
		script_release(&script);
	}
	tell_apart(layout);
	free(p.index.slots);
}

void
layout_add_file(struct layout *layout, const char *path, const char *text, size_t length)
{
	const char *slash = strrchr(path, '/');
	char *name = arena_string(&layout->arena, slash ? slash + 1 : path);
	size_t end = strlen(name);
	struct group *group;

	if (end > 4 && !strcmp(name + end - 4, ".sql"))
		name[end - 4] = '\0';
	group = group_add(layout, arena_printf(&layout->arena, "file %s", path),
	                  slash ? arena_copy(&layout->arena, path, (size_t)(slash - path)) : "", name, false);
	sbuf_add(&group->text, text, length);
}

void
layout_release(struct layout *layout)
{
	for (size_t i = 0; i < layout->count; i++)
		sbuf_release(&layout->groups[i]->text);
	free(layout->groups);
	arena_release(&layout->arena);
	*layout = (struct layout)LAYOUT_INIT;
}
