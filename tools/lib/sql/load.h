/*
 * load.h - the statements of files, run in a database in an order that works
 *
 *     struct sources sources;
 *     struct load_result result;
 *
 *     sources_init(&sources, &arena);
 *     sources_add(&sources, "schema", false);
 *     … sources.problems …
 *     if (!load_sources(connection, &sources, &(struct load_options){ 0 }, &arena, &result))
 *         … result.failures …
 *
 * Statements are put into a good order (order.h) and sent in large pieces; what
 * fails is tried again after the rest, until nothing moves. Functions' bodies are
 * not looked at until everything is there.
 *
 * Everything happens in one transaction, so that a load that fails leaves no
 * trace. If the connection has a transaction open already, that one is used and
 * neither committed nor rolled back beyond where it stood. Only when the server
 * cannot hold the load in one transaction (its lock table is full; a new enum
 * value is used) and the database was empty, or where `piecemeal` is set, it is
 * committed piece by piece; what a failed load then leaves behind is for the
 * caller to remove.
 *
 * The session's settings are put back to their defaults at the end (those that
 * were set, and its role). A lost connection dies, as with connection_query.
 */
#ifndef PK_LOAD_H
#define PK_LOAD_H

#include "sql/sources.h"

#include <libpq-fe.h>

/*
 * What is done about the bodies of functions (validate.h). Real databases hold
 * functions that no longer work, and must be loaded nevertheless.
 */
enum load_bodies { LOAD_BODIES_WARN, LOAD_BODIES_UNSEEN, LOAD_BODIES_STRICT };

struct load_options {
	enum load_bodies bodies;
	bool piecemeal; /* commit as it goes: faster for many thousands of objects */
};

struct load_failure {
	const struct source_item *item;
	const char *file;
	long line; /* of the place of the error in the statement, where the server says so */
	const char *text, *detail, *hint, *sqlstate;
	bool consequence; /* of another failure: something that should have been made is missing */
	bool warning;     /* it was loaded, but something is not as it seems */
};

struct load_result {
	/* Causes first, then consequences, then warnings; each in the files' order. */
	struct load_failure *failures; /* in the arena */
	size_t count;
	size_t errors;    /* those that are not warnings */
	size_t statements; /* that were loaded */
	bool partial;     /* errors, and what was loaded before them is committed */
};

/* Whether there are no errors. All that the result holds lives in the arena. */
bool
load_sources(PGconn *connection, const struct sources *sources, const struct load_options *options,
            struct arena *arena, struct load_result *result);

#endif
