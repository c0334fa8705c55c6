/*
 * reader.h - one statement read word by word, one token ahead
 *
 *     reader_start(&reader, &arena, text, length);
 *     if (reader_accept(&reader, "create") && reader_accept(&reader, "table"))
 *         name = reader_value(&reader);
 *
 * Blanks and comments are never seen.
 */
#ifndef PK_READER_H
#define PK_READER_H

#include "base/arena.h"
#include "sql/lexer.h"

struct reader {
	struct lexer lexer;
	struct token token; /* the one ahead */
	struct arena *arena;
};

void
reader_start(struct reader *reader, struct arena *arena, const char *text, size_t length);

void
reader_advance(struct reader *reader);

/* Whether the token ahead is this word (lower case); if so, goes past it. */
bool
reader_accept(struct reader *reader, const char *word);

/* The same for several words divided by one blank: all of them or none. */
bool
reader_accept_all(struct reader *reader, const char *words);

bool
reader_is(const struct reader *reader, const char *word);

bool
reader_is_sign(const struct reader *reader, char sign);

bool
reader_accept_sign(struct reader *reader, char sign);

/* Whether the token ahead can be a name. */
bool
reader_at_name(const struct reader *reader);

bool
reader_at_end(const struct reader *reader);

/* What the token ahead means (token_value), in the arena. Stays where it is. */
const char *
reader_value(struct reader *reader);

/* Goes behind the ) that closes the ( ahead, or to the end. */
void
reader_skip_parentheses(struct reader *reader);

#endif
