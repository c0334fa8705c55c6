/*
 * leftover.h - what a statement leaves behind that was interrupted outside of a transaction
 *
 *     CREATE INDEX CONCURRENTLY      an invalid index
 *     REINDEX CONCURRENTLY           invalid indexes named …_ccnew, …_ccold
 *     DETACH PARTITION CONCURRENTLY  a partition whose detachment is pending
 *
 * Names are resolved by the server under the session's search_path, as they were
 * by the statement. The runner must hold the lock, so that the server process which was interrupted is gone.
 */
#ifndef PK_RUNNER_LEFTOVER_H
#define PK_RUNNER_LEFTOVER_H

#include "runner/session.h"

/* Whether the statement says CONCURRENTLY: then it waits for others without making anybody wait. */
bool
leftover_is_concurrent(const char *statement);

enum effect {
	EFFECT_NONE,   /* it is to be run (again), which harms nothing */
	EFFECT_DONE,   /* what it does is there */
	EFFECT_UNKNOWN
};

/*
 * What became of a statement of which only the beginning is known. What it left half done is taken away or
 * brought to its end; this may fail as the statements for it do.
 */
enum outcome
leftover_effect(struct session *session, const char *statement, enum effect *effect,
                struct failure *failure);

/*
 * Before the statement is run: takes away invalid indexes that an earlier run of it left, from
 * whomever, and says so. An index that somebody is building right now is left alone, and the
 * statement will say what it thinks of that. Fails as the statements for it do.
 */
enum outcome
leftover_clear(struct session *session, const char *statement, struct failure *failure);

#endif
