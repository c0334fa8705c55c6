/*
 * statements.h - which statements stand in a set of SQL texts
 *
 * Statements are compared by their words: blanks, line ends and comments between them are how somebody
 * likes to lay them out.
 */
#ifndef PK_TREE_STATEMENTS_H
#define PK_TREE_STATEMENTS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct statement_set {
	uint64_t *slots; /* hashes of the statements; 0: empty */
	size_t count, size;
};

/* Adds the statements of one text; what cannot be divided into statements adds nothing. */
void
statement_set_add(struct statement_set *set, const char *file, const char *text, size_t length);

/* Whether every statement of the text is in the set. */
bool
statement_set_has_all(const struct statement_set *set, const char *text, size_t length);

/* Whether both texts are the same statements in the same order. */
bool
statements_equal(const char *a, size_t a_length, const char *b, size_t b_length);

void
statement_set_release(struct statement_set *set);

#endif
