/*
 * names.h - which drop frees the name that a creation takes
 *
 * A name is free for another fact when nothing else in its name space has it
 * (rule.spaces): relations and types, functions by their signature, the
 * indexes of constraints among the relations.
 */
#ifndef PK_NAMES_H
#define PK_NAMES_H

#include "rule/rule.h"

struct name_entry {
	char *name; /* the space's letter and the name, or the id */
	size_t node;
};

struct names {
	struct name_entry *entries;
	size_t count, room;
	struct arena arena;
};

#define NAMES_INIT { NULL, 0, 0, ARENA_INIT }

/* The most names that a fact has. */
enum { NAMES_MOST = 8 };

/* The fact's names become free in that node. */
void
names_free(struct names *names, const struct fact *fact, size_t node);

/* To be called between the last names_free and the first names_find. */
void
names_sort(struct names *names);

/* The nodes that free the fact's names, at most one for each. */
size_t
names_find(const struct names *names, const struct fact *fact, size_t found[NAMES_MOST]);

void
names_release(struct names *names);

#endif
