/*
 * plan.h - the statements that lead from one state to another, in order
 *
 * As text: JSON Lines. The first line is the header:
 *
 *     {"plan":1,"from":FINGERPRINT,"to":FINGERPRINT,"steps":N,"objects":M,"likely_renames":[…]}
 *
 * A likely rename is a drop and an addition that differ in nothing but the name:
 * {"old":ID,"new":ID,"directive":TEXT}, the latter being what to write into the files if it is one. Then comes one
 * line for each step (what is absent is false or none):
 *
 *     sql          one statement, without its semicolon
 *     makes        ids of the facts that are there afterwards
 *     changes      ids of the facts that are changed in place
 *     destroys     ids of the facts that are gone afterwards
 *     renames      the id that the first of `changes` had before
 *     undo         the statement that takes a rename back
 *     lock, on     the lock that it takes, and the id of the fact it takes it on
 *     rewrite      every row is written anew
 *     scan         every row is read
 *     data_loss    data can be lost
 *     transaction  false: it cannot run inside a transaction block
 *     begin        what is before it must be committed
 *     commit       what it does can be used only after a commit
 *     hazards      the names of the hazards (plan/hazard.h)
 *     bytes, rows  the size of what `on` names, where it is known and matters
 *
 * and at last, for people, one line for each object and part of one that differs:
 *
 *     object       the id
 *     action       add, drop, change, or rebuild (it is the same afterwards); none: only parts of it differ
 *     in           the object that it is a part of; that one's line comes before
 *     was          the id that it had before
 *     before, after  how an object that is no part is declared in both states
 *
 * A plan without steps says that the states are the same.
 */
#ifndef PK_PLAN_H
#define PK_PLAN_H

#include "base/sha256.h"
#include "fact/snapshot.h"

#include <stdint.h>
#include <stdio.h>

enum { PLAN_FORMAT = 1 };

struct step {
	const char *sql;
	const char **makes, **changes, **destroys;
	size_t makes_count, changes_count, destroys_count;
	const char *renames, *undo; /* NULL: it is no rename */
	const char *lock, *on; /* NULL: none that matters */
	unsigned flags;        /* enum statement_flag */
	const char **hazards;
	size_t hazard_count;
	int64_t bytes, rows; /* 0: not known, or none */
};

/* What differs, for people. */
struct object {
	const char *id, *in, *was;
	const char *before, *after;
	char action; /* + - ~, = for a rebuild, or 0 */
};

struct likely_rename {
	const char *old_id, *new_id, *directive;
};

struct plan {
	struct arena arena; /* of everything in it */
	char from[SHA256_HEX], to[SHA256_HEX];
	struct step *steps;
	size_t count, room;
	struct object *objects;
	size_t object_count, object_room;
	struct likely_rename *likely;
	size_t likely_count, likely_room;
};

#define PLAN_INIT { ARENA_INIT, "", "", NULL, 0, 0, NULL, 0, 0, NULL, 0, 0 }

struct plan_options {
	bool online; /* what exists is in use */
	/* The role (as SQL writes it) that the desired state was made by, where that declares things rather than being
	 * somebody's database: what it has there is left to whom it belongs, or to whoever makes it. NULL: owners
	 * count. */
	const char *own;
};

/* The plan that leads from one snapshot to the other. */
void
plan_make(struct plan *plan, struct snapshot *from, struct snapshot *to, const struct plan_options *options);

void
plan_release(struct plan *plan);

/* Puts the steps of `first` before those of the plan. Dies (status 2) unless it leads to where
 * the plan starts. `first` must outlive the plan. */
void
plan_prepend(struct plan *plan, const struct plan *first);

/* Puts what takes the renames of `renames` back behind the plan's steps. Dies (status 2) unless the plan
 * leads to where they led. */
void
plan_append_undo(struct plan *plan, const struct plan *renames);

/* Tells the steps that rewrite or read whole tables how large these are, by a file of pk-sizes. */
void
plan_add_sizes(struct plan *plan, const char *path);

/* Adds a line about what was renamed, as a part of `in` (NULL: it is none); where there is one, it is told its old
 * id. */
void
plan_add_renamed(struct plan *plan, const char *id, const char *in, const char *was);

/* Puts the objects into the order in which they are read: by kind and id, parts behind what they belong to. */
void
plan_sort_objects(struct plan *plan);

void
plan_write(FILE *stream, const struct plan *plan);

/* The same as one JSON object: the header's keys, and `steps` as an array. */
void
plan_write_json(FILE *stream, const struct plan *plan);

/* Reads a file (`-`: standard input); anything wrong ends the program (status 2). */
void
plan_read(struct plan *plan, const char *path);

#endif
