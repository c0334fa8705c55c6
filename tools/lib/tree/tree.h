/*
 * tree.h - bringing a schema directory to a layout without taking anything from the user
 *
 * The directory belongs to the user, who may rename, move, merge, split and
 * edit files. What PostKit wrote last time, and where, is kept in a manifest
 * (a snapshot of facts `file <path>` with the digest of what was written and
 * the keys of the groups in it). From both follows for every group where its
 * file is now:
 *   - where it was written, or where a file of the same content has gone;
 *   - a file in which its first line stands (moved and edited, or merged);
 *   - where it was written, if it is nowhere;
 *   - else a new file, with the next number of its directory.
 * A file that says the same statements in the same order is left alone, however it lays them out (an older PostKit
 * may have had other ideas of that). So is one that the user changed since, where it still says every
 * statement that it should; else it is a conflict.
 */
#ifndef PK_TREE_H
#define PK_TREE_H

#include "tree/layout.h"

enum change_type {
	FILE_SAME,    /* nothing to do */
	FILE_KEPT,    /* its own text says the same */
	FILE_NEW,
	FILE_CHANGED, /* PostKit's own text of last time is replaced */
	FILE_GONE,    /* holds nothing any more, and is as PostKit wrote it */
	FILE_CONFLICT /* the user's changes would be overwritten */
};

struct file_change {
	enum change_type type;
	const char *path; /* relative to the directory */
	struct sbuf text; /* what it shall hold */
	const char *digest; /* of PostKit's own text that is kept as it is; NULL: of `text` */
	const char **keys; /* of the groups in it */
	size_t key_count, key_room;
};

struct tree {
	struct arena arena;
	const char *directory;
	size_t files; /* that it has now */
	struct file_change **changes; /* by path */
	size_t count, room;
};

/*
 * Compares the directory with the layout. `manifest` is the path of the
 * manifest, which need not exist. Writes nothing. Dies on what cannot be read.
 */
void
tree_compare(struct tree *tree, const char *directory, const char *manifest, const struct layout *layout);

size_t
tree_count(const struct tree *tree, enum change_type type);

/* How many files would be written, replaced or removed. */
size_t
tree_work(const struct tree *tree);

void
tree_release(struct tree *tree);

/*
 * Writes, file by file, each at one blow; the manifest last. Files in conflict
 * are first copied to the directory `backup` (which keeps what is there).
 */
void
tree_write(struct tree *tree, const char *manifest, const char *backup);

#endif
