/*
 * lock.h - one runner at a time on a database
 *
 * A session-level advisory lock (TABLE_LOCK). It is asked for again and again rather than waited for in the
 * server: a session that waits for a lock holds a snapshot, for which the other
 * runner's CREATE INDEX CONCURRENTLY would wait for ever.
 */
#ifndef PK_RUNNER_LOCK_H
#define PK_RUNNER_LOCK_H

#include "runner/session.h"

/*
 * Takes the lock, waiting at most so many seconds. False when others have it that long: `who` is set to
 * a description of them, `what` to what they are doing (both may be empty).
 */
bool
lock_try(struct session *session, long seconds, struct sbuf *who, struct sbuf *what);

/* The same, but dies (status 1) with that. */
void
lock_take(struct session *session, long seconds);

#endif
