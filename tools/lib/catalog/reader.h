/*
 * reader.h - from catalog rows to facts
 *
 * Runs every query of catalog/ that gives facts, in one transaction on one
 * snapshot of the database, and turns rows into facts by the names and types of
 * their columns: HACKING.md, "Catalog queries". Knows nothing of any kind.
 */
#ifndef PK_CATALOG_READER_H
#define PK_CATALOG_READER_H

#include "fact/snapshot.h"
#include "pg/connection.h"

/* Something that did not become a fact, for the user to read. */
struct left_out {
	const char *what; /* "large object 1234", "user_mapping for alice on s" */
	const char *why;
};

struct catalog_options {
	const char *const *schemas; /* only these, ended by NULL; NULL: all */
	bool with_invalid; /* also what queries mark as `left_out` */
};

struct catalog {
	struct snapshot snapshot; /* sorted */
	/* What a user made and no query gives. */
	struct left_out *unknown;
	size_t unknown_count, unknown_room;
	/* References of what was asked for to what was not: "view a.v needs table b.t". */
	const char **leaving;
	size_t leaving_count, leaving_room;
	/* What belongs to a fact and is not in it: secrets, what the role may not see; and
	 * what was left out on purpose. */
	struct left_out *withheld;
	size_t withheld_count, withheld_room;
};

#define CATALOG_INIT { SNAPSHOT_INIT, NULL, 0, 0, NULL, 0, 0, NULL, 0, 0 }

/*
 * Reads the database's facts. Dies when the server refuses. A transaction of the caller's goes on: what it
 * sees is read (it should be REPEATABLE READ), under the settings of connection_begin_reading.
 */
void
catalog_read(PGconn *connection, const struct catalog_options *options, struct catalog *catalog);

void
catalog_release(struct catalog *catalog);

#endif
