/*
 * quote.h - names and values as SQL writes them
 *
 * The rules are those of PostgreSQL 18's src/backend/utils/adt/ruleutils.c
 * (quote_identifier) and src/fe_utils/string_utils.c. All text is UTF-8 and
 * standard_conforming_strings is on.
 */
#ifndef PK_QUOTE_H
#define PK_QUOTE_H

#include "base/sbuf.h"

#include <stdbool.h>

/* An identifier, in double quotes where it needs them (keywords included). */
void
quote_identifier(struct sbuf *out, const char *name);

/* Whether it is one that needs them. */
bool
identifier_needs_quotes(const char *name);

/* A string literal; E'…' when there are backslashes. */
void
quote_literal(struct sbuf *out, const char *text);

/* A string in dollar quotes with a tag that does not occur in it: $$, $_$, $_1$ … */
void
quote_dollar(struct sbuf *out, const char *text);

/* A value of a conninfo string. */
void
quote_conninfo(struct sbuf *out, const char *value);

/* How many bytes of a name fit into `room` without a character cut in two. */
size_t
utf8_fit(const char *name, size_t room);

#endif
