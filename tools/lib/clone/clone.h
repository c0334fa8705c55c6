/*
 * clone.h - a copy of a database to work on
 *
 * The target must be an empty database. Its definitions come by way of facts, as in an import, so that no program
 * of another version is in the way, and the roles that they refer to are made where they are missing;
 * data comes by pg_dump and pg_restore. The table of migrations comes along, so that the copy knows what is
 * applied. What cannot be had ends the program.
 */
#ifndef PK_CLONE_H
#define PK_CLONE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct clone {
	const char *source, *target; /* conninfo */
	const char *const *tables;   /* patterns of pg_dump --table, whose data is wanted; ended by NULL, or NULL */
	long jobs;                   /* for data */
	const char *directory;       /* where pg_dump writes */
};

/* The target's definitions: facts of the source that could not be made end the program (status 3), each by name. */
void
clone_definitions(struct arena *arena, const struct clone *clone);

/* Only the roles that the source refers to; for a clone with all data, whose definitions pg_dump brings. */
void
clone_roles(struct arena *arena, const struct clone *clone);

/*
 * The data: of the tables alone, into definitions that are there; or else of everything, with its
 * definitions as pg_dump writes them. Dies (status 2) when there is less room in the directory than
 * the source takes, or no pg_dump that fits.
 */
void
clone_data(struct arena *arena, const struct clone *clone);

/* Dies (status 1) unless the target holds nothing of a user. */
void
clone_check_target(const struct clone *clone);

#endif
