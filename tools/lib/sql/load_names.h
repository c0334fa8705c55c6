/*
 * load_names.h - which statements make, change and mention which names
 *
 * What load_order.c works on; load_order.h is what others use.
 */
#ifndef PK_LOAD_NAMES_H
#define PK_LOAD_NAMES_H

#include "sql/load_order.h"

/* A table's parents, or its partitions and children. */
struct relatives {
	struct relatives *next;
	struct load_name *name;
};

struct load_name {
	struct load_name *next; /* with the same hash */
	enum name_space space;
	const char *schema, *name;
	struct numbers makers, changers, others; /* nodes */
	struct relatives *parents, *children;
	size_t seen, related; /* the node that found it last, + 1 */
	/* While one file is gone through: */
	size_t file;    /* + 1 */
	size_t changer; /* the last one in this file, + 1 */
	struct numbers mentions; /* in this file since then */
};

/*
 * Fills mentions, made, relatives, before and after_grant of each node, whose
 * item and subject are known.
 */
void
load_names_find(struct load_order *order, struct arena *arena);

#endif
