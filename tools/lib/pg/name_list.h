/*
 * name_list.h - lists of names as people write them on a command line: a,b,"Other, name"
 *
 * A name is taken exactly as it stands (nothing is folded to lower case), without the blanks around it;
 * in double quotes it can hold anything ("" is a quote).
 */
#ifndef PK_NAME_LIST_H
#define PK_NAME_LIST_H

#include "base/arena.h"
#include "base/sbuf.h"

#include <stddef.h>

/* The names, ended by NULL, in the arena; NULL when the list is malformed: a
 * quote that does not end, an empty name. An empty text has no names. */
const char **
name_list_parse(struct arena *arena, const char *text, size_t *count);

/* Writes one name so that name_list_parse reads it again. */
void
name_list_add(struct sbuf *out, const char *name);

#endif
