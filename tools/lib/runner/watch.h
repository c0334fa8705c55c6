/*
 * watch.h - what a long statement is doing, on a terminal
 *
 * A second connection reads the server's progress views (pg_stat_progress_*) and what blocks
 * the runner's server process, and keeps one line on standard error up to date. It is made when the first
 * statement takes longer than a moment; where it cannot be had, nothing is shown.
 */
#ifndef PK_RUNNER_WATCH_H
#define PK_RUNNER_WATCH_H

struct watch;

/* NULL when standard error is no terminal. `conninfo` must stay valid. */
struct watch *
watch_start(const char *conninfo);

void
watch_end(struct watch *watch);

/* Shows what the server process does. To be called about once a second. NULL is fine here and below. */
void
watch_look(struct watch *watch, int pid, const char *running);

/* Takes the line away, before anything else is said. */
void
watch_clear(struct watch *watch);

#endif
