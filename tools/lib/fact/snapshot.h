/*
 * snapshot.h - all facts of a database, sorted by id
 *
 * As text: one fact a line, in byte order of their ids (or, when `pk-order`
 * wrote them, in the order of creation), then one closing line that tells how
 * many there are. A file without it has been cut off and is refused.
 */
#ifndef PK_SNAPSHOT_H
#define PK_SNAPSHOT_H

#include "fact/fact.h"

#include <stdint.h>
#include <stdio.h>

enum { SNAPSHOT_FORMAT = 1 };

struct snapshot {
	struct arena arena; /* of everything in it */
	struct fact **facts;
	size_t count, room;
	struct snapshot_slot {
		uint32_t hash; /* of its id: most of what is not looked for needs no look at the fact */
		uint32_t place; /* in `facts`, counted from 1; 0: the slot is free */
	} *slots; /* by id: open addressing, small enough for the processor's cache; NULL until first needed */
	size_t slot_count;
};

#define SNAPSHOT_INIT { ARENA_INIT, NULL, 0, 0, NULL, 0 }

void
snapshot_release(struct snapshot *snapshot);

/* Another list of the same facts, to add to and to replace; they belong to the first one still. */
struct snapshot
snapshot_alike(const struct snapshot *snapshot);

/* Adds a fact (not a copy). Ids must be unique: snapshot_sort checks it. */
void
snapshot_add(struct snapshot *snapshot, struct fact *fact);

/* The fact of that id, or NULL. */
struct fact *
snapshot_find(struct snapshot *snapshot, const char *id);

/* Puts the fact in the place of another one of its id. */
void
snapshot_replace(struct snapshot *snapshot, size_t number, struct fact *fact);

/* To be called when `facts` was changed from outside: places in the table of ids are looked for anew. */
void
snapshot_forget_places(struct snapshot *snapshot);

/* Sorts by id; two facts of one id are a bug and end the program, naming it. */
void
snapshot_sort(struct snapshot *snapshot);

/* The number of the first fact in a sorted snapshot whose id is not before this one. */
size_t
snapshot_from(const struct snapshot *snapshot, const char *id);

/*
 * Reads a file (`-`: standard input). `ordered` says which closing line is
 * wanted. Anything wrong ends the program (status 2) with file:line:column.
 */
void
snapshot_read(struct snapshot *snapshot, const char *path, bool ordered);

/* The same as text: facts and the closing line. */
void
snapshot_text(struct sbuf *out, struct fact *const *facts, size_t count, bool ordered);

/* Writes facts and the closing line to a stream. */
void
snapshot_write(FILE *stream, struct fact *const *facts, size_t count, bool ordered);

#endif
