#include "rule/layout.h"

#include "pg/quote.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_WIDTH = 80 };

struct sbuf *
items_next(struct items *items)
{
	GROW(items->starts, items->count, items->room);
	items->starts[items->count++] = items->text.length;
	return &items->text;
}

void
items_add_list(struct items *items, const struct fact *fact, const char *key)
{
	size_t count;
	const char **list = fact_list(fact, key, &count);

	for (size_t i = 0; i < count; i++)
		sbuf_adds(items_next(items), list[i]);
}

/* Whether all of it can stand in the last line of `out`, followed by a semicolon. */
static bool
fits(const struct sbuf *out, const struct items *items)
{
	const char *line = strrchr(out->text, '\n');
	size_t width = strlen(line ? line + 1 : out->text);

	if (items->count > 1)
		width += 2 * (items->count - 1);
	return width + items->text.length + strlen("();") <= LINE_WIDTH && !strchr(items->text.text, '\n');
}

void
items_write(struct sbuf *out, struct items *items)
{
	bool one_line = fits(out, items);

	sbuf_addc(out, '(');
	for (size_t i = 0; i < items->count; i++) {
		size_t start = items->starts[i];
		size_t end = i + 1 < items->count ? items->starts[i + 1] : items->text.length;

		if (i)
			sbuf_addc(out, ',');
		if (!one_line)
			sbuf_adds(out, "\n    ");
		else if (i)
			sbuf_addc(out, ' ');
		sbuf_add(out, items->text.text + start, end - start);
	}
	sbuf_adds(out, one_line ? ")" : "\n)");
	sbuf_release(&items->text);
	free(items->starts);
	*items = (struct items)ITEMS_INIT;
}

void
parameters_add(struct items *items, const struct parameter *parameters, const struct fact *fact)
{
	for (; parameters->words; parameters++) {
		struct sbuf *item;

		if (!fact_has(fact, parameters->key))
			continue;
		item = items_next(items);
		sbuf_adds(item, parameters->words);
		if (parameters->as == PARAMETER_FLAG)
			continue;
		sbuf_adds(item, " = ");
		if (parameters->as == PARAMETER_LITERAL)
			quote_literal(item, fact_text(fact, parameters->key));
		else
			sbuf_adds(item, fact_text(fact, parameters->key));
	}
}
