/*
 * row_type.h - values of the row types of tables
 *
 * A table is a type, too, and columns may be of that type, directly or by way of arrays, domains, ranges and
 * composite types. As long as one is, the server does not change the table in a way that writes its rows anew, as it
 * would have to do so with these values (tablecmds.c, find_composite_type_dependencies). So they leave their type
 * meanwhile (rule.park).
 */
#ifndef PK_ROW_TYPE_H
#define PK_ROW_TYPE_H

#include "plan/steps.h"

/* Fills diff.refusals. */
void
row_types_find(struct diff *diff);

/* Whether values of the row type of an item of the current state, or of one that inherits from it, are stored. */
bool
row_type_is_stored(struct diff *diff, const struct item *table);

/* Whether the item needs what leaves its type for a while, and goes before that. */
bool
needs_parked(const struct diff *diff, const struct item *item);

/* Whether the text of a value of `used`, which goes, is one of what `user` needs instead: fields are told by their places there.
 * So they must have the same names in the same order, those of what is inside, too, as far as that is replaced. */
bool
keeps_fields(const struct diff *diff, const struct item *user, const struct item *used);

/* The edges that the refusals ask for. */
void
row_type_edges(struct steps *steps);

#endif
