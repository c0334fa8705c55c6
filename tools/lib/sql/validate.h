/*
 * validate.h - the bodies of functions, checked once everything is there
 *
 * While a schema is loaded functions are created unseen (check_function_bodies
 * off), since they may use what comes later. Afterwards each new or replaced one
 * is given to its language's validator, as CREATE FUNCTION would have done.
 * A function that sets no search_path of its own is looked at with that of the
 * statement that made it, then its own schema, then public: where it will be
 * called from nobody knows.
 */
#ifndef PK_VALIDATE_H
#define PK_VALIDATE_H

#include "sql/load_order.h"
#include "sql/pipeline.h"

/* The functions that are there before a load. */
struct functions {
	struct function {
		unsigned oid;
		const char *row; /* identifies this version of its row */
	} *items;
	size_t count;
};

struct functions
functions_before(PGconn *connection, struct arena *arena);

struct invalid_function {
	const struct load_node *node; /* the statement that made it; NULL: not found */
	const char *signature;        /* schema.name(types) */
	long line;                    /* in the node's file */
	struct refusal refusal;
};

/*
 * Validates what is new since `before`, inside the transaction that is open or
 * without one, and leaves no trace. Returns how many are wrong; `*invalid` is in the arena.
 */
size_t
functions_validate(PGconn *connection, struct arena *arena, const struct load_order *order,
                   const struct functions *before, struct invalid_function **invalid);

#endif
