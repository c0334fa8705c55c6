/* Expressions without what the server's way of printing them adds (idiom.h). */
#include "rule/idioms.h"

#include <string.h>

/* ------------------------------------------------------------- parentheses */

const char *
expression_literal_end(const char *p)
{
	bool escapes = *p == 'E';

	p += escapes;
	if (*p != '\'')
		return NULL;
	for (p++; *p; p++)
		if (escapes && *p == '\\' && p[1])
			p++;
		else if (*p == '\'' && p[1] != '\'')
			return p + 1;
		else if (*p == '\'')
			p++;
	return NULL;
}

const char *
expression_step(const char *p)
{
	const char *end = *p == '\'' || (*p == 'E' && p[1] == '\'') ? expression_literal_end(p) : *p == '"' ? identifier_end(p) : NULL;

	return end ? end : p + 1;
}

const char *
expression_closing(const char *open)
{
	size_t depth = 0;

	for (const char *p = open; *p; p = expression_step(p))
		if (*p == '(')
			depth++;
		else if (*p == ')' && !--depth)
			return p;
	return NULL;
}

bool
expression_is_query(const char *text)
{
	text += strspn(text, " \n");
	return !strncmp(text, "SELECT", 6) || !strncmp(text, "WITH", 4) || !strncmp(text, "VALUES", 6);
}

/* The expression without parentheses around the whole of it. */
static const char *
bare(struct arena *arena, const char *text, size_t length)
{
	const char *close = *text == '(' ? expression_closing(text) : NULL;

	if (close != text + length - 1 || expression_is_query(text + 1))
		return arena_copy(arena, text, length);
	return arena_copy(arena, text + 1, length - 2);
}

/* The text, in which the parentheses that open at `open` hold an expression. */
static const char *
bare_within(struct arena *arena, const char *text, const char *open)
{
	const char *close = expression_closing(open);

	if (!close || open[1] != '(')
		return text;
	return arena_printf(arena, "%.*s%s%s", (int)(open + 1 - text), text,
	                    bare(arena, open + 1, (size_t)(close - open - 1)), close);
}

/* Where ` WHEN (` stands outside of quotes: its parenthesis. */
static const char *
condition_of_trigger(const char *definition)
{
	static const char word[] = " WHEN (";

	for (const char *p = definition; *p; p = expression_step(p))
		if (!strncmp(p, word, sizeof word - 1))
			return p + sizeof word - 2;
	return NULL;
}

/* ---------------------------------------------------------------- literals */

/* Whether `type` is `cast` with a length or precision: literals are cut or rounded by a function, behind the cast. */
static bool
has_length(const char *cast, const char *type)
{
	static const char *const types[][2] = {
		{ "character varying", "character varying(" }, { "bpchar", "character(" }, { "numeric", "numeric(" },
	};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (!strcmp(cast, types[i][0]))
			return !strncmp(type, types[i][1], strlen(types[i][1]));
	return false;
}

/* Whether a literal that is cast to `cast` would be of that type in a column of type `type` without saying so. */
static bool
goes_without_saying(const char *cast, const char *type)
{
	/* What is written without quotes is another constant than what is written with them. */
	static const char *const numbers[] = { "smallint", "integer", "bigint", "numeric", "real", "double precision",
		                               "oid", "money" };

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (!strcmp(cast, numbers[i]))
			return false;
	return !strcmp(cast, type) || has_length(cast, type);
}

static bool
is_negative_number(const char *literal, const char *end, const char *cast)
{
	const char *digits = literal + 2;
	size_t whole = strspn(digits, "0123456789");

	if (*literal != '\'' || literal[1] != '-' || !whole)
		return false;
	if (!strcmp(cast, "integer"))
		return digits + whole == end - 1;
	return !strcmp(cast, "numeric") && digits[whole] == '.' &&
	       digits + whole + 1 + strspn(digits + whole + 1, "0123456789") == end - 1;
}

/* `'x'::text` of a text column is 'x', and `'-1'::integer` how the server prints -1. A NULL is a default only where a
 * function is behind the cast. */
static const char *
without_cast(struct arena *arena, const char *expression, const char *type)
{
	const char *end = expression_literal_end(expression);

	if (!strncmp(expression, "NULL::", 6))
		return has_length(expression + 6, type) ? "NULL" : expression;
	if (!end || strncmp(end, "::", 2) != 0)
		return expression;
	if (is_negative_number(expression, end, end + 2))
		return arena_copy(arena, expression + 1, (size_t)(end - expression) - 2);
	return goes_without_saying(end + 2, type) ? arena_copy(arena, expression, (size_t)(end - expression))
	                                          : expression;
}

/* --------------------------------------------------------------- the facts */

static const struct fact *
with_text(struct arena *arena, const struct fact *fact, const char *key, const char *text)
{
	return text == fact_text(fact, key) ? fact : fact_with(arena, fact, key, text);
}

static const struct fact *
with_bare(struct arena *arena, const struct fact *fact, const char *key)
{
	const char *text = fact_text(fact, key);

	return text && *text == '(' ? with_text(arena, fact, key, bare(arena, text, strlen(text))) : fact;
}

static const struct fact *
tidy(const struct idioms *idioms, const struct fact *fact)
{
	struct arena *arena = idioms->arena;
	const char *definition = fact_text(fact, "definition"), *type = fact_text(fact, "type"), *open;
	const struct fact *column;

	if (id_is(fact->id, "default") && (column = idioms_find(idioms, fact->in)) && fact_has(column, "type"))
		return with_text(arena, fact, "expression",
		                 without_cast(arena, fact_text(fact, "expression"), fact_text(column, "type")));
	if (id_is(fact->id, "domain") && fact_has(fact, "default"))
		return with_text(arena, fact, "default", without_cast(arena, fact_text(fact, "default"), type));
	if ((id_is(fact->id, "constraint") || id_is(fact->id, "domain_constraint")) && definition &&
	    !strncmp(definition, "CHECK (", 7))
		return with_text(arena, fact, "definition", bare_within(arena, definition, definition + 6));
	if (id_is(fact->id, "trigger") && definition && (open = condition_of_trigger(definition)))
		return with_text(arena, fact, "definition", bare_within(arena, definition, open));
	if (id_is(fact->id, "column") && fact_has(fact, "generated"))
		return with_bare(arena, fact, "expression");
	if (id_is(fact->id, "index"))
		return with_bare(arena, fact, "predicate");
	if (id_is(fact->id, "policy"))
		return with_bare(arena, with_bare(arena, fact, "using"), "check");
	return fact;
}

void
idioms_text(struct idioms *idioms)
{
	for (size_t i = 0; i < idioms->from->count; i++)
		if (idioms->facts[i])
			idioms_replace(idioms, idioms->from->facts[i], tidy(idioms, idioms->facts[i]));
}
