/*
 * idioms.h - what the short forms of idiom.h share: a snapshot that is being edited
 */
#ifndef PK_IDIOMS_H
#define PK_IDIOMS_H

#include "fact/snapshot.h"

/* All arrays are by the numbers of the facts of `from`; a number + 1, or 0, where they hold numbers. */
struct idioms {
	struct snapshot *from, *plain;
	struct arena *arena;
	const struct fact **facts; /* as they shall be; NULL: gone */
	const char **instead;      /* for one that is gone: the id that stands for it in needs */
	size_t *child, *sibling;   /* what is `in` a fact, in a list */
	size_t *below, *beside;    /* a table's partitions, and what belongs to an index or a key of one */
	struct snapshot names;     /* of constraints, each with the number of those */
};

/* The fact of that id as it was. */
const struct fact *
idioms_find(const struct idioms *idioms, const char *id);

/* The first fact in `fact`, and the next one beside it; NULL: no more. */
const struct fact *
idioms_child(const struct idioms *idioms, const struct fact *fact);

const struct fact *
idioms_sibling(const struct idioms *idioms, const struct fact *fact);

/* The first fact of that kind in `fact`. */
const struct fact *
idioms_child_of_kind(const struct idioms *idioms, const struct fact *fact, const char *kind);

/* The same with the partitions of a table, and the `index_partition` facts of an index or constraint. */
const struct fact *
idioms_below(const struct idioms *idioms, const struct fact *fact);

const struct fact *
idioms_beside(const struct idioms *idioms, const struct fact *fact);

void
idioms_replace(struct idioms *idioms, const struct fact *fact, const struct fact *by);

void
idioms_remove(struct idioms *idioms, const struct fact *fact, const char *instead);

/* How many constraints of any table, domain or trigger have this name (as SQL writes it): where the server
 * chooses one for a constraint, it takes none that is in use. */
size_t
idioms_constraints_named(struct idioms *idioms, const char *name);

/* Whether both facts have the same value of each of these keys, ended by NULL. */
bool
same_keys(const struct fact *a, const struct fact *b, const char *const *keys);

/*
 * Whether `quoted` is the server's first choice for a name made of these (makeObjectName in
 * indexcmds.c): `name1`_`name2`_`label`, cut to 63 bytes; `name2` may be NULL. Names without quotes.
 */
bool
name_is_chosen(struct arena *arena, const char *quoted, const char *name1, const char *name2,
               const char *label);

/* An identifier without its quotes, the last part of an id's name. */
const char *
plain_name(struct arena *arena, const char *id);

/* The short forms, each for all facts that it fits. */
void
idioms_serial(struct idioms *idioms);

void
idioms_partition(struct idioms *idioms);

void
idioms_inherit(struct idioms *idioms);

void
idioms_index(struct idioms *idioms);

void
idioms_text(struct idioms *idioms);

void
idioms_list(struct idioms *idioms);

void
idioms_view(struct idioms *idioms);

/* For reading what the server printed: what is quoted from here on, as one step, else one character. */
const char *
expression_step(const char *p);

/* The end of a string literal that begins here, E'…' or '…'; NULL: none does. */
const char *
expression_literal_end(const char *p);

/* The parenthesis that closes the one at `open`; NULL: none. */
const char *
expression_closing(const char *open);

/* Whether a query begins here, whose parentheses are its own. */
bool
expression_is_query(const char *text);

/* Whether the server's first choice for the index of a partition is this name, by what the index holds:
 * the columns in the first parentheses of `elements`, and those behind INCLUDE. */
bool
index_name_is_chosen(const struct idioms *idioms, const char *id, const struct fact *table,
                     const char *elements, const char *label);

#endif
