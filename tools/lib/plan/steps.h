/*
 * steps.h - the order of all steps between two states
 *
 * One graph over drops, changes in place and creations, with the needs of both
 * states. Hard edges are what the server asks for; soft ones say what is wise and are
 * given up where they would close a loop. Among what is free, drops come first (in
 * the reverse of the order of creation), then the rest in the order of creation; what ends a
 * transaction stands apart from what is taken away and brought back (phase.c).
 */
#ifndef PK_STEPS_H
#define PK_STEPS_H

#include "plan/side.h"

enum node_kind {
	NODE_DROP,
	NODE_ASIDE, /* renamed, to be dropped later */
	NODE_LET_GO, /* what comes before the change in place of the same item (CHANGE_LETS_GO) */
	NODE_ALTER,
	NODE_CREATE
};

struct node {
	enum node_kind kind;
	struct item *item;
	struct unit_node *unit; /* of drops and creations */
	size_t hard, soft;      /* how many it waits for */
	size_t place;
	bool done;
	size_t first_step, step_count; /* its statements: where they stand in the plan */
	bool ends;                     /* one of them ends a transaction */
};

struct edge {
	size_t from, to;
	bool hard;
	bool wish;     /* a soft one that is given up before the others: it costs nothing but time */
	bool given_up; /* a soft one that would have closed a loop */
};

struct steps {
	struct diff *diff;
	struct side drops, creates;
	struct node *nodes;
	size_t count, room;
	size_t first_create;   /* nodes of creations start here, in the order of their units */
	size_t *alters;        /* by item: the node that changes it, or puts it aside, + 1; one that lets go stands before it */
	struct edge *edges;
	size_t edge_count, edge_room;
	struct links parts;    /* by item: the parts that make its shape and change while it stays */
	size_t *order;         /* the nodes, as they are to be done */
};

/* The graph; its nodes are not in order yet. */
void
steps_make(struct steps *steps, struct diff *diff);

void
steps_release(struct steps *steps);

/* Adds the edges of what speaks of all that is made from then on, which comes when the rest is there, and of event
 * triggers that are not to fire any more: before all else. */
void
steps_of_all(struct steps *steps);

/* The places of the nodes where the graph leaves it open. */
void
steps_place(struct steps *steps);

/* Brings forward, or puts off, what ends a transaction; `ends` must be known. */
void
steps_phase(struct steps *steps);

/*
 * Puts the nodes into `order` by the edges. Where they form a loop that only a change in place closes,
 * gives the item that is to be dropped and made again instead; else NULL.
 */
struct item *
steps_sort(struct steps *steps);

#endif
