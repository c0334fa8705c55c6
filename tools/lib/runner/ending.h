/*
 * ending.h - what is said and done when a statement of a migration does not come to a good end
 *
 * Each of these says what is done of the migration and what is not, and ends the program as
 * run.h tells; only ending_handle may come back, to try again.
 */
#ifndef PK_RUNNER_ENDING_H
#define PK_RUNNER_ENDING_H

#include "runner/job.h"
#include "runner/run.h"
#include "runner/session.h"

/* A job that is being done. */
struct run {
	struct session *session;
	const struct job *job;
	const struct run_options *options;
	const char *name; /* of the file, for messages */
	bool stepwise;    /* not as one transaction */
	size_t done;      /* steps, where it is stepwise */
	long tries;       /* made again so far */
	double start;
};

/* "applied" or "rolled back". */
const char *
ending_verb(const struct run *run);

_Noreturn void
ending_interrupted(struct run *run);

/* `step` is where; NULL: in what is not the file's. */
_Noreturn void
ending_refused(struct run *run, const struct step *step, const struct failure *failure);

/*
 * The connection is lost. The server process may still be at work; it holds the lock until it
 * has ended, so with the lock in our hands the tables tell what became of it.
 */
_Noreturn void
ending_lost(struct run *run, const struct failure *failure);

/* Whether the server wants the statement to be run outside of a transaction. */
bool
ending_wants_no_transaction(const struct failure *failure);

/* Whether it is not worth trying (lock timeout, deadlock, serialization failure), or no try is left. */
bool
ending_is_final(const struct run *run, const struct failure *failure);

/*
 * One of those, unless it is worth trying again (a lock that was not to be had, a deadlock): then rolls a transaction
 * that is open back, waits a while, and returns.
 */
void
ending_handle(struct run *run, enum outcome outcome, const struct step *step,
              const struct failure *failure);

#endif
