#include "sql/load_order.h"

#include "sql/reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct load_name {
	struct load_name *next; /* with the same hash */
	enum name_space space;
	const char *schema, *name;
	struct numbers makers, changers, others;
	size_t seen; /* the node that mentioned it last, + 1 */
	/* While one file is gone through: */
	size_t file; /* + 1 */
	size_t changer; /* the last one in this file, + 1 */
	struct numbers mentions; /* in this file since then */
};

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
				if (name->act == ACT_ON)
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

/* ------------------------------------------------------------ the sequence */

struct rank {
	int part, stage, after;
	size_t number;
};

static struct rank
rank_of(const struct load_order *order, size_t n)
{
	const struct load_node *node = &order->nodes[n];
	enum stage stage = node->subject.stage;
	bool late = stage >= STAGE_FIRST_LATE;
	struct rank rank = { .number = n };

	if (node->item->part == SOURCE_SEEDS) {
		rank.part = SOURCE_SEEDS + 1;
		return rank;
	}
	rank.part = late ? SOURCE_SEEDS : (int)node->item->part;
	rank.stage = (int)stage;
	/* Where files say nothing else: REVOKE before GRANT, CREATE before OR REPLACE. */
	rank.after = stage == STAGE_PRIVILEGE ? node->after_grant : node->subject.replaces;
	return rank;
}

static const struct load_order *ranked; /* for compare_ranks, during one qsort */

static int
compare_ranks(const void *a, const void *b)
{
	struct rank x = rank_of(ranked, *(const size_t *)a), y = rank_of(ranked, *(const size_t *)b);

	if (x.part != y.part)
		return x.part - y.part;
	if (x.stage != y.stage)
		return x.stage - y.stage;
	if (x.after != y.after)
		return x.after - y.after;
	return x.number < y.number ? -1 : 1;
}

enum state { STATE_NEW, STATE_OPEN, STATE_DONE };

/* One node that waits for others to be put before it. */
struct frame {
	size_t node;
	size_t edge, name, list, at;
};

static const struct numbers *
name_list(const struct load_name *name, size_t list)
{
	return list == 0 ? &name->makers : list == 1 ? &name->changers : &name->others;
}

/* Whether `other`, which makes or changes what `node` mentions, is wanted before it. */
static bool
is_wanted(const struct load_order *order, size_t n, size_t other, size_t list)
{
	const struct load_node *node = &order->nodes[n], *maker = &order->nodes[other];

	if (maker->subject.stage >= STAGE_FIRST_LATE || maker->subject.stage == STAGE_DROP ||
	    maker->item->part > node->item->part)
		return false;
	if (list == 0)
		return true;
	/* What changes an object later in the same file was not meant to come first. */
	if (maker->item->file == node->item->file && other > n)
		return false;
	return list == 1 || maker->subject.stage < STAGE_OWNER;
}

/* What a node makes need not be changed before it is made. */
static size_t
list_count(const struct load_node *node, const struct load_name *name)
{
	for (size_t i = 0; i < node->made_count; i++)
		if (node->made[i] == name)
			return 1;
	return node->subject.copies ? 3 : 2;
}

/* The next node that must come before the frame's; SIZE_MAX: no more. */
static size_t
next_before(const struct load_order *order, const enum state *states, struct frame *frame)
{
	const struct load_node *node = &order->nodes[frame->node];
	bool late = node->subject.stage >= STAGE_FIRST_LATE;
	size_t lists;

	while (frame->edge < node->before.count) {
		size_t other = node->before.items[frame->edge++];

		if (states[other] == STATE_NEW &&
		    (late || order->nodes[other].subject.stage < STAGE_FIRST_LATE))
			return other;
	}
	if (late || node->subject.stage == STAGE_DROP)
		return SIZE_MAX;
	for (; frame->name < node->mention_count; frame->name++, frame->list = 0) {
		lists = list_count(node, node->mentions[frame->name]);
		for (; frame->list < lists; frame->list++, frame->at = 0) {
			const struct numbers *numbers = name_list(node->mentions[frame->name], frame->list);

			while (frame->at < numbers->count) {
				size_t other = numbers->items[frame->at++];

				if (states[other] == STATE_NEW &&
				    is_wanted(order, frame->node, other, frame->list))
					return other;
			}
		}
	}
	return SIZE_MAX;
}

static bool
is_barrier(const struct load_node *node, const struct load_node *previous)
{
	static const enum stage barriers[] = { STAGE_INDEX, STAGE_OWNER };
	enum stage stage = node->subject.stage, before = previous->subject.stage;

	if (node->item->part != previous->item->part)
		return true;
	if (stage >= STAGE_FIRST_LATE && stage != before)
		return true;
	for (size_t i = 0; i < sizeof barriers / sizeof *barriers; i++)
		if (before < barriers[i] && stage >= barriers[i])
			return true;
	return false;
}

/* Depth first from the ranked nodes; loops are broken where they are met. */
static void
make_sequence(struct build *build)
{
	struct load_order *order = build->order;
	size_t *roots = arena_array(build->arena, order->count, sizeof *roots), placed = 0;
	size_t previous = SIZE_MAX; /* the last root that was not placed before its turn */
	enum state *states = arena_array(build->arena, order->count, sizeof *states);
	struct frame *stack = arena_array(build->arena, order->count, sizeof *stack);

	for (size_t n = 0; n < order->count; n++)
		roots[n] = n;
	ranked = order;
	qsort(roots, order->count, sizeof *roots, compare_ranks);
	for (size_t r = 0; r < order->count; r++) {
		size_t depth = 0, first = placed;

		if (states[roots[r]] != STATE_NEW)
			continue;
		stack[depth++] = (struct frame){ .node = roots[r] };
		states[roots[r]] = STATE_OPEN;
		while (depth) {
			size_t other = next_before(order, states, &stack[depth - 1]);

			if (other == SIZE_MAX) {
				order->sequence[placed++] = stack[--depth].node;
				states[stack[depth].node] = STATE_DONE;
			} else {
				states[other] = STATE_OPEN;
				stack[depth++] = (struct frame){ .node = other };
			}
		}
		if (previous != SIZE_MAX)
			order->nodes[order->sequence[first]].barrier =
				is_barrier(&order->nodes[roots[r]], &order->nodes[previous]);
		previous = roots[r];
	}
}

static const char *
sql_to_send(struct arena *arena, const struct statement *statement, const struct subject *subject)
{
	char *sql;

	if (!subject->concurrently_length)
		return statement->text;
	/* Nobody waits for these tables, the result is the same, and it can be
	 * done in a transaction. Blanks keep the places of errors right. */
	sql = arena_copy(arena, statement->text, statement->length);
	memset(sql + subject->concurrently, ' ', subject->concurrently_length);
	return sql;
}

void
load_order_make(struct load_order *order, struct arena *arena, const struct sources *sources)
{
	struct build build = { .order = order, .arena = arena, .table_size = 1024 };
	struct arena scratch = ARENA_INIT;

	order->count = sources->count;
	order->nodes = arena_array(arena, sources->count, sizeof *order->nodes);
	order->sequence = arena_array(arena, sources->count, sizeof *order->sequence);
	while (build.table_size < 2 * sources->count)
		build.table_size *= 2;
	build.table = arena_array(arena, build.table_size, sizeof *build.table);
	for (size_t n = 0; n < sources->count; n++) {
		const struct statement *statement = &sources->items[n].statement;
		struct load_node *node = &order->nodes[n];

		node->item = &sources->items[n];
		node->subject = subject_of(arena, statement->text, statement->length);
		node->sql = sql_to_send(arena, statement, &node->subject);
	}
	register_names(&build);
	for (size_t n = 0; n < order->count; n++) {
		find_mentions(&build, n, &scratch);
		arena_release(&scratch);
	}
	keep_file_order(&build);
	make_sequence(&build);
	free(build.found);
}

bool
load_order_is_consequence(const struct load_order *order, size_t n, const bool *failed,
                          const char *message)
{
	const struct load_node *node = &order->nodes[n];

	for (size_t i = 0; i < node->mention_count; i++) {
		const struct load_name *name = node->mentions[i];
		size_t missing = 0;

		for (size_t k = 0; k < name->makers.count; k++)
			missing += name->makers.items[k] != n && failed[name->makers.items[k]];
		if (missing && missing == name->makers.count && strstr(message, name->name))
			return true;
	}
	return false;
}
