/*
 * layout.h - items in parentheses, laid out for people
 *
 *     struct items items = ITEMS_INIT;
 *     sbuf_adds(items_next(&items), "a integer");
 *     items_write(sql, &items);
 *
 * gives `(a integer)`, or a line for each item where they do not fit on one line.
 */
#ifndef PK_LAYOUT_H
#define PK_LAYOUT_H

#include "fact/fact.h"

struct items {
	struct sbuf text; /* one behind the other */
	size_t *starts;
	size_t count, room;
};

#define ITEMS_INIT { SBUF_INIT, NULL, 0, 0 }

/* Begins a new item and gives the buffer to append it to. */
struct sbuf *
items_next(struct items *items);

/* Adds the items of a list of the fact. */
void
items_add_list(struct items *items, const struct fact *fact, const char *key);

/*
 * Writes `(…)` and releases the items. Whether they fit depends on what stands
 * in the last line of `out` already. No items: `()`.
 */
void
items_write(struct sbuf *out, struct items *items);

/*
 * What CREATE TYPE, CREATE OPERATOR, CREATE AGGREGATE and their like have in
 * parentheses, as data: which key of the fact is written as which parameter.
 */
struct parameter {
	const char *key;
	const char *words; /* "LEFTARG"; NULL ends an array of these */
	enum {
		PARAMETER_PLAIN,   /* WORDS = value */
		PARAMETER_LITERAL, /* WORDS = 'value' */
		PARAMETER_FLAG     /* WORDS */
	} as;
};

/* Adds those that the fact has, in the order of the array. */
void
parameters_add(struct items *items, const struct parameter *parameters, const struct fact *fact);

#endif
