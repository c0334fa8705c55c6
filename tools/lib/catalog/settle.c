#include "catalog/settle.h"

#include "base/arena.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* An open parenthesis or bracket. */
struct group {
	size_t start;      /* where it stands in the output */
	size_t first_end;  /* where its first element ends, if that is a group; else 0 */
	char connector;    /* 'A' or 'O' when ANDs or ORs stand directly in it */
	char first;        /* the connector of that first element */
	size_t *commas;    /* where the commas directly in it stand */
	size_t comma_count, comma_room;
};

struct settling {
	struct sbuf *out;
	struct group *groups;
	size_t depth, room;
	struct group closed; /* the last one that was closed: its commas are kept */
	size_t closed_end;   /* the output's length behind it */
};

/* The length of a string, a quoted name or a comment-free token that is copied as a whole; 0: none. */
static size_t
quoted_length(const char *p)
{
	size_t at = 0;
	bool escapes = false;
	char quote;

	if (*p == 'E' && p[1] == '\'') {
		escapes = true;
		at = 1;
	}
	quote = p[at];
	if (quote != '\'' && quote != '"')
		return 0;
	for (at++; p[at]; at++) {
		if (escapes && p[at] == '\\' && p[at + 1])
			at++;
		else if (p[at] == quote && p[at + 1] == quote)
			at++;
		else if (p[at] == quote)
			return at + 1;
	}
	return at;
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static size_t
word_length(const char *p)
{
	size_t length = 0;

	while (is_word(p[length]))
		length++;
	return length;
}

static bool
word_is(const char *p, size_t length, const char *word)
{
	return strlen(word) == length && !strncmp(p, word, length);
}

/*
 * The length of an array type's name as format_type writes it, [] included, and
 * of its element's; 0 when something else stands there.
 */
static size_t
array_type_length(const char *p, size_t *element)
{
	static const char *const more[] = { "varying", "precision", "with", "without", "time", "zone" };
	size_t at = 0, length;

	for (bool first = true;; first = false) {
		bool known = first;

		length = p[at] == '"' ? quoted_length(p + at) : word_length(p + at);
		for (size_t i = 0; !known && i < sizeof more / sizeof *more; i++)
			known = word_is(p + at, length, more[i]);
		if (!length || !known)
			return 0;
		at += length;
		while (first && p[at] == '.') {
			at++;
			length = p[at] == '"' ? quoted_length(p + at) : word_length(p + at);
			at += length;
		}
		if (p[at] == '(') {
			length = strspn(p + at + 1, "0123456789,-");
			if (p[at + 1 + length] != ')')
				return 0;
			at += length + 2;
		}
		if (p[at] != ' ')
			break;
		at++;
	}
	*element = at;
	return !strncmp(p + at, "[]", 2) ? at + 2 : 0;
}

static bool
ends_with(const struct sbuf *out, const char *text)
{
	size_t length = strlen(text);

	return out->length >= length && !memcmp(out->text + out->length - length, text, length);
}

/* Takes one byte out of what has been written. */
static void
cut_byte(struct sbuf *out, size_t at)
{
	memmove(out->text + at, out->text + at + 1, out->length - at);
	out->length--;
}

static void
open_group(struct settling *s, char c)
{
	GROW(s->groups, s->depth, s->room);
	s->groups[s->depth++] = (struct group){ .start = s->out->length };
	sbuf_addc(s->out, c);
}

static void
close_group(struct settling *s, char c)
{
	struct group *outer;

	sbuf_addc(s->out, c);
	if (!s->depth)
		return;
	free(s->closed.commas);
	s->closed = s->groups[--s->depth];
	s->closed_end = s->out->length;
	if (!s->depth || c != ')')
		return;
	outer = &s->groups[s->depth - 1];
	if (s->closed.start == outer->start + 1) {
		outer->first_end = s->out->length;
		outer->first = s->closed.connector;
	}
}

/* AND or OR: what stands before it loses its parentheses when it is a list of the same. */
static void
connect(struct settling *s, char connector)
{
	struct group *group = s->depth ? &s->groups[s->depth - 1] : NULL;

	if (!group)
		return;
	/* The blank before the word has been written. */
	if (!group->connector && group->first == connector && group->first_end + 1 == s->out->length) {
		cut_byte(s->out, group->first_end - 1);
		cut_byte(s->out, group->start + 1);
	}
	group->connector = connector;
}

/*
 * "::" stands at `p` in the input: `(ARRAY[…])` has just been written when the last
 * group is that. Returns how much of the input has been dealt with.
 */
static size_t
cast(struct settling *s, const char *p, const struct group *array)
{
	size_t element, length = array_type_length(p + 2, &element), start = s->closed.start;
	struct sbuf elements = SBUF_INIT;
	const char *text = s->out->text;
	size_t from = array->start + 1, end = s->closed_end - 2;

	if (!length || from == end)
		return 0;
	sbuf_adds(&elements, "ARRAY[");
	for (size_t i = 0; i <= array->comma_count; i++) {
		size_t to = i < array->comma_count ? array->commas[i] : end;

		if (!strncmp(text + from, "ARRAY[", 6) || (to < end && text[to + 1] != ' ')) {
			sbuf_release(&elements);
			return 0;
		}
		sbuf_addf(&elements, "%s(%.*s)::%.*s", i ? ", " : "", (int)(to - from), text + from,
		          (int)element, p + 2);
		from = to + 2;
	}
	sbuf_addc(&elements, ']');
	sbuf_cut(s->out, start);
	sbuf_add(s->out, elements.text, elements.length);
	sbuf_release(&elements);
	return length + 2;
}

void
settle(struct sbuf *out, const char *sql)
{
	struct settling s = { .out = out };
	struct group array = { 0 }; /* the last [ ] of an ARRAY */
	size_t array_end = 0, length;

	/* Nothing to settle: the most frequent case. */
	if (!strstr(sql, ") AND ") && !strstr(sql, ") OR ") && !strstr(sql, "(ARRAY[") && !strstr(sql, " ON TRUE") &&
	    !strstr(sql, "EXTRACT(")) {
		sbuf_adds(out, sql);
		return;
	}
	for (const char *p = sql; *p;) {
		if ((length = quoted_length(p))) {
			sbuf_add(out, p, length);
		} else if ((length = word_length(p))) {
			/* "TRUE" is written for a condition that is not there. */
			if (word_is(p, length, "ON") && !strncmp(p + length, " TRUE", 5) && !is_word(p[length + 5])) {
				sbuf_adds(out, "ON (true)");
				p += length + 5;
				continue;
			}
			/* The field of a date is a string that becomes an identifier. */
			if (!strncmp(p + length, " FROM ", 6) && ends_with(out, "EXTRACT(")) {
				for (size_t i = 0; i < length; i++)
					sbuf_addc(out, (char)tolower((unsigned char)p[i]));
				p += length;
				continue;
			}
			if (word_is(p, length, "AND"))
				connect(&s, 'A');
			else if (word_is(p, length, "OR"))
				connect(&s, 'O');
			sbuf_add(out, p, length);
		} else if (*p == '(' || *p == '[') {
			open_group(&s, *p);
			length = 1;
		} else if (*p == ')' || *p == ']') {
			close_group(&s, *p);
			length = 1;
			if (*p == ']') {
				free(array.commas);
				array = s.closed;
				s.closed.commas = NULL;
				s.closed.comma_count = 0;
				array_end = out->length;
			}
		} else if (!strncmp(p, "::", 2) && s.closed_end == out->length &&
		           array_end + 1 == s.closed_end && array.start == s.closed.start + 6 &&
		           !strncmp(out->text + s.closed.start, "(ARRAY[", 7) &&
		           (length = cast(&s, p, &array))) {
			; /* it has been written */
		} else {
			if (*p == ',' && s.depth) {
				struct group *group = &s.groups[s.depth - 1];

				GROW(group->commas, group->comma_count, group->comma_room);
				group->commas[group->comma_count++] = out->length;
			}
			sbuf_addc(out, *p);
			length = 1;
		}
		p += length;
	}
	while (s.depth)
		free(s.groups[--s.depth].commas);
	free(s.groups);
	free(s.closed.commas);
	free(array.commas);
}
