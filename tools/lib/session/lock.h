/*
 * lock.h - one process at a time works on a project
 *
 * The lock is a file that names a process; it is held as long as that process lives, however it ends, and
 * needs no release. Where the system tells when a process began, that is part of its name, so that another one
 * that got the number later does not hold it.
 */
#ifndef PK_SESSION_LOCK_H
#define PK_SESSION_LOCK_H

/* Takes it for `process`, which may have it already. Dies (status 1) naming the one that has it. */
void
work_lock_take(const char *path, long process);

#endif
