/*
 * files.h - what is in a schema directory now
 */
#ifndef PK_TREE_FILES_H
#define PK_TREE_FILES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct tree_file {
	const char *path; /* relative to the directory, with / */
	const char *text;
	size_t length;
	const char *digest; /* of the text */
	bool manifest;      /* PostKit wrote a file of this path last time */
	bool untouched;     /* and it is still the same, or has only been moved here */
};

struct tree_files {
	struct arena arena;
	struct tree_file *files; /* by path */
	size_t count, room;
	struct tree_line *lines; /* of all files, by hash; made when first needed */
	size_t line_slots;
};

/*
 * Reads all *.sql files under the directory, at any depth; hidden ones and the
 * sub-directory seeds/ are not PostKit's. A directory that is not there is empty.
 */
void
tree_files_read(struct tree_files *files, const char *directory);

struct tree_file *
tree_files_find(const struct tree_files *files, const char *path);

/* The first file that has this line; NULL: none. The first call reads all files, the others take no time. */
const struct tree_file *
tree_files_with_line(struct tree_files *files, const char *line, size_t length);

void
tree_files_release(struct tree_files *files);

/* A digest of the bytes, 16 hexadecimal digits: to tell versions of a file apart, no more. */
const char *
text_digest(struct arena *arena, const char *text, size_t length);

#endif
