/*
 * io.h - files and streams: whole products or none
 */
#ifndef PK_IO_H
#define PK_IO_H

#include "base/sbuf.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * Reads a whole file, `-` is standard input. Returns false with errno set when
 * it cannot be read; a file that is not there is no reason to die for some.
 */
bool
file_read(const char *path, struct sbuf *out);

/* The same, but dies (status 2) naming the file. */
void
file_must_read(const char *path, struct sbuf *out);

/*
 * Replaces `path` by these bytes at one blow: a temporary file beside it,
 * written, synced, renamed, so that a kill leaves the old or the new content.
 * Where the content is the same already nothing is written; returns whether it
 * was. Dies (status 2) naming the file and the cause.
 */
bool
file_replace(const char *path, const void *bytes, size_t length);

/*
 * The same without the sync: for what can be made again, and for many files.
 * A kill still leaves the old or the new content; a power cut may not.
 */
bool
file_replace_fast(const char *path, const void *bytes, size_t length);

/* The same with permission bits for a new file, e.g. 0600. */
bool
file_replace_mode(const char *path, const void *bytes, size_t length, mode_t mode);

bool
file_exists(const char *path);

/* mkdir -p. Dies (status 2) naming the directory. */
void
directory_make(const char *path);

/*
 * rm -rf, never through a symbolic link. What is not there is removed already.
 * False with errno set when something is left.
 */
bool
directory_remove(const char *path);

/* Writes all of it to a descriptor, through signals; false with errno set. */
bool
descriptor_write(int descriptor, const void *bytes, size_t length);

/*
 * Flushes and closes stdout, and dies (status 2) if anything that was printed
 * has been lost. To be called once, at the end of every filter.
 */
void
output_close(void);

#endif
