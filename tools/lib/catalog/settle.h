/*
 * settle.h - SQL that the server deparsed, in the form in which it stays
 *
 * What pg_get_expr and its like give is not always what they give once that text has
 * been read in again, as it is when a database is built from its files. Four things
 * change, once, on the way through the parser (checked on PostgreSQL 13 to 18):
 *
 *   ((a AND b) AND c)             (a AND b AND c)           makeAndExpr, makeOrExpr of gram.y
 *   (ARRAY[x, y])::text[]         ARRAY[(x)::text, (y)::text]   transformTypeCast of parse_expr.c
 *   a JOIN b ON TRUE              a JOIN b ON (true)        get_from_clause_item of ruleutils.c
 *   EXTRACT(YEAR FROM a)          EXTRACT(year FROM a)      get_func_sql_syntax of ruleutils.c, scan.l
 *
 * The first comes from BETWEEN and comparisons of rows, the second from `varchar IN (…)`.
 * A fact holds the form on the right, so that the definition that a user wrote and the
 * one that was restored are equal. Whatever else stands there is left as it is.
 */
#ifndef PK_SETTLE_H
#define PK_SETTLE_H

#include "base/sbuf.h"

/* Appends the settled form of a text as the server writes it (standard strings). */
void
settle(struct sbuf *out, const char *sql);

#endif
