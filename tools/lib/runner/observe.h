/*
 * observe.h - which locks migrations take, as a rehearsal shows it
 *
 * At the end of each transaction the server is asked what the session holds locked and what it has read,
 * so that it is known of any statement, without looking at its text. Only what was there
 * when the runner began counts: what the migrations themselves make is used by nobody yet. As text, JSON Lines:
 *
 *     migration  its file's name
 *     relation   the table, view or materialized view, as SQL writes its name
 *     lock       the strongest: 8 ACCESS EXCLUSIVE … 1 ACCESS SHARE, as pg_locks orders them
 *     scan       every row was read
 *     rewrite    every row was written anew
 *     alone      a statement, which ran without a transaction: what it locked is not known (and no relation)
 */
#ifndef PK_RUNNER_OBSERVE_H
#define PK_RUNNER_OBSERVE_H

#include "base/arena.h"
#include "runner/session.h"

#include <stdio.h>

struct observer;

/* Looks at what is there. What is observed is written to the file; dies (status 2) when it cannot be. */
struct observer *
observer_start(struct arena *arena, struct session *session, const char *path);

/* The query that is to be the last with rows in a transaction. */
extern const char observe_sql[];

/* What it gave. */
void
observe_locks(struct observer *observer, const char *migration, const PGresult *rows);

void
observe_alone(struct observer *observer, const char *migration, const char *statement);

/* Closes the file; dies when something of it was lost. */
void
observer_end(struct observer *observer);

#endif
