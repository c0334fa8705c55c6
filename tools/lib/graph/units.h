/*
 * units.h - the graph that order.c sorts: units of facts, and what each waits for
 */
#ifndef PK_UNITS_H
#define PK_UNITS_H

#include "fact/snapshot.h"
#include "rule/rule.h"

struct unit_node {
	struct fact *root;
	struct fact **parts; /* in the order in which they are written */
	size_t part_count, part_room;
	size_t place;        /* in the wanted order */
	size_t shell;        /* the number of its shell + 1, or 0 */
	size_t shell_of;     /* it is the shell of that number + 1, or 0 */
	size_t component;    /* the loop it is in; 0: none */
	/* Filled by units_edges. */
	size_t *next;
	size_t next_count, waits_for;
};

/* What is known of the fact of that number. */
struct fact_node {
	size_t unit;
	struct fact *parent, **needs; /* the facts that `in` and `needs` name */
	struct fact *followers; /* what says something about it, in order */
	struct fact *next;      /* the next follower of the same fact */
	struct fact *completers;     /* what must be made before the fact can be used */
	struct fact *next_completer; /* the next one of the same fact */
};

struct units {
	struct snapshot *snapshot;
	enum fold (*fold)(const struct fact *fact); /* what may or must be with its parent */
	struct fact_node *facts; /* by fact->number, which is the place in the snapshot */
	struct unit_node *units;
	size_t count, room;
	size_t *edges;       /* the memory of all `next` */
	struct fact **needs; /* and of all `needs` */
};

/* Groups the facts; every one that may be folded, by `fold`, is. Numbers the facts. They are to be made: with
 * `drops`, dropped in the opposite order, where nothing has to be completed first (rule.completes). */
void
units_make(struct units *units, struct snapshot *snapshot, enum fold (*fold)(const struct fact *fact),
           bool drops);

void
units_release(struct units *units);

/* Numbers the loops that the units are in (unit_node.component); returns how many there are. */
size_t
units_components(struct units *units);

/* Takes facts out of their units and adds shells until no loop is left. */
void
units_break_loops(struct units *units);

/* Gives each unit its place in the wanted order, and each unit's parts theirs. */
void
units_place(struct units *units);

/* Fills next and waits_for from the needs of all facts. */
void
units_edges(struct units *units);

/* A new unit of this root; returns its number. */
size_t
units_add(struct units *units, struct fact *root);

/*
 * Calls `visit` for each unit that the fact waits for (its own aside), with the
 * fact: its parent's and its needs', and what completes these (rule.completes).
 */
void
fact_waits(const struct units *units, struct fact *fact,
           void (*visit)(void *context, struct fact *fact, size_t unit), void *context);

#endif
