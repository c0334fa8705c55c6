/*
 * server.h - a private PostgreSQL server in a directory of its own
 *
 * A scratch server: it listens on a Unix socket only, in a directory that only
 * its user can enter; whoever gets there is the superuser postgres. Durability
 * is off: what it holds can always be made again.
 *
 *     DIR/data/      the cluster; DIR/data.new while it is being made
 *     DIR/log        what the server says
 *     DIR/lock       held while the server is started or stopped
 *     DIR/.s.PGSQL.5432, or in a short directory under $TMPDIR or /tmp where
 *                    DIR's path is too long for a socket (or has a comma,
 *                    which libpq would read as two hosts)
 *
 * When root asks and the server's account (account.h) cannot enter DIR, DIR
 * becomes a symbolic link to a directory where it can.
 * The functions that work on the files must be called as that account
 * (server_enter sees to that).
 */
#ifndef PK_SERVER_H
#define PK_SERVER_H

#include "base/arena.h"
#include "base/sbuf.h"
#include "server/account.h"

#include <stdbool.h>
#include <sys/types.h>

struct server {
	struct arena *arena;
	const char *directory; /* absolute, no symbolic link in it */
	const char *data, *log, *lock;
	struct account account;
};

/* What postmaster.pid says of a server. */
struct server_state {
	pid_t pid;
	long port;
	const char *socket; /* the directory */
	bool ready;         /* accepts connections */
};

/*
 * Names the server of `directory`; with `make`, makes the directory (and the
 * link, see above). Without, false when there is none.
 */
bool
server_find(struct arena *arena, const char *directory, bool make, struct server *server);

/* Becomes the server's account, for good. */
void
server_enter(const struct server *server);

/* Whether it runs, by asking it. Without a server `state` is what the last one left, or zero. */
bool
server_running(const struct server *server, struct server_state *state);

/*
 * Sees to it that the server runs and accepts connections: makes the cluster
 * if there is none (of the major version `major`, or the newest), clears up
 * after a crash, and waits. Running already is fine. Two at the same time wait
 * for each other. Dies (status 2) with the last words of the log.
 */
void
server_start(const struct server *server, long major, struct server_state *state);

/* Stops it and waits until it is gone. False when none ran. `at_once`: without saving anything. */
bool
server_stop(const struct server *server, bool at_once);

/* A URL that libpq takes. */
void
server_url(const struct server_state *state, const char *database, struct sbuf *out);

#endif
