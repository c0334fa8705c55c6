/*
 * session.h - the connection that migrations run on
 *
 * Everything that changes the target goes through one connection, which also holds the
 * lock (lock.h): as long as its server process lives, even without us, nobody else starts.
 * Nothing here ends the program because of what the server answers; a lost connection, a refusal
 * and an interruption are told apart, and the caller says what that means for the migration.
 *
 * Signals INT, TERM and HUP cancel the statement that is running, once; the second one ends
 * the program as usual. What runs long on a terminal is watched (watch.h).
 */
#ifndef PK_RUNNER_SESSION_H
#define PK_RUNNER_SESSION_H

#include "base/sbuf.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

struct watch;

struct session {
	const char *conninfo;
	PGconn *connection;
	struct watch *watch; /* NULL: nobody looks */
	/* SQL that makes the session its own user's for the rest of a transaction, whoever a
	 * migration has made it (SET ROLE). */
	char *own_role;
	/* What runs now, for warnings of the server and for the watch. */
	const char *running;
};

enum outcome {
	OUTCOME_DONE,
	OUTCOME_REFUSED,     /* by the server: `failure` says why */
	OUTCOME_LOST,        /* the connection: whether the last statement was done is not known */
	OUTCOME_INTERRUPTED  /* by a signal; the statement was cancelled */
};

/* What the server said. */
struct failure {
	char sqlstate[6];
	struct sbuf text, detail, hint;
	size_t statement; /* how many statements of the text were done before */
	size_t position;  /* in characters from 1; 0: the server does not say */
};

#define FAILURE_INIT { "", SBUF_INIT, SBUF_INIT, SBUF_INIT, 0, 0 }

void
failure_release(struct failure *failure);

/* Connects, or dies as connection_open does. Signals are taken over from here on. */
void
session_open(struct session *session, const char *conninfo, bool watched);

void
session_close(struct session *session);

/* Connects anew after a loss, trying for some seconds. False with the cause in `why`. */
bool
session_reopen(struct session *session, struct sbuf *why);

/*
 * Runs the statements of one text (NUL-ended) as one simple query. `rows`, if not NULL, gets the last
 * result that has rows, or NULL; to be PQclear-ed.
 */
enum outcome
session_run(struct session *session, const char *sql, PGresult **rows, struct failure *failure);

/* For our own statements, whose refusal ends the program (status 3, lost 4). */
PGresult *
session_query(struct session *session, const char *sql);

/* Ends a transaction, whatever state it is in; false when the connection is lost. */
bool
session_rollback(struct session *session);

/* Sleeps; false at once when a signal asks to stop. */
bool
session_sleep(double seconds);

bool
session_interrupted(void);

/* Ends the program as the signal that was received does. */
_Noreturn void
session_end_interrupted(void);

#endif
