/*
 * directive.h - what comments in SQL files ask for
 *
 *     -- postkit:renamed from=old_name
 *
 * directly before a statement that creates something (a table, view, type, function,
 * schema, sequence, index, policy, trigger, role, …), before ALTER … ADD of a column, constraint,
 * attribute or label, or inside CREATE TABLE, CREATE TYPE or CREATE DOMAIN before one of these, says
 * what it was called before. The old name is written as in SQL: in double quotes where it needs them;
 * nothing else may stand in the rest of the line.
 */
#ifndef PK_DIRECTIVE_H
#define PK_DIRECTIVE_H

#include "sql/sources.h"

enum directive_part { PART_WHOLE, PART_MEMBER, PART_LABEL };

struct directive {
	const char *file;
	long line;
	const struct settings *settings; /* where it stands */
	enum directive_part part;
	/* What SQL calls it, in upper case: TABLE, COLUMN, CONSTRAINT; of a PART_LABEL it means nothing. */
	const char *words;
	/* The object: its schema (NULL: where the search_path says; "": it has none) and name; of a
	 * PART_MEMBER or PART_LABEL those of the table or type that it belongs to. */
	const char *schema, *name;
	const char *member; /* the column, constraint, policy or label, without quotes */
	const char *from;   /* what it was called, without quotes */
};

struct directives {
	struct directive *items;
	size_t count, room;
	struct problem *problems; /* directives that nothing follows that has a name, or that are malformed */
	size_t problem_count, problem_room;
};

#define DIRECTIVES_INIT { NULL, 0, 0, NULL, 0, 0 }

/* Finds those of all statements. What they hold is in the sources' arena. */
void
directives_find(struct directives *directives, const struct sources *sources);

void
directives_release(struct directives *directives);

#endif
