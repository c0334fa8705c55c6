#include "fact/fact.h"

#include <string.h>

const struct value *
fact_value(const struct fact *fact, const char *key)
{
	size_t low = 0, high = fact->member_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(key, fact->members[middle].key);

		if (!order)
			return &fact->members[middle].value;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const char *
fact_text(const struct fact *fact, const char *key)
{
	const struct value *value = fact_value(fact, key);

	return value && (value->type == VALUE_STRING || value->type == VALUE_NUMBER) ? value->text : NULL;
}

bool
fact_has(const struct fact *fact, const char *key)
{
	return fact_value(fact, key) != NULL;
}

bool
fact_is(const struct fact *fact, const char *key, const char *text)
{
	const char *value = fact_text(fact, key);

	return value && !strcmp(value, text);
}

const char **
fact_list(const struct fact *fact, const char *key, size_t *count)
{
	const struct value *value = fact_value(fact, key);

	*count = value && value->type == VALUE_LIST ? value->count : 0;
	return *count ? value->items : NULL;
}

/* A copy with that key, in the place of another value if there is one. */
static struct fact *
with_member(struct arena *arena, const struct fact *fact, struct member member)
{
	struct fact *copy = arena_alloc(arena, sizeof *copy);
	size_t at = 0, old = 0;

	*copy = *fact;
	copy->members = arena_array(arena, fact->member_count + 1, sizeof *copy->members);
	while (at < fact->member_count && strcmp(fact->members[at].key, member.key) < 0) {
		copy->members[at] = fact->members[at];
		at++;
	}
	old = at < fact->member_count && !strcmp(fact->members[at].key, member.key) ? at + 1 : at;
	copy->members[at++] = member;
	while (old < fact->member_count)
		copy->members[at++] = fact->members[old++];
	copy->member_count = at;
	return copy;
}

struct fact *
fact_marked(struct arena *arena, const struct fact *fact, const char *key)
{
	return with_member(arena, fact, (struct member){ key, { VALUE_TRUE, 0, { NULL } } });
}

struct fact *
fact_with(struct arena *arena, const struct fact *fact, const char *key, const char *text)
{
	return with_member(arena, fact, (struct member){ key, { VALUE_STRING, 0, { .text = text } } });
}

const struct fact *
fact_without(struct arena *arena, const struct fact *fact, const char *key)
{
	struct fact *copy;

	if (!fact_has(fact, key))
		return fact;
	copy = arena_alloc(arena, sizeof *copy);
	*copy = *fact;
	copy->members = arena_array(arena, fact->member_count, sizeof *copy->members);
	copy->member_count = 0;
	for (size_t i = 0; i < fact->member_count; i++)
		if (strcmp(fact->members[i].key, key) != 0)
			copy->members[copy->member_count++] = fact->members[i];
	return copy;
}

/* ------------------------------------------------------------------- ids */

size_t
id_kind_length(const char *id)
{
	return strcspn(id, " ");
}

bool
id_is(const char *id, const char *kind)
{
	size_t length = strlen(kind);

	return id && !strncmp(id, kind, length) && id[length] == ' ';
}

const char *
id_name(const char *id)
{
	id += id_kind_length(id);
	return *id ? id + 1 : id;
}

const char *
id_word(const char *id, const char *word)
{
	size_t length = strlen(word);
	bool quoted = false;

	/* A doubled quote inside a name closes and opens again. */
	for (; *id; id++)
		if (*id == '"')
			quoted = !quoted;
		else if (!quoted && *id == ' ' && !strncmp(id + 1, word, length) && id[length + 1] == ' ')
			return id;
	return NULL;
}

const char *
identifier_end(const char *p)
{
	if (*p != '"')
		return p + strcspn(p, ".(\" ");
	for (p++; *p; p++) {
		if (*p == '"' && p[1] != '"')
			return p + 1;
		if (*p == '"')
			p++;
	}
	return p;
}

const char *
name_last_part(const char *name)
{
	for (;;) {
		const char *end = identifier_end(name);

		if (*end != '.')
			return name;
		name = end + 1;
	}
}

const char *
name_schema(const char *name, size_t *length)
{
	const char *end = identifier_end(name);

	*length = *end == '.' ? (size_t)(end - name) : 0;
	return name;
}

char *
identifier_plain(struct arena *arena, const char *quoted, size_t length)
{
	char *plain, *out;

	if (length < 2 || *quoted != '"')
		return arena_copy(arena, quoted, length);
	plain = out = arena_alloc(arena, length + 1);
	for (size_t i = 1; i + 1 < length; i++) {
		*out++ = quoted[i];
		if (quoted[i] == '"')
			i++;
	}
	*out = '\0';
	return plain;
}

/* The first byte of a character's canonical JSON; the end is a closing quote. */
static unsigned char
first_byte(unsigned char c)
{
	return c == '\0' ? '"' : c < 0x20 || c == '"' || c == '\\' ? '\\' : c;
}

/* The second one of an escaped character. */
static unsigned char
second_byte(unsigned char c)
{
	return c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c < 0x20 ? 'u' : c;
}

int
id_compare(const char *a, const char *b)
{
	unsigned char x, y;

	while (*a && *a == *b)
		a++, b++;
	if (*a == *b)
		return 0;
	x = (unsigned char)*a;
	y = (unsigned char)*b;
	if (first_byte(x) != first_byte(y))
		return first_byte(x) - first_byte(y);
	if (second_byte(x) != second_byte(y))
		return second_byte(x) - second_byte(y);
	return x - y;
}

/* -------------------------------------------------------------- equality */

bool
value_equal(const struct value *a, const struct value *b)
{
	if (!a || !b)
		return a == b;
	if (a->type != b->type)
		return false;
	if (a->type == VALUE_TRUE)
		return true;
	if (a->type != VALUE_LIST)
		return !strcmp(a->text, b->text);
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->items[i], b->items[i]) != 0)
			return false;
	return true;
}

bool
fact_equal(const struct fact *a, const struct fact *b, bool needs)
{
	if (strcmp(a->id, b->id) != 0 || !a->in != !b->in || (a->in && strcmp(a->in, b->in) != 0))
		return false;
	if (a->member_count != b->member_count || (needs && a->needs_count != b->needs_count))
		return false;
	for (size_t i = 0; needs && i < a->needs_count; i++)
		if (strcmp(a->needs[i], b->needs[i]) != 0)
			return false;
	for (size_t i = 0; i < a->member_count; i++)
		if (strcmp(a->members[i].key, b->members[i].key) != 0 ||
		    !value_equal(&a->members[i].value, &b->members[i].value))
			return false;
	return true;
}
