/* CREATE TABLE … PARTITION OF, for tables that are as the server would make them (idiom.h). */
#include "rule/idioms.h"

#include "rule/rule.h"

#include <stdlib.h>
#include <string.h>

struct partition {
	struct idioms *idioms;
	const struct fact *fact, *table, *parent;
	const struct fact **columns, **parents; /* by position */
	size_t count;
	const char **needs; /* what the parent must have by then */
	size_t need_count, need_room;
};

static void
need(struct partition *p, const char *id)
{
	GROW(p->needs, p->need_count, p->need_room);
	p->needs[p->need_count++] = id;
}

/* ----------------------------------------------------------------- columns */

static int
compare_position(const void *a, const void *b)
{
	const char *p = fact_text(*(const struct fact *const *)a, "position");
	const char *q = fact_text(*(const struct fact *const *)b, "position");
	long place = p ? strtol(p, NULL, 10) : 0, other = q ? strtol(q, NULL, 10) : 0;

	return place < other ? -1 : place > other;
}

static const struct fact **
columns_of(const struct idioms *idioms, const struct fact *table, size_t *count)
{
	const struct fact **columns = NULL;
	size_t room = 0;

	*count = 0;
	for (const struct fact *child = idioms_child(idioms, table); child; child = idioms_sibling(idioms, child))
		if (id_is(child->id, "column")) {
			GROW(columns, *count, room);
			columns[(*count)++] = child;
		}
	if (*count)
		qsort(columns, *count, sizeof *columns, compare_position);
	return columns;
}

/* The name that a NOT NULL gets by itself, from version 18 on. */
static const char *
not_null_default(const struct partition *p, const struct fact *column, const struct fact *table)
{
	struct arena *arena = p->idioms->arena;

	return arena_printf(arena, "%s_%s_not_null", plain_name(arena, table->id), plain_name(arena, column->id));
}

static const char *
not_null_name(const struct partition *p, const struct fact *column, const struct fact *table)
{
	const char *given = fact_text(column, "not_null_name");

	return given ? identifier_plain(p->idioms->arena, given, strlen(given)) : not_null_default(p, column, table);
}

/* Of a partition's NOT NULL that its parent has too the catalogs say the name in any case (column.sql). */
static const struct fact *
without_default_name(const struct partition *p, const struct fact *column)
{
	const char *given = fact_text(column, "not_null_name");

	if (!given || strcmp(not_null_name(p, column, p->table), not_null_default(p, column, p->table)) != 0)
		return column;
	return fact_without(p->idioms->arena, column, "not_null_name");
}

static bool
column_fits(struct partition *p, const struct fact *column, const struct fact *parent)
{
	static const char *const same[] = { "type", "collation", "generated", "expression", "compression", NULL };
	const struct fact *value = idioms_child_of_kind(p->idioms, column, "default");
	const struct fact *parents = idioms_child_of_kind(p->idioms, parent, "default");
	const struct fact *sequence = idioms_child_of_kind(p->idioms, column, "sequence");

	/* It may be serial by now. */
	if (p->idioms->facts[column->number] != column)
		return false;
	if (strcmp(name_last_part(id_name(column->id)), name_last_part(id_name(parent->id))) != 0 ||
	    !same_keys(column, parent, same) || (parents && !value))
		return false;
	if ((sequence && fact_has(sequence, "identity")) || fact_has(column, "not_null_no_inherit"))
		return false;
	if (fact_has(parent, "not_null") && !fact_has(column, "not_null"))
		return false;
	return !fact_has(parent, "storage") || fact_has(column, "storage");
}

static bool
columns_fit(struct partition *p)
{
	size_t count;

	p->columns = columns_of(p->idioms, p->table, &p->count);
	p->parents = columns_of(p->idioms, p->parent, &count);
	if (count != p->count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!column_fits(p, p->columns[i], p->parents[i]))
			return false;
	return true;
}

/* What the column has from its parent goes. So does its NOT NULL, unless that has another name than the parent's. */
static void
column_shorten(struct partition *p, const struct fact *column, const struct fact *parent)
{
	struct arena *arena = p->idioms->arena;
	const struct fact *value = idioms_child_of_kind(p->idioms, column, "default");
	const struct fact *parents = idioms_child_of_kind(p->idioms, parent, "default");
	const struct fact *rest = fact_without(arena, column, "compression");

	rest = fact_without(arena, fact_without(arena, rest, "generated"), "expression");
	if (fact_has(parent, "not_null") &&
	    (!fact_has(column, "not_null_name") ||
	     !strcmp(not_null_name(p, column, p->table), not_null_name(p, parent, p->parent))))
		rest = fact_without(arena, fact_without(arena, rest, "not_null"), "not_null_name");
	idioms_replace(p->idioms, column, without_default_name(p, rest));
	if (value && parents && same_keys(value, parents, (const char *const[]){ "expression", NULL })) {
		idioms_remove(p->idioms, value, column->id);
		need(p, parents->id);
	}
}

/* ------------------------------------------------------------- constraints */

/* The partition's constraint that belongs to the key of its parent. */
static const struct fact *
attached_key(const struct partition *p, const struct fact *key, const struct fact **attached)
{
	for (*attached = idioms_below(p->idioms, key); *attached; *attached = idioms_beside(p->idioms, *attached)) {
		const struct fact *own = idioms_find(p->idioms, (*attached)->in);

		/* One with a comment is an index in its constraint. */
		if (own && id_is(own->id, "index") && own->in)
			own = idioms_find(p->idioms, own->in);
		if (own && id_is(own->id, "constraint") && own->in && !strcmp(own->in, p->table->id))
			return own;
	}
	return NULL;
}

static bool
key_fits(const struct partition *p, const struct fact *own, const struct fact *parent)
{
	static const char *const same[] = { "type", "definition", "definition_tail", "options", "tablespace", NULL };
	const char *type = fact_text(parent, "type"), *definition = fact_text(parent, "definition");
	const char *name = name_last_part(id_name(own->id));

	if (!same_keys(own, parent, same) || fact_has(own, "not_valid") || fact_has(own, "repeated") || idioms_constraints_named(p->idioms, name) != 1)
		return false;
	if (*type == 'p')
		return name_is_chosen(p->idioms->arena, name, plain_name(p->idioms->arena, p->table->id), NULL, "pkey");
	return *type == 'u' && index_name_is_chosen(p->idioms, own->id, p->table, definition, "key");
}

/* The partition's constraint that comes with the parent's; NULL: there is none, or it would be another one. */
static const struct fact *
own_constraint(const struct partition *p, const struct fact *parent, const struct fact **attached)
{
	struct arena *arena = p->idioms->arena;
	const struct fact *own;

	*attached = NULL;
	if (fact_is(parent, "type", "c")) {
		static const char *const same[] = { "type", "definition", "not_valid", NULL };

		own = idioms_find(p->idioms, arena_printf(arena, "constraint %s.%s", id_name(p->table->id),
		                                          name_last_part(id_name(parent->id))));
		return own && same_keys(own, parent, same) ? own : NULL;
	}
	own = attached_key(p, parent, attached);
	return own && key_fits(p, own, parent) ? own : NULL;
}

/* A foreign key comes in every form, but by another name where the partition has something else of that name, which only a
 * partition that is attached with it can. */
static bool
name_is_free(const struct partition *p, const struct fact *foreign_key)
{
	return !idioms_find(p->idioms, arena_printf(p->idioms->arena, "constraint %s.%s", id_name(p->table->id),
	                                            name_last_part(id_name(foreign_key->id))));
}

/* What has to be there in the partition, too; a NOT NULL that is written as a constraint is not valid. */
static bool
is_inherited(const struct fact *constraint)
{
	return id_is(constraint->id, "constraint") && fact_has(constraint, "definition") &&
	       !fact_is(constraint, "type", "f");
}

static bool
constraints_fit(const struct partition *p)
{
	const struct fact *attached;

	for (const struct fact *child = idioms_child(p->idioms, p->parent); child;
	     child = idioms_sibling(p->idioms, child)) {
		if (is_inherited(child) && (fact_fold(child) != FOLD_MAY || !own_constraint(p, child, &attached)))
			return false;
		if (fact_is(child, "type", "f") && !name_is_free(p, child))
			return false;
	}
	return true;
}

static void
constraints_shorten(struct partition *p)
{
	for (const struct fact *child = idioms_child(p->idioms, p->parent); child;
	     child = idioms_sibling(p->idioms, child)) {
		const struct fact *attached, *own;
		struct fact *rest;

		if (!is_inherited(child))
			continue;
		own = own_constraint(p, child, &attached);
		rest = (struct fact *)fact_without(p->idioms->arena, own, "definition");
		rest->needs_count = 0;
		idioms_replace(p->idioms, own, rest);
		if (attached)
			idioms_remove(p->idioms, attached, child->id);
		need(p, child->id);
	}
}

/* --------------------------------------------------------------- the whole */

/* A partition gets its parent's tablespace, and later versions' access method, unless it says one. */
static bool
table_fits(const struct partition *p)
{
	return !fact_has(p->table, "of_type") &&
	       (fact_has(p->table, "tablespace") || !fact_has(p->parent, "tablespace")) &&
	       (fact_has(p->table, "access_method") || !fact_has(p->parent, "access_method"));
}

static void
shorten(struct partition *p)
{
	struct arena *arena = p->idioms->arena;
	struct fact *within = fact_marked(arena, p->fact, "inline");

	for (size_t i = 0; i < p->count; i++)
		column_shorten(p, p->columns[i], p->parents[i]);
	constraints_shorten(p);
	within->needs = arena_array(arena, p->fact->needs_count + p->need_count, sizeof *within->needs);
	for (size_t i = 0; i < p->fact->needs_count; i++)
		within->needs[i] = p->fact->needs[i];
	for (size_t i = 0; i < p->need_count; i++)
		within->needs[within->needs_count++] = p->needs[i];
	idioms_replace(p->idioms, p->fact, within);
}

/* One that stays as it is. */
static void
tidy(struct partition *p)
{
	size_t count;
	const struct fact **columns = p->table ? columns_of(p->idioms, p->table, &count) : NULL;

	for (size_t i = 0; columns && i < count; i++)
		idioms_replace(p->idioms, columns[i], without_default_name(p, p->idioms->facts[columns[i]->number]));
	free(columns);
}

void
idioms_partition(struct idioms *idioms)
{
	for (size_t i = 0; i < idioms->from->count; i++) {
		struct partition p = { .idioms = idioms, .fact = idioms->from->facts[i] };

		if (!id_is(p.fact->id, "partition"))
			continue;
		p.table = idioms_find(idioms, p.fact->in);
		p.parent = idioms_find(idioms, arena_printf(idioms->arena, "table %s", fact_text(p.fact, "parent")));
		if (p.table && p.parent && id_is(p.table->id, "table") && !snapshot_find(idioms->plain, p.fact->id) &&
		    table_fits(&p) && columns_fit(&p) && constraints_fit(&p))
			shorten(&p);
		else
			tidy(&p);
		free(p.columns);
		free(p.parents);
		free(p.needs);
	}
}
