/*
 * throwaway.h - a server for the time of one command
 *
 * The server lives in a temporary directory. A keeper process starts it, and
 * when the program ends, by whatever it ends (kill -9 too), the keeper notices
 * that its pipe is closed, stops the server and removes the directory.
 */
#ifndef PK_THROWAWAY_H
#define PK_THROWAWAY_H

#include "base/arena.h"

/*
 * Runs the command with PGHOST, PGPORT, PGUSER, PGDATABASE and
 * POSTKIT_SERVER_URL set to a server of the version `major` (0: the newest).
 * Signals that end the program are handed to the command first. Returns the
 * command's exit status; 128 and its number when a signal ended it, 127 when
 * there is no such command. Dies when the server cannot be had.
 */
int
throwaway_run(struct arena *arena, long major, char **command);

#endif
