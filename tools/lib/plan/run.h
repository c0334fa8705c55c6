/*
 * run.h - running a plan in a database that nobody else uses
 *
 * For proofs. What runs plans where others work is pk-apply, which waits,
 * tries again and records what it has done.
 */
#ifndef PK_PLAN_RUN_H
#define PK_PLAN_RUN_H

#include "pg/connection.h"
#include "plan/plan.h"

/* Runs all steps; the program ends with the server's message where one fails. */
void
plan_run(PGconn *connection, const struct plan *plan);

/* The same; the server's refusal is returned (to be cleared), with the number of the step in `*at`: the
 * transaction is still open then. NULL: all is done. */
PGresult *
plan_try_run(PGconn *connection, const struct plan *plan, size_t *at);

#endif
