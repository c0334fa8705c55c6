/* CREATE INDEX on a partitioned table that makes the partitions' indexes too (idiom.h). */
#include "rule/idioms.h"

#include <string.h>

/* ------------------------------------------------------------------ names */

enum { COLUMNS_MAX = 32 }; /* INDEX_MAX_KEYS */

struct names {
	const char *names[COLUMNS_MAX];
	size_t count;
};

/* The columns of `(a, "b c" DESC)`, whose end it gives; NULL where it holds anything else, which the
 * server would name in its own way, or a column twice. */
static const char *
columns_read(struct arena *arena, struct names *columns, const char *p)
{
	while (*p == '(' || *p == ',') {
		const char *start = p + 1 + strspn(p + 1, " "), *name;
		const char *end = *start == '"' ? identifier_end(start) : start + strcspn(start, ",() ");

		if (end == start || !*end || *end == '(' || columns->count == COLUMNS_MAX)
			return NULL;
		name = identifier_plain(arena, start, (size_t)(end - start));
		for (size_t i = 0; i < columns->count; i++)
			if (!strcmp(columns->names[i], name))
				return NULL;
		columns->names[columns->count++] = name;
		/* An operator class and a collation are names, too. */
		for (p = end; *p && *p != ',' && *p != ')';)
			p = *p == '"' ? identifier_end(p) : *p == '(' ? "" : p + 1;
	}
	return *p == ')' ? p + 1 : NULL;
}

/* ChooseIndexNameAddition: columns with '_' in between, as long as there is room. */
static const char *
addition(struct arena *arena, const struct names *columns)
{
	const char *text = columns->names[0];

	for (size_t i = 1; i < columns->count && strlen(text) < 64; i++)
		text = arena_printf(arena, "%s_%s", text, columns->names[i]);
	return text;
}

bool
index_name_is_chosen(const struct idioms *idioms, const char *id, const struct fact *table, const char *elements,
                     const char *label)
{
	struct arena *arena = idioms->arena;
	struct names columns = { .count = 0 };
	const char *end = columns_read(arena, &columns, elements + strcspn(elements, "("));

	if (end && !strncmp(end, " INCLUDE (", strlen(" INCLUDE (")))
		end = columns_read(arena, &columns, end + strlen(" INCLUDE "));
	return end && !*end && columns.count &&
	       name_is_chosen(arena, name_last_part(id_name(id)), plain_name(arena, table->id),
	                      addition(arena, &columns), label);
}

/* ---------------------------------------------------------------- indexes */

static const char *const indexed[] = { "unique", "method", "elements", "predicate", NULL };

/* The index of that table which belongs to `index`; NULL if there is none. */
static const struct fact *
attached_index(const struct idioms *idioms, const struct fact *index, const struct fact *table,
               const struct fact **attached)
{
	for (*attached = idioms_below(idioms, index); *attached; *attached = idioms_beside(idioms, *attached)) {
		const struct fact *own = idioms_find(idioms, (*attached)->in);

		if (own && id_is(own->id, "index") && own->in && !strcmp(own->in, table->id))
			return own;
	}
	return NULL;
}

/* Whether the table has another index that the server could take instead of making this one. A key that belongs to
 * another one does by the time that indexes are made. */
static bool
has_twin(const struct idioms *idioms, const struct fact *table, const struct fact *own)
{
	for (const struct fact *other = idioms_child(idioms, table); other; other = idioms_sibling(idioms, other)) {
		bool key = id_is(other->id, "constraint") && fact_text(other, "type") &&
		           strchr("pux", *fact_text(other, "type"));

		if (key && fact_has(own, "unique") && !idioms_child_of_kind(idioms, other, "index_partition"))
			return true;
		if (other != own && id_is(other->id, "index") && same_keys(own, other, indexed))
			return true;
	}
	return false;
}

static bool
is_made(const struct idioms *idioms, const struct fact *own, const struct fact *parent, const struct fact *table)
{
	static const char *const same[] = { "options", "tablespace", NULL };

	return same_keys(own, parent, indexed) && same_keys(own, parent, same) && !fact_has(own, "statistics") &&
	       !fact_has(own, "clustered") && !fact_has(own, "replica_identity") && !fact_has(own, "invalid") &&
	       index_name_is_chosen(idioms, own->id, table, fact_text(own, "elements"), "idx") &&
	       !has_twin(idioms, table, own);
}

/* Calls itself for the partitions of partitions. With `edit` the indexes of all are left to the server. */
static bool
partitions_fit(struct idioms *idioms, const struct fact *root, const struct fact *index, const struct fact *table,
               bool edit)
{
	for (const struct fact *p = idioms_below(idioms, table); p; p = idioms_beside(idioms, p)) {
		const struct fact *partition = idioms_find(idioms, p->in), *own, *attached;
		struct fact *rest;

		/* The server leaves foreign tables out. */
		if (!partition || !id_is(partition->id, "table"))
			continue;
		own = attached_index(idioms, index, partition, &attached);
		if (!own || (!edit && !is_made(idioms, own, index, partition)) ||
		    !partitions_fit(idioms, root, own, partition, edit))
			return false;
		if (!edit)
			continue;
		rest = (struct fact *)fact_without(idioms->arena, own, "elements");
		rest->needs_count = 0;
		idioms_replace(idioms, own, rest);
		idioms_remove(idioms, attached, root->id);
	}
	return true;
}

void
idioms_index(struct idioms *idioms)
{
	for (size_t i = 0; i < idioms->from->count; i++) {
		const struct fact *index = idioms->from->facts[i];
		const struct fact *table = id_is(index->id, "index") && fact_has(index, "only") && index->in
			? idioms_find(idioms, index->in) : NULL;

		/* That of a partition comes with its parent's, or is as it is. */
		if (!table || !fact_has(index, "elements") || idioms_child_of_kind(idioms, index, "index_partition") ||
		    !partitions_fit(idioms, index, index, table, false))
			continue;
		partitions_fit(idioms, index, index, table, true);
		idioms_replace(idioms, index, fact_without(idioms->arena, index, "only"));
	}
}
