/*
 * protect.h - SQL made safe to stand in a section of a migration
 *
 * A line that begins with `-- migrate:up` or `-- migrate:down` begins a section wherever it
 * stands, in a string or in the body of a function too. A comment or a body may hold such a line.
 */
#ifndef PK_PROTECT_H
#define PK_PROTECT_H

#include "base/arena.h"
#include "base/sbuf.h"

/*
 * Writes SQL that does the same and has no such line: in comments between statements it is moved to the
 * right by a blank, a statement that holds one is written as a DO block that executes it from a string
 * on one line. Text without such lines is copied as it is.
 */
void
migration_protect(struct arena *arena, struct sbuf *out, const struct sbuf *sql);

#endif
