/*
 * parallel.h - several queries at once on one snapshot of the database
 */
#ifndef PK_PARALLEL_H
#define PK_PARALLEL_H

#include "pg/connection.h"

#include <stddef.h>

/* A query and what is done with its rows. */
struct parallel_query {
	const char *name; /* for messages */
	const char *sql;
	void (*take)(void *context, const struct parallel_query *query, const PGresult *result);
	void *context;
	/* It shares what the server's process has learned with the others like it: they all run on
	 * the first connection, one after the other. */
	bool together;
};

struct parallel;

/*
 * Begins reading on `connection` (connection_begin_reading) and on up to
 * `helpers` more connections like it that see the same snapshot
 * (pg_export_snapshot). Where those cannot be had the first one does it all.
 */
struct parallel *
parallel_begin(PGconn *connection, int helpers);

/*
 * Runs the queries. `take` is called for one result at a time, in no particular
 * order, while the server works on the next ones. Dies when a query fails.
 */
void
parallel_run(struct parallel *parallel, const struct parallel_query *list, size_t count);

/* Closes the helpers; the transaction on the first connection goes on. */
void
parallel_end(struct parallel *parallel);

#endif
