#include "sql/load_names.h"

#include "sql/reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct build {
	struct load_order *order;
	struct arena *arena;
	struct load_name **table;
	size_t table_size; /* a power of two */
	struct load_name **found; /* by the node at hand */
	size_t found_count, found_room;
};

/* In the arena: each list is copied when it doubles, and nothing is to be released. */
static void
add_number(struct arena *arena, struct numbers *numbers, size_t number)
{
	if (numbers->count == numbers->room) {
		size_t room = numbers->room ? numbers->room * 2 : 2;
		size_t *items = arena_array(arena, room, sizeof *items);

		if (numbers->count)
			memcpy(items, numbers->items, numbers->count * sizeof *items);
		numbers->items = items;
		numbers->room = room;
	}
	numbers->items[numbers->count++] = number;
}

/* ----------------------------------------------------------------- names */

static size_t
hash(const char *text, size_t start)
{
	uint64_t h = start ^ 0xcbf29ce484222325u;

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 0x100000001b3u;
	return (size_t)(h ^ h >> 29);
}

static struct load_name **
name_slot(struct build *build, enum name_space space, const char *schema, const char *name)
{
	size_t h = hash(name, hash(schema, (size_t)space));
	struct load_name **slot = &build->table[h & (build->table_size - 1)];

	while (*slot && ((*slot)->space != space || strcmp((*slot)->schema, schema) ||
	                 strcmp((*slot)->name, name)))
		slot = &(*slot)->next;
	return slot;
}

static struct load_name *
name_make(struct build *build, enum name_space space, const char *schema, const char *name)
{
	struct load_name **slot = name_slot(build, space, schema, name);

	if (!*slot) {
		*slot = arena_alloc(build->arena, sizeof **slot);
		(*slot)->space = space;
		(*slot)->schema = schema;
		(*slot)->name = name;
	}
	return *slot;
}

/* The name as the node's own search_path puts it; what it makes goes into the first schema. */
static struct load_name *
own_name(struct build *build, const struct load_node *node, const struct subject_name *name)
{
	const char *const *path = node->item->settings->path;
	const char *schema = name->schema ? name->schema : *path ? *path : "";

	if (!name->schema && name->act != ACT_MAKES)
		for (; *path; path++) {
			struct load_name *found = *name_slot(build, name->space, *path, name->name);

			if (found && found->makers.count)
				return found;
		}
	return name_make(build, name->space, schema, name->name);
}

static bool
replaces_view(const struct load_node *node)
{
	return node->subject.replaces && node->subject.is_view;
}

/* The table that a statement is about. */
static struct load_name *
own_table(struct build *build, const struct load_node *node)
{
	for (size_t i = 0; i < node->subject.count; i++)
		if (node->subject.names[i].act <= ACT_ON && node->subject.names[i].space == NAMES_OBJECT)
			return own_name(build, node, &node->subject.names[i]);
	return NULL;
}

static void
add_relative(struct build *build, struct relatives **list, struct load_name *name)
{
	struct relatives *relative = arena_alloc(build->arena, sizeof *relative);

	relative->name = name;
	relative->next = *list;
	*list = relative;
}

static void
register_relatives(struct build *build, const struct load_node *node, const struct subject_name *name)
{
	struct load_name *table = own_table(build, node), *other = own_name(build, node, name);
	struct load_name *child = name->act == ACT_PARENT ? table : other;
	struct load_name *parent = name->act == ACT_PARENT ? other : table;

	if (!table)
		return;
	add_relative(build, &child->parents, parent);
	add_relative(build, &parent->children, child);
}

/*
 * Registers what the nodes make, then what they change. A view that is made and
 * then replaced is there from its first statement on: pg_dump writes circular
 * views so.
 */
static void
register_names(struct build *build)
{
	struct load_order *order = build->order;

	for (int pass = 0; pass < 3; pass++)
		for (size_t n = 0; n < order->count; n++) {
			struct load_node *node = &order->nodes[n];

			for (size_t i = 0; i < node->subject.count; i++) {
				struct subject_name *name = &node->subject.names[i];
				struct load_name *own;

				if ((name->act == ACT_MAKES) != (pass < 2) ||
				    (pass < 2 && replaces_view(node) != (pass == 1)))
					continue;
				own = own_name(build, node, name);
				if (name->act == ACT_PARENT || name->act == ACT_CHILD)
					register_relatives(build, node, name);
				else if (name->act == ACT_ON)
					add_number(build->arena, &own->others, n);
				else if (name->act == ACT_CHANGES)
					add_number(build->arena, &own->changers, n);
				else if (pass == 0 || !own->makers.count ||
				         replaces_view(&order->nodes[own->makers.items[0]]))
					add_number(build->arena, &own->makers, n);
			}
		}
}

/* -------------------------------------------------------------- mentions */

static void
mention(struct build *build, size_t n, struct load_name *name)
{
	if (!name || name->seen == n + 1)
		return;
	name->seen = n + 1;
	GROW(build->found, build->found_count, build->found_room);
	build->found[build->found_count++] = name;
}

static void
mention_word(struct build *build, size_t n, const char *schema, const char *word)
{
	const struct load_node *node = &build->order->nodes[n];
	const char *const *path = node->item->settings->path;
	/* Names of indexes count only where indexes can be meant. */
	int spaces = node->subject.stage >= STAGE_INDEX || node->subject.stage == STAGE_DROP ? 2 : 1;

	for (int space = 0; space < spaces; space++) {
		if (schema) {
			mention(build, n, *name_slot(build, (enum name_space)space, schema, word));
			continue;
		}
		for (; *path; path++)
			mention(build, n, *name_slot(build, (enum name_space)space, *path, word));
		path = node->item->settings->path;
		mention(build, n, *name_slot(build, (enum name_space)space, "", word));
	}
}

/* Names in a string: 'public.users_id_seq' for nextval(). Only what can be one name. */
static void
mention_string(struct build *build, size_t n, struct arena *scratch, const char *text)
{
	struct reader reader;
	const char *first;

	if (strlen(text) > 2 * 64 + 5)
		return;
	reader_start(&reader, scratch, text, strlen(text));
	if (!reader_at_name(&reader))
		return;
	first = reader_value(&reader);
	reader_advance(&reader);
	if (reader_at_end(&reader)) {
		mention_word(build, n, NULL, first);
	} else if (reader_accept_sign(&reader, '.') && reader_at_name(&reader)) {
		mention_word(build, n, first, reader_value(&reader));
	}
}

/* Every name in the statement, dotted ones both as schema.name and as table.column. */
static void
find_mentions(struct build *build, size_t n, struct arena *scratch)
{
	struct load_node *node = &build->order->nodes[n];
	struct reader reader;
	bool dotted = false;

	build->found_count = 0;
	reader_start(&reader, scratch, node->item->statement.text, node->item->statement.length);
	while (!reader_at_end(&reader)) {
		if (reader_at_name(&reader)) {
			const char *word = reader_value(&reader);

			reader_advance(&reader);
			if (!dotted)
				mention_word(build, n, NULL, word);
			dotted = reader_accept_sign(&reader, '.');
			if (dotted && reader_at_name(&reader))
				mention_word(build, n, word, reader_value(&reader));
			continue;
		}
		if (reader.token.type == TOKEN_STRING)
			mention_string(build, n, scratch, reader_value(&reader));
		dotted = false;
		reader_advance(&reader);
	}
	node->made = arena_array(build->arena, node->subject.count, sizeof *node->made);
	for (size_t i = 0; i < node->subject.count; i++) {
		struct load_name *own = own_name(build, node, &node->subject.names[i]);

		/* A block's names stand in its body. */
		mention(build, n, own);
		if (node->subject.names[i].act == ACT_MAKES)
			node->made[node->made_count++] = own;
	}
	node->mention_count = build->found_count;
	node->mentions = arena_array(build->arena, build->found_count, sizeof *node->mentions);
	if (build->found_count)
		memcpy(node->mentions, build->found, build->found_count * sizeof *node->mentions);
}

static void
relate(struct build *build, size_t n, struct load_name *name)
{
	if (name->related == n + 1)
		return;
	name->related = n + 1;
	GROW(build->found, build->found_count, build->found_room);
	build->found[build->found_count++] = name;
}

/*
 * Near and far: for attributes of columns all that the table inherits from, for
 * indexes all that inherits from it.
 */
static void
find_relatives(struct build *build, size_t n)
{
	struct load_node *node = &build->order->nodes[n];
	struct load_name *table = own_table(build, node);
	bool up = node->subject.stage == STAGE_COLUMN;

	build->found_count = 0;
	if (!table || (!up && node->subject.stage != STAGE_INDEX))
		return;
	table->related = n + 1;
	for (size_t next = 0; table; next++) {
		for (struct relatives *r = up ? table->parents : table->children; r; r = r->next)
			relate(build, n, r->name);
		table = next < build->found_count ? build->found[next] : NULL;
	}
	node->relative_count = build->found_count;
	node->relatives = arena_array(build->arena, build->found_count, sizeof *node->relatives);
	if (build->found_count)
		memcpy(node->relatives, build->found, build->found_count * sizeof *node->relatives);
}

/* ------------------------------------------------- the order within a file */

static bool
changes(struct build *build, const struct load_node *node, const struct load_name *name)
{
	for (size_t i = 0; i < node->subject.count; i++)
		if (node->subject.names[i].act == ACT_CHANGES &&
		    own_name(build, node, &node->subject.names[i]) == name)
			return true;
	return false;
}

/* What changes an object stays between what mentions it before and after. */
static void
keep_file_order(struct build *build)
{
	struct load_order *order = build->order;
	size_t file = SIZE_MAX, privilege = SIZE_MAX;

	for (size_t n = 0; n < order->count; n++) {
		struct load_node *node = &order->nodes[n];

		if (node->item->file != file)
			privilege = SIZE_MAX;
		file = node->item->file;
		for (size_t i = 0; i < node->mention_count; i++) {
			struct load_name *name = node->mentions[i];

			if (name->file != file + 1) {
				name->file = file + 1;
				name->changer = 0;
				name->mentions.count = 0;
			}
			if (name->changer)
				add_number(build->arena, &node->before, name->changer - 1);
			if (!changes(build, node, name)) {
				add_number(build->arena, &name->mentions, n);
				continue;
			}
			for (size_t k = 0; k < name->mentions.count; k++)
				add_number(build->arena, &node->before, name->mentions.items[k]);
			name->mentions.count = 0;
			name->changer = n + 1;
		}
		if (node->subject.stage == STAGE_PRIVILEGE) {
			node->after_grant = (node->sql[0] | 0x20) == 'g';
			if (privilege != SIZE_MAX) {
				add_number(build->arena, &node->before, privilege);
				node->after_grant |= order->nodes[privilege].after_grant;
			}
			privilege = n;
		}
	}
}

static bool
makes_object(const struct load_node *node)
{
	for (size_t i = 0; i < node->subject.count; i++)
		if (node->subject.names[i].act == ACT_MAKES && node->subject.names[i].space == NAMES_OBJECT)
			return node->subject.stage < STAGE_FIRST_LATE;
	return false;
}

/* ALTER DEFAULT PRIVILEGES comes after what its file makes above it, and before what it makes below. In infra/
 * it would come before all other files. */
static void
keep_defaults(struct build *build)
{
	struct load_order *order = build->order;
	size_t file = SIZE_MAX, above = 0, defaults = SIZE_MAX; /* the first node since the last one, and that one */

	for (size_t n = 0; n < order->count; n++) {
		struct load_node *node = &order->nodes[n];

		if (node->item->file != file) {
			file = node->item->file;
			above = n;
			defaults = SIZE_MAX;
		}
		if (node->item->part != SOURCE_MAIN)
			continue;
		if (node->subject.stage == STAGE_DEFAULT_PRIVILEGES) {
			for (; above < n; above++)
				if (makes_object(&order->nodes[above]))
					add_number(build->arena, &node->before, above);
			if (defaults != SIZE_MAX)
				add_number(build->arena, &node->before, defaults);
			defaults = n;
		} else if (defaults != SIZE_MAX && makes_object(node)) {
			add_number(build->arena, &node->before, defaults);
			node->defaulted = true;
		}
	}
}

void
load_names_find(struct load_order *order, struct arena *arena)
{
	struct build build = { .order = order, .arena = arena, .table_size = 1024 };
	struct arena scratch = ARENA_INIT;

	while (build.table_size < 2 * order->count)
		build.table_size *= 2;
	build.table = arena_array(arena, build.table_size, sizeof *build.table);
	register_names(&build);
	for (size_t n = 0; n < order->count; n++) {
		find_mentions(&build, n, &scratch);
		find_relatives(&build, n);
		arena_release(&scratch);
	}
	keep_file_order(&build);
	keep_defaults(&build);
	free(build.found);
}
