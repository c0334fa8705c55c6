/*
 * splitter.h - SQL text as statements, divided as psql divides it
 *
 * A statement ends at a semicolon outside quotes, comments, parentheses and the
 * BEGIN … END of an SQL-standard function body. A byte order mark at the start
 * is skipped; CRLF is a newline like any other. The text must be UTF-8.
 *
 *     splitter_start(&splitter, &arena, "users.sql", text, length);
 *     while ((found = splitter_next(&splitter)) != SPLIT_END)
 *         …
 *
 * The splitter knows nothing of files: what a meta-command asks for is the
 * caller's business (see sources.h). Its cost is linear in the length.
 */
#ifndef PK_SPLITTER_H
#define PK_SPLITTER_H

#include "base/arena.h"
#include "sql/lexer.h"

#include <stdbool.h>
#include <stddef.h>

struct statement {
	const char *file;    /* as it was named, for messages */
	long line;           /* of its first word, from 1 */
	size_t offset;       /* of its first word in the file, in bytes */
	const char *text;    /* as it was written, comments inside kept; ended by a NUL, */
	size_t length;       /* without the semicolon and what follows the last word */
	const char *comment; /* the comments directly before it, as written, no empty line in
	                      * between; "" when there are none */
	long comment_line;   /* of the first of them */
};

/* What is wrong with a text, and where. */
struct problem {
	const char *file;
	long line;
	const char *text, *hint; /* hint may be NULL */
};

enum split {
	SPLIT_END,
	SPLIT_STATEMENT, /* `statement` is filled */
	SPLIT_META,      /* a psql meta-command: `statement.text` is the rest of the line from its \ on */
	SPLIT_WRONG      /* `problem` is filled; what is sound is still to come */
};

struct splitter {
	struct statement statement;
	struct problem problem;

	/* The rest is the splitter's own. */
	struct arena *arena;
	struct lexer lexer;
	long line;      /* of the byte `counted` */
	size_t counted;
	bool first_call, newline; /* since the last statement */
	size_t comment;           /* start of the comments before; SIZE_MAX: none */
	long comment_line;
};

/*
 * `text` must stay as long as the splitter is used; what the statements hold is
 * in the arena, `file` is kept as it is.
 */
void
splitter_start(struct splitter *splitter, struct arena *arena, const char *file, const char *text,
               size_t length);

enum split
splitter_next(struct splitter *splitter);

#endif
