/*
 * lexer.h - SQL text as tokens
 *
 * The rules are those of psql (src/fe_utils/psqlscan.l, PostgreSQL 18) with
 * standard_conforming_strings on: every byte of the text belongs to exactly one
 * token, blanks and comments are tokens too, so that a text can be put together
 * again. Nothing is allocated and every byte is looked at a fixed number of
 * times. The text need not end with a NUL and may hold any bytes.
 */
#ifndef PK_LEXER_H
#define PK_LEXER_H

#include "base/sbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum token_type {
	TOKEN_END,       /* of the text; length 0 */
	TOKEN_SPACE,     /* blanks and newlines */
	TOKEN_COMMENT,   /* one -- without its newline, or one whole (nested) C comment */
	TOKEN_WORD,      /* a keyword or an identifier without quotes */
	TOKEN_QUOTED,    /* "…" or U&"…" */
	TOKEN_STRING,    /* '…', also B, X, N (and its continuation lines for E), U& */
	TOKEN_ESCAPED,   /* E'…' with the continuation lines that follow it */
	TOKEN_DOLLAR,    /* $tag$…$tag$ */
	TOKEN_NUMBER,
	TOKEN_PARAMETER, /* $1 */
	TOKEN_OPERATOR,  /* a run of operator characters */
	TOKEN_SIGN,      /* one of ( ) [ ] , ; . : or a byte that nothing else takes */
	TOKEN_BACKSLASH, /* a psql meta-command begins here; length 1 */
	TOKEN_UNCLOSED   /* a quote or comment that the text ends in; `sign` is ' " $ or * */
};

struct token {
	enum token_type type;
	size_t start, length;
	char sign;   /* TOKEN_SIGN: the byte itself; TOKEN_UNCLOSED: what is open */
	size_t body, /* TOKEN_DOLLAR: where the text between the quotes starts, */
	       body_length;
};

struct lexer {
	const char *text;
	size_t length, at;
};

/* The next token. At the end it gives TOKEN_END again and again. */
struct token
lexer_next(struct lexer *lexer);

/* The next token that is neither blank nor comment. */
struct token
lexer_next_solid(struct lexer *lexer);

/* Whether the token is this word, written in any case. `word` is lower case. */
bool
token_is(const struct lexer *lexer, const struct token *token, const char *word);

/*
 * What a TOKEN_WORD, TOKEN_QUOTED, TOKEN_STRING, TOKEN_ESCAPED or TOKEN_DOLLAR
 * means: ASCII letters of a word folded to lower case, quotes taken off, doubled
 * quotes single. Escapes of E'' are resolved, those of U& are not.
 */
void
token_value(const struct lexer *lexer, const struct token *token, struct sbuf *out);

#endif
