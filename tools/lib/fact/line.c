/* Facts as text: writing and reading one line (declared in fact.h). */
#include "fact/fact.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* --------------------------------------------------------------- writing */

void
json_string_write(struct sbuf *out, const char *text)
{
	static const char hex[] = "0123456789abcdef";
	const char *start = text, *p = text;

	sbuf_addc(out, '"');
	for (; *p; p++) {
		unsigned char c = (unsigned char)*p;

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		sbuf_add(out, start, (size_t)(p - start));
		start = p + 1;
		switch (c) {
		case '"': sbuf_add(out, "\\\"", 2); break;
		case '\\': sbuf_add(out, "\\\\", 2); break;
		case '\n': sbuf_add(out, "\\n", 2); break;
		case '\r': sbuf_add(out, "\\r", 2); break;
		case '\t': sbuf_add(out, "\\t", 2); break;
		default:
			sbuf_add(out, "\\u00", 4);
			sbuf_addc(out, hex[c >> 4]);
			sbuf_addc(out, hex[c & 15]);
		}
	}
	sbuf_add(out, start, (size_t)(p - start));
	sbuf_addc(out, '"');
}

static void
list_write(struct sbuf *out, const char *const *items, size_t count)
{
	sbuf_addc(out, '[');
	for (size_t i = 0; i < count; i++) {
		if (i)
			sbuf_addc(out, ',');
		json_string_write(out, items[i]);
	}
	sbuf_addc(out, ']');
}

void
fact_write(struct sbuf *out, const struct fact *fact)
{
	sbuf_adds(out, "{\"id\":");
	json_string_write(out, fact->id);
	if (fact->in) {
		sbuf_adds(out, ",\"in\":");
		json_string_write(out, fact->in);
	}
	if (fact->needs_count) {
		sbuf_adds(out, ",\"needs\":");
		list_write(out, fact->needs, fact->needs_count);
	}
	for (size_t i = 0; i < fact->member_count; i++) {
		const struct value *value = &fact->members[i].value;

		sbuf_addc(out, ',');
		json_string_write(out, fact->members[i].key);
		sbuf_addc(out, ':');
		switch (value->type) {
		case VALUE_TRUE: sbuf_adds(out, "true"); break;
		case VALUE_NUMBER: sbuf_adds(out, value->text); break;
		case VALUE_STRING: json_string_write(out, value->text); break;
		case VALUE_LIST: list_write(out, value->items, value->count); break;
		}
	}
	sbuf_addc(out, '}');
}

/* --------------------------------------------------------------- reading */

struct reader {
	struct arena *arena;
	const char *at, *end;
	const char *error;
};

static bool
fail(struct reader *r, const char *error)
{
	if (!r->error)
		r->error = error;
	return false;
}

static bool
expect(struct reader *r, char c)
{
	if (r->at == r->end || *r->at != c)
		return fail(r, "this is not the canonical JSON of a fact");
	r->at++;
	return true;
}

static bool
next_is(const struct reader *r, char c)
{
	return r->at < r->end && *r->at == c;
}

static int
hex_digits(const char *p)
{
	int value = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

/* Only what json_string_write writes: \" \\ \n \r \t and \u00XX. */
static char *
unescape(struct reader *r, const char *from, const char *to)
{
	char *text = arena_copy(r->arena, from, (size_t)(to - from)), *out = text;

	for (const char *p = from; p < to; p++) {
		int code;

		if (*p != '\\') {
			*out++ = *p;
			continue;
		}
		switch (*++p) {
		case '"': case '\\': *out++ = *p; break;
		case 'n': *out++ = '\n'; break;
		case 'r': *out++ = '\r'; break;
		case 't': *out++ = '\t'; break;
		case 'u':
			code = to - p > 4 ? hex_digits(p + 1) : -1;
			if (code < 1 || code > 0x1f) {
				fail(r, "this escape is not canonical");
				return NULL;
			}
			*out++ = (char)code;
			p += 4;
			break;
		default:
			fail(r, "this escape is not canonical");
			return NULL;
		}
	}
	*out = '\0';
	return text;
}

static const char *
read_string(struct reader *r)
{
	const char *start;
	bool escaped = false;

	if (!expect(r, '"'))
		return NULL;
	for (start = r->at; r->at < r->end && *r->at != '"'; r->at++) {
		if ((unsigned char)*r->at < 0x20) {
			fail(r, "a control character inside a string");
			return NULL;
		}
		if (*r->at == '\\') {
			escaped = true;
			if (++r->at == r->end)
				break;
		}
	}
	if (r->at == r->end) {
		fail(r, "a string is not closed: the line is cut off");
		return NULL;
	}
	r->at++;
	return escaped ? unescape(r, start, r->at - 1) :
	                 arena_copy(r->arena, start, (size_t)(r->at - 1 - start));
}

static bool
read_list(struct reader *r, const char ***items, size_t *count)
{
	const char **list = NULL;
	size_t room = 0;

	*count = 0;
	if (!expect(r, '['))
		return false;
	while (!next_is(r, ']')) {
		if (*count && !expect(r, ','))
			break;
		GROW(list, *count, room);
		if (!(list[*count] = read_string(r)))
			break;
		++*count;
	}
	*items = arena_array(r->arena, *count, sizeof **items);
	if (*count)
		memcpy(*items, list, *count * sizeof **items);
	free(list);
	return !r->error && expect(r, ']');
}

static bool
read_value(struct reader *r, struct value *value)
{
	const char *start = r->at;

	if (next_is(r, '"')) {
		value->type = VALUE_STRING;
		return (value->text = read_string(r)) != NULL;
	}
	if (next_is(r, '[')) {
		value->type = VALUE_LIST;
		return read_list(r, &value->items, &value->count);
	}
	if (r->end - r->at >= 4 && !strncmp(r->at, "true", 4)) {
		value->type = VALUE_TRUE;
		r->at += 4;
		return true;
	}
	if (next_is(r, '-'))
		r->at++;
	while (r->at < r->end && *r->at >= '0' && *r->at <= '9')
		r->at++;
	if (r->at == start || r->at[-1] == '-')
		return fail(r, "a value must be a string, a whole number, true or a list of strings");
	value->type = VALUE_NUMBER;
	value->text = arena_copy(r->arena, start, (size_t)(r->at - start));
	return true;
}

static bool
read_members(struct reader *r, struct fact *fact)
{
	struct member members[256];
	size_t count = 0;

	while (!next_is(r, '}')) {
		const char *key;

		if ((fact->id || count) && !expect(r, ','))
			return false;
		if (!(key = read_string(r)) || !expect(r, ':'))
			return false;
		if (!strcmp(key, "id") && !fact->id) {
			if (!(fact->id = read_string(r)))
				return false;
		} else if (!strcmp(key, "in") && !fact->in && !count) {
			if (!(fact->in = read_string(r)))
				return false;
		} else if (!strcmp(key, "needs") && !fact->needs && !count) {
			if (!read_list(r, &fact->needs, &fact->needs_count))
				return false;
		} else {
			if (count == sizeof members / sizeof *members)
				return fail(r, "a fact with too many keys");
			if (count && strcmp(members[count - 1].key, key) >= 0)
				return fail(r, "the keys are not in byte order");
			members[count].key = key;
			if (!read_value(r, &members[count++].value))
				return false;
		}
	}
	fact->member_count = count;
	fact->members = arena_array(r->arena, count, sizeof *members);
	if (count)
		memcpy(fact->members, members, count * sizeof *members);
	return true;
}

struct fact *
fact_read(struct arena *arena, const char *line, size_t length, const char **error, size_t *column)
{
	struct reader r = { arena, line, line + length, NULL };
	struct fact *fact = arena_alloc(arena, sizeof *fact);
	bool ok = expect(&r, '{') && read_members(&r, fact) && expect(&r, '}');

	if (ok && r.at != r.end)
		ok = fail(&r, "something follows the fact");
	if (ok && (!fact->id || !strchr(fact->id, ' ')))
		ok = fail(&r, "a fact without an id");
	if (ok)
		return fact;
	*error = r.error;
	*column = (size_t)(r.at - line) + 1;
	return NULL;
}
