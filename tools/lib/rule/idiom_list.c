/*
 * `kind IN ('a', 'b')`, which the server keeps as `kind = ANY (ARRAY['a'::text, 'b'::text])` (idiom.h): where the left
 * side is a column and all on the right are literals of its very type, so that nothing else could be meant.
 */
#include "rule/idioms.h"

#include <string.h>

struct list {
	const struct idioms *idioms;
	const char *table;  /* the name of the table, or */
	const char *domain; /* what VALUE is of */
};

/* The end of a column's name that begins here, or of VALUE; NULL: none does. */
static const char *
name_end(const char *p)
{
	const char *end = *p == '"' ? identifier_end(p) : p + strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789_$");

	return !strncmp(p, "VALUE ", 6) ? p + 5 : end > p ? end : NULL;
}

static const char *
type_of(const struct list *list, const char *name, size_t length)
{
	const struct fact *column;

	if (!list->table)
		return length == 5 && !strncmp(name, "VALUE", 5) ? list->domain : NULL;
	column = idioms_find(list->idioms, arena_printf(list->idioms->arena, "column %s.%.*s", list->table, (int)length, name));
	return column ? fact_text(column, "type") : NULL;
}

/* One element; its end, or NULL for what is no literal of that type. */
static const char *
element(struct sbuf *out, const char *p, const char *type)
{
	size_t length = strlen(type);
	const char *end = expression_literal_end(p);

	if (!strcmp(type, "integer")) {
		size_t digits = strspn(p, "0123456789");

		sbuf_add(out, p, digits);
		return digits ? p + digits : NULL;
	}
	if (!end || strncmp(end, "::", 2) != 0 || strncmp(end + 2, type, length) != 0)
		return NULL;
	sbuf_add(out, p, (size_t)(end - p));
	return end + 2 + length;
}

/* The elements behind `ARRAY[`, of which IN must have two to be kept so; the end of all, or NULL. */
static const char *
elements(struct sbuf *out, const char *p, const char *type)
{
	/* Literals of others are numbers, or of no type before they are cast. */
	static const char *const others[] = { "smallint", "bigint", "numeric", "real", "double precision", "oid", "money" };
	size_t count = 0;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!strcmp(type, others[i]))
			return NULL;
	for (;;) {
		p = element(out, p, type);
		if (!p)
			return NULL;
		count++;
		if (!strncmp(p, "])", 2))
			return count > 1 ? p + 2 : NULL;
		if (strncmp(p, ", ", 2) != 0)
			return NULL;
		sbuf_adds(out, ", ");
		p += 2;
	}
}

/* What stands for a comparison that begins here; where it ends, or NULL when none does. */
static const char *
comparison(const struct list *list, struct sbuf *out, const char *p)
{
	static const char any[] = " = ANY (ARRAY[", all[] = " <> ALL (ARRAY[";
	const char *end = name_end(p), *type, *rest;
	bool is_any = end && !strncmp(end, any, sizeof any - 1);
	size_t start = out->length;

	if (!is_any && !(end && !strncmp(end, all, sizeof all - 1)))
		return NULL;
	type = type_of(list, p, (size_t)(end - p));
	sbuf_add(out, p, (size_t)(end - p));
	sbuf_adds(out, is_any ? " IN (" : " NOT IN (");
	rest = type ? elements(out, end + (is_any ? sizeof any : sizeof all) - 1, type) : NULL;
	if (rest)
		sbuf_addc(out, ')');
	else
		sbuf_cut(out, start);
	return rest;
}

static const char *
shorten(const struct list *list, const char *text)
{
	struct sbuf out = SBUF_INIT;
	const char *result;
	bool found = false;

	for (const char *p = text; *p;) {
		const char *end = p == text || p[-1] == '(' || p[-1] == ' ' ? comparison(list, &out, p) : NULL;

		found |= end != NULL;
		if (!end) {
			end = expression_step(p);
			sbuf_add(&out, p, (size_t)(end - p));
		}
		p = end;
	}
	result = found ? arena_copy(list->idioms->arena, out.text, out.length) : text;
	sbuf_release(&out);
	return result;
}

void
idioms_list(struct idioms *idioms)
{
	for (size_t i = 0; i < idioms->from->count; i++) {
		const struct fact *fact = idioms->from->facts[i], *now = idioms->facts[i], *in;
		bool check = id_is(fact->id, "constraint") && fact_is(fact, "type", "c");
		const char *key = id_is(fact->id, "index") ? "predicate" : "definition", *text;
		struct list list = { .idioms = idioms };

		if (!now || !(check || id_is(fact->id, "index") || id_is(fact->id, "domain_constraint")))
			continue;
		in = idioms_find(idioms, fact->in);
		text = fact_text(now, key);
		if (!in || !text)
			continue;
		if (id_is(in->id, "domain"))
			list.domain = fact_text(in, "type");
		else
			list.table = id_name(in->id);
		text = shorten(&list, text);
		if (text != fact_text(now, key))
			idioms_replace(idioms, fact, fact_with(idioms->arena, now, key, text));
	}
}
