/*
 * Queries of views without the parentheses that the server puts around every condition and join (idiom.h).
 * Taken out are only those that say nothing: a second pair around the condition of a join, one around the whole of
 * a WHERE or HAVING, and those of joins that stand at the beginning of a FROM, as joins bind from the left.
 */
#include "rule/idioms.h"

#include <string.h>

static bool
begins(const char *p, const char *word)
{
	return !strncmp(p, word, strlen(word));
}

/* Whether the parentheses from `open` to `close` hold a join at their own depth. */
static bool
holds_join(const char *open, const char *close)
{
	size_t depth = 0;

	for (const char *p = open + 1; p < close; p = expression_step(p)) {
		if (*p == '(')
			depth++;
		else if (*p == ')')
			depth--;
		else if (!depth && begins(p, "JOIN ") && (p[-1] == ' ' || p[-1] == '\n'))
			return true;
	}
	return false;
}

/* Whether nothing of the same clause comes behind the parenthesis. */
static bool
ends_clause(const char *close)
{
	return !close[1] || strchr("\n);,", close[1]);
}

/* `drop` has a place for each byte of the text. */
static void
mark(bool *drop, const char *text, const char *open, const char *close)
{
	drop[open - text] = drop[close - text] = true;
}

/* At a parenthesis behind FROM, or behind one that was taken out there. */
static void
mark_joins(bool *drop, const char *text, const char *open)
{
	for (; *open == '(' && open[1] != ' '; open++) {
		const char *close = expression_closing(open);

		/* Behind it there may be an alias of the join. */
		if (!close || !ends_clause(close) || !holds_join(open, close))
			return;
		mark(drop, text, open, close);
	}
}

static void
mark_condition(bool *drop, const char *text, const char *open)
{
	const char *close = expression_closing(open);

	if (close && ends_clause(close) && !expression_is_query(open + 1))
		mark(drop, text, open, close);
}

/* `ON ((…))`, where a pair is left. */
static void
mark_double(bool *drop, const char *text, const char *open)
{
	const char *close = expression_closing(open);
	const char *inner = close && open[1] == '(' ? expression_closing(open + 1) : NULL;

	if (inner && inner + 1 == close && !expression_is_query(open + 2))
		mark(drop, text, open + 1, inner);
}

static const char *
shorten(struct arena *arena, const char *text)
{
	size_t length = strlen(text);
	bool *drop = arena_array(arena, length + 1, sizeof *drop);
	char *rest = arena_alloc(arena, length + 1), *out = rest;

	for (const char *p = text; *p; p = expression_step(p)) {
		if (p > text && !strchr(" \n(", p[-1]))
			continue;
		if (begins(p, "FROM ("))
			mark_joins(drop, text, p + 5);
		else if (begins(p, "WHERE ("))
			mark_condition(drop, text, p + 6);
		else if (begins(p, "HAVING ("))
			mark_condition(drop, text, p + 7);
		else if (begins(p, "ON (("))
			mark_double(drop, text, p + 3);
	}
	for (size_t i = 0; i < length; i++)
		if (!drop[i])
			*out++ = text[i];
	return rest;
}

void
idioms_view(struct idioms *idioms)
{
	for (size_t i = 0; i < idioms->from->count; i++) {
		const struct fact *fact = idioms->from->facts[i];

		if (id_is(fact->id, "view") || id_is(fact->id, "materialized_view"))
			idioms_replace(idioms, fact, fact_with(idioms->arena, fact, "definition",
			                                       shorten(idioms->arena, fact_text(fact, "definition"))));
	}
}
