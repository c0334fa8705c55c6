#include "catalog/row.h"

#include "catalog/secret.h"
#include "catalog/settle.h"

#include "base/die.h"

#include <stdlib.h>
#include <string.h>

/* Types of columns, from PostgreSQL's pg_type.dat. */
enum {
	BOOL_OID = 16, INT8_OID = 20, INT2_OID = 21, INT4_OID = 23, OID_OID = 26, TEXT_ARRAY_OID = 1009,
	VARCHAR_OID = 1043
};

static int
compare_key(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

void
row_shape_of(struct row_shape *shape, struct arena *arena, const char *query, const PGresult *result)
{
	struct {
		const char *name;
		int *column;
	} reserved[] = {
		{ "classid", &shape->classid }, { "objid", &shape->objid }, { "objsubid", &shape->objsubid },
		{ "id", &shape->id }, { "in", &shape->in }, { "on_classid", &shape->on_classid },
		{ "on_objid", &shape->on_objid }, { "on_objsubid", &shape->on_objsubid },
		{ "also", &shape->also }, { "needs", &shape->needs }, { "withheld", &shape->withheld },
		{ "left_out", &shape->left_out },
	};

	shape->key_count = 0;
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		*reserved[i].column = -1;
	for (int column = 0; column < PQnfields(result); column++) {
		const char *name = PQfname(result, column);
		size_t i = 0;

		while (i < sizeof reserved / sizeof *reserved && strcmp(reserved[i].name, name) != 0)
			i++;
		if (i < sizeof reserved / sizeof *reserved) {
			*reserved[i].column = column;
			continue;
		}
		if (shape->key_count == sizeof shape->keys / sizeof *shape->keys)
			die(STATUS_BUG, "%s: too many columns", query);
		shape->keys[shape->key_count].key = arena_string(arena, name);
		shape->keys[shape->key_count].column = column;
		switch (PQftype(result, column)) {
		case BOOL_OID: shape->keys[shape->key_count].as = READ_BOOL; break;
		case INT2_OID: case INT4_OID: case INT8_OID: case OID_OID:
			shape->keys[shape->key_count].as = READ_NUMBER;
			break;
		case TEXT_ARRAY_OID: shape->keys[shape->key_count].as = READ_LIST; break;
		case VARCHAR_OID: shape->keys[shape->key_count].as = READ_SQL; break;
		default: shape->keys[shape->key_count].as = READ_TEXT;
		}
		shape->key_count++;
	}
	/* The key is the first member of the struct. */
	qsort(shape->keys, shape->key_count, sizeof *shape->keys, compare_key);
	if (shape->id < 0)
		die(STATUS_BUG, "%s: there is no column id", query);
}

/*
 * The items of an array as text: {a,"b c",NULL}. One dimension, no bounds, as
 * array_out of PostgreSQL's arrayfuncs.c writes text[]. NULL items are left out.
 */
static const char **
array_items(struct arena *arena, const char *text, size_t *count)
{
	const char **items = NULL, **kept;
	size_t room = 0;
	const char *p = text + 1;

	*count = 0;
	while (*p && *p != '}') {
		char *item, *out;
		bool quoted = *p == '"';

		item = out = arena_copy(arena, p, strcspn(p, quoted ? "" : ",}"));
		if (quoted) {
			for (p++; *p && *p != '"'; p++) {
				if (*p == '\\')
					p++;
				*out++ = *p;
			}
			*out = '\0';
			p++;
		} else {
			p += strlen(item);
		}
		if (quoted || strcmp(item, "NULL") != 0) {
			GROW(items, *count, room);
			items[(*count)++] = item;
		}
		if (*p == ',')
			p++;
	}
	kept = arena_array(arena, *count, sizeof *kept);
	if (*count)
		memcpy(kept, items, *count * sizeof *kept);
	free(items);
	return kept;
}

static bool
address_at(struct address *address, const PGresult *result, int number, int class, int object, int part)
{
	*address = (struct address){ 0 };
	if (class < 0 || object < 0 || PQgetisnull(result, number, class) ||
	    PQgetisnull(result, number, object))
		return false;
	address->class = (uint32_t)strtoul(PQgetvalue(result, number, class), NULL, 10);
	address->object = (uint32_t)strtoul(PQgetvalue(result, number, object), NULL, 10);
	if (part >= 0)
		address->part = (int32_t)strtol(PQgetvalue(result, number, part), NULL, 10);
	return true;
}

struct address
address_parse(const char *text)
{
	struct address address = { 0 };
	char *end;

	address.class = (uint32_t)strtoul(text, &end, 10);
	if (*end == ':')
		address.object = (uint32_t)strtoul(end + 1, NULL, 10);
	return address;
}

static const char *
text_at(struct arena *arena, const PGresult *result, int number, int column)
{
	if (column < 0 || PQgetisnull(result, number, column))
		return NULL;
	return arena_copy(arena, PQgetvalue(result, number, column),
	                  (size_t)PQgetlength(result, number, column));
}

static const char *
settled(struct arena *arena, const char *sql)
{
	struct sbuf out = SBUF_INIT;
	const char *text;

	settle(&out, sql);
	text = arena_string(arena, out.text);
	sbuf_release(&out);
	return text;
}

static bool
value_at(struct value *value, struct arena *arena, const struct row_shape *shape, size_t key,
         const PGresult *result, int number)
{
	int column = shape->keys[key].column;
	const char *text = PQgetvalue(result, number, column);

	if (PQgetisnull(result, number, column))
		return false;
	switch (shape->keys[key].as) {
	case READ_BOOL:
		value->type = VALUE_TRUE;
		return *text == 't';
	case READ_LIST:
		value->type = VALUE_LIST;
		value->items = array_items(arena, text, &value->count);
		return value->count > 0;
	case READ_SQL:
		value->type = VALUE_STRING;
		value->text = settled(arena, text);
		return true;
	case READ_NUMBER:
	case READ_TEXT:
		break;
	}
	value->type = shape->keys[key].as == READ_NUMBER ? VALUE_NUMBER : VALUE_STRING;
	value->text = text_at(arena, result, number, column);
	return true;
}

/* Takes the secret ones out of a list of options, and names them in what is withheld. */
static void
withhold_options(struct row *row, struct arena *arena, struct value *value)
{
	struct sbuf names = SBUF_INIT;
	size_t kept = 0;

	for (size_t i = 0; i < value->count; i++) {
		if (!option_is_secret(value->items[i])) {
			value->items[kept++] = value->items[i];
			continue;
		}
		sbuf_addf(&names, "%s%.*s", names.length ? ", " : "", (int)strcspn(value->items[i], "="),
		          value->items[i]);
	}
	value->count = kept;
	if (names.length)
		row->withheld = arena_printf(arena, "options with secrets: %s", names.text);
	sbuf_release(&names);
}

static void
withhold_secrets(struct row *row, struct arena *arena)
{
	struct fact *fact = row->fact;
	size_t kept = 0;

	for (size_t i = 0; i < fact->member_count; i++) {
		struct member *member = &fact->members[i];

		if (!strcmp(member->key, "fdw_options")) {
			withhold_options(row, arena, &member->value);
			if (!member->value.count)
				continue;
		} else if (!strcmp(member->key, "setting") && option_is_secret(member->value.text)) {
			row->withheld = fact->id;
			fact->id = NULL;
		}
		fact->members[kept++] = *member;
	}
	fact->member_count = kept;
}

void
row_read(struct row *row, struct arena *arena, const struct row_shape *shape, const PGresult *result,
         int number)
{
	struct fact *fact = arena_alloc(arena, sizeof *fact);
	struct member members[sizeof shape->keys / sizeof *shape->keys];

	row->fact = fact;
	fact->id = text_at(arena, result, number, shape->id);
	fact->in = text_at(arena, result, number, shape->in);
	row->has_address = address_at(&row->address, result, number, shape->classid, shape->objid, shape->objsubid);
	row->has_on = address_at(&row->on, result, number, shape->on_classid, shape->on_objid, shape->on_objsubid);
	row->also = NULL;
	row->also_count = 0;
	if (shape->also >= 0 && !PQgetisnull(result, number, shape->also))
		row->also = array_items(arena, PQgetvalue(result, number, shape->also), &row->also_count);
	row->withheld = text_at(arena, result, number, shape->withheld);
	row->left_out = text_at(arena, result, number, shape->left_out);
	if (shape->needs >= 0 && !PQgetisnull(result, number, shape->needs))
		fact->needs = array_items(arena, PQgetvalue(result, number, shape->needs), &fact->needs_count);
	for (size_t key = 0; key < shape->key_count; key++) {
		members[fact->member_count].key = shape->keys[key].key;
		if (value_at(&members[fact->member_count].value, arena, shape, key, result, number))
			fact->member_count++;
	}
	fact->members = arena_array(arena, fact->member_count, sizeof *members);
	if (fact->member_count)
		memcpy(fact->members, members, fact->member_count * sizeof *members);
	withhold_secrets(row, arena);
}

char *
row_id_about(struct arena *arena, const char *id, const char *target)
{
	const char *gap = strstr(id, "{}"), *quote = strchr(id, '"');

	/* A name with {} in it stands in quotes. */
	if (!gap || (quote && quote < gap))
		return arena_string(arena, id);
	return arena_printf(arena, "%.*s%s%s", (int)(gap - id), id, target, gap + 2);
}
