/*
 * account.h - who a server runs as, and where it may live
 *
 * PostgreSQL does not run as root. When root asks for a server, it belongs to
 * the owner of the project (the current directory), or else to `postgres`, or
 * else to `nobody`. Everything about the server's files is then done as that
 * account: account_become drops the rights for good.
 */
#ifndef PK_ACCOUNT_H
#define PK_ACCOUNT_H

#include "base/sbuf.h"

#include <stdbool.h>
#include <sys/types.h>

struct account {
	uid_t uid;
	gid_t gid;
};

/*
 * The account for a server with its files under `directory` (which need not be
 * there; when it is, and is not root's, its owner is the account). Dies
 * (status 2) when we are root and there is no account to be had.
 */
struct account
account_for(const char *directory);

/* Becomes the account, for good. Dies when that fails. */
void
account_become(const struct account *account);

/*
 * Makes `directory` (mode 0700, the account's) if it is not there; an empty one
 * is made so. Returns whether the account can work in it: it cannot where a
 * directory above is closed to it; the cause is in errno. Dies (status 2) when
 * others can enter it.
 */
bool
account_directory(const struct account *account, const char *directory);

/* How long what is in a directory is wanted. */
enum life {
	LIFE_LASTING, /* over the next boot */
	LIFE_SHORT,
	LIFE_SCRATCH  /* as long as a program; there are many files, which memory makes and forgets fastest */
};

/*
 * Makes a new directory for the account (mode 0700) under $TMPDIR, /tmp or
 * /var/tmp (which comes first when it is to last: the others may be emptied at
 * the next boot), the first where it can work and where, if `longest` is not 0,
 * the path has at most that many bytes. Without $TMPDIR, scratch comes to
 * /dev/shm where that has much room. The path is put into `path`. Dies
 * (status 2) when there is none.
 */
void
account_temporary_directory(const struct account *account, enum life life, size_t longest,
                            struct sbuf *path);

#endif
