/*
 * sources.h - all statements of a tree of SQL files
 *
 * Reads files and whole directories, follows \i and \ir, and keeps each
 * statement with the settings it runs under. Everything that is wrong with any
 * of the files is collected, so that it can be shown at once; `sources->problems`
 * must be looked at before the statements are used.
 *
 * A directory is read with all its folders: every *.sql in bytewise order of the
 * paths, hidden files and folders left out. Its `infra/` comes first; its
 * `seeds/` is read only when asked for, as SOURCE_SEEDS. A file that another one
 * includes is read where it is included and not by itself too.
 *
 * Psql commands: \i FILE (\include; from the current directory) and \ir FILE
 * (\include_relative; from the file's own) are followed, with psql's rules for
 * quoting; \restrict and \unrestrict, which pg_dump writes, are obeyed. Every
 * other one is a problem by name.
 */
#ifndef PK_SOURCES_H
#define PK_SOURCES_H

#include "sql/settings.h"
#include "sql/splitter.h"

enum source_part { SOURCE_INFRA, SOURCE_MAIN, SOURCE_SEEDS };

struct source_item {
	struct statement statement;
	const struct settings *settings;
	enum source_part part;
	size_t file; /* the number of the file it comes from (of the outermost that includes it) */
};

struct sources {
	struct arena *arena;
	struct source_item *items;
	size_t count, room;
	struct problem *problems;
	size_t problem_count, problem_room;
	size_t file_count; /* files that were read */
	/* Their paths, with those of the files that they include: also of files without a statement. */
	const char **paths;
	size_t path_count, path_room;
};

/* All that is kept lives in the arena, but for the arrays. */
void
sources_init(struct sources *sources, struct arena *arena);

void
sources_release(struct sources *sources);

/* Adds a file (`-` is standard input) or a directory. */
void
sources_add(struct sources *sources, const char *path, bool seeds);

/* Adds a text as if it were a file of that name. */
void
sources_add_text(struct sources *sources, const char *file, const char *text, size_t length,
                enum source_part part);

#endif
