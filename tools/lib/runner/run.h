/*
 * run.h - doing one job: each migration exactly once, whatever happens in between
 *
 * A job that is `whole` is one transaction with the migration's row in it. Otherwise every step and the
 * record that it is done are one transaction; a statement that the server refuses in a
 * transaction (it does before doing anything) is run without one, between a record that it was begun
 * and one that it is done. So a run that was cut off at any point is taken up at the right step, and only
 * for a statement that was under way without a transaction it must be found out what it did (leftover.h).
 *
 * Whatever refuses or interrupts ends the program, after saying what is done and what is not: status 3
 * refused, 4 connection lost, 1 cannot be decided without the user; a signal as itself.
 */
#ifndef PK_RUNNER_RUN_H
#define PK_RUNNER_RUN_H

#include "migration/table.h"
#include "runner/job.h"
#include "runner/session.h"

struct observer;

struct run_options {
	/* As PostgreSQL writes them ("5s"); NULL: none. */
	const char *lock_timeout, *statement_timeout;
	/* How often it is tried again when a lock is not to be had in time, after a deadlock and after a
	 * serialization failure. */
	long retries;
	long lock_wait; /* seconds, see lock_take */
	/* What a statement of unknown effect is taken for: "done" or "again"; NULL: not decided. */
	const char *interrupted;
	struct observer *observer; /* NULL: nobody looks (observe.h) */
};

/* Does what is not done of it and records it. Returns how many milliseconds it took. */
long
run_job(struct session *session, const struct job *job, const struct run_options *options,
        const struct table_progress *progress);

/* Puts the options' timeouts in force, so that a malformed one is noticed before anything is done. */
void
run_check_options(struct session *session, const struct run_options *options);

#endif
