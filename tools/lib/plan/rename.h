/*
 * rename.h - what is called otherwise in the desired state
 *
 * Renames are never guessed: a wish says what an object was called. Only the
 * server can tell what else changes with a name (views, expressions, defaults), so
 * renames are run in a copy of the current state, and what comes out is compared.
 *
 * A wish is fulfilled when the current state has the new name: it is followed once. It is to be
 * fulfilled when there is the old name and not the new one. It matches nothing
 * when what it belongs to is there with neither.
 *
 * Constraints, indexes and sequences of what was renamed follow it, where
 * the desired state has one that differs in nothing but its name.
 */
#ifndef PK_RENAME_H
#define PK_RENAME_H

#include "rule/rule.h"

enum wish_part { WISH_OBJECT, WISH_MEMBER, WISH_LABEL };

struct wish {
	const char *file;
	long line;
	enum wish_part part;
	const char *words;  /* what SQL calls it: TABLE, COLUMN, CONSTRAINT */
	const char *object; /* its new name, as SQL writes it: public.users; app for a schema */
	const char *member; /* the column, constraint, policy … as SQL writes it; a label without quotes */
	const char *from;   /* what it was called: the last part of the name, without quotes */
};

/* The phases in which renames are found: each in the state that the ones before have left. */
enum rename_phase { RENAME_SCHEMAS, RENAME_OBJECTS, RENAME_MEMBERS, RENAME_FOLLOWERS, RENAME_PHASES };

struct rename {
	const char *old_id, *id;
	const char *sql, *undo; /* the statement, and the one that takes it back */
};

struct renames {
	struct rename *items;
	size_t count, room;
	struct arena arena;
};

#define RENAMES_INIT { NULL, 0, 0, ARENA_INIT }

/*
 * Adds what there is to be renamed in that phase, in the current state as it is now. To be called again, with the
 * state that is reached then, until it adds nothing: a name may become free by another rename.
 */
void
renames_find(struct renames *renames, enum rename_phase phase, const struct wish *wishes, size_t count,
             struct snapshot *current, struct snapshot *desired);

/* Reports the wishes of that phase that match nothing; returns how many. To be called when there is nothing more to
 * find. */
size_t
renames_check(enum rename_phase phase, const struct wish *wishes, size_t count, struct snapshot *current,
              struct snapshot *desired);

/*
 * Roles are not the database's to rename: reports the wishes for those that the current state still knows by
 * the old name, with the statement that does it; returns how many.
 */
size_t
renames_check_roles(const struct wish *wishes, size_t count, struct snapshot *current);

void
renames_release(struct renames *renames);

#endif
