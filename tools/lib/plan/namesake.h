/*
 * namesake.h - functions and operators that are called by the same name
 *
 * What a call means is found by its arguments, defaults and casts included. As long as one that goes
 * is there beside one that comes, it may mean the wrong one of them, or either.
 */
#ifndef PK_NAMESAKE_H
#define PK_NAMESAKE_H

#include "fact/snapshot.h"

/* Whether the fact needs another one than that of this id which is called by the same name. */
bool
calls_namesake(const struct fact *fact, const char *id);

struct namesakes {
	const char **ids; /* the snapshot's */
	size_t count, room;
};

#define NAMESAKES_INIT { NULL, 0, 0 }

/* Adds the ids of all in a sorted snapshot that are called as the one of this id is, which may be in it, too;
 * none where that is neither a function nor an operator. */
void
namesakes_find(struct namesakes *found, const struct snapshot *state, const char *id);

void
namesakes_release(struct namesakes *found);

#endif
