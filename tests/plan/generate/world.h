/*
 * world.h - a state of a database that is made up, and edited
 *
 * A world is a list of things: tables, types, functions, … What a thing looks like is decided by
 * draws: draw(world, "c2.type", 9) is a number below 9 that depends on the seed, the thing, the
 * label and how often that label has been edited, and on nothing else. So an edit is: one label of
 * one thing counted up; all else stays as it was. What a thing refers to is drawn among what is there already, in
 * a way that the answer stays the same as long as that is there.
 *
 * world_build makes the state in a database, thing by thing. A statement that the server refuses is left out,
 * and what it would have made is not there for others: whatever comes out is a valid state.
 */
#ifndef PK_WORLD_H
#define PK_WORLD_H

#include "base/arena.h"
#include "base/sbuf.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

/* What things refer to. */
enum made_kind {
	MADE_SCHEMA = 1,
	MADE_TYPE = 2,      /* that columns can have */
	MADE_SEQUENCE = 4,
	MADE_FUNCTION = 8,  /* (integer) returns integer, immutable */
	MADE_TRIGGER_FUNCTION = 16,
	MADE_TABLE = 32,
	MADE_PARTITIONED = 64,
	MADE_FOREIGN_TABLE = 128,
	MADE_VIEW = 256,
	MADE_MATVIEW = 512,
	MADE_COLLATION = 1024,
	MADE_SERVER = 2048,
	MADE_OTHER = 4096,  /* only to be said something about */
	MADE_COMPOSITE = 8192,
	MADE_ROUTINE = 16384,
	/* Can be inherited from. It has no checks: of one that a table gets by INHERIT the server
	 * remembers that the table had it before, and there is no statement that makes that undone. */
	MADE_PARENT = 32768
};

/* By what can be done with a value. */
enum class {
	CLASS_NUMBER,
	CLASS_TEXT,
	CLASS_TIME,
	CLASS_TRUTH,
	CLASS_OTHER
};

struct made_column {
	const char *name, *type;
	enum class class;
	const char *value; /* SQL for a value of row number g */
	bool generated;
};

enum { COLUMNS_MOST = 12 };

struct made {
	enum made_kind kind;
	const char *name;  /* as SQL writes it, with the schema */
	const char *words; /* what COMMENT ON calls it */
	const char *owned; /* what ALTER … OWNER TO calls it; NULL: it has no owner */
	const char *grant; /* the privileges it can have; NULL: none */
	const char *key;   /* of a table: column of its primary key, or NULL */
	enum class class;  /* of a type */
	const char *value; /* a value of the type, as SQL; NULL: none that is known */
	uint64_t seed;
	struct made_column columns[COLUMNS_MOST];
	size_t column_count;
};

/* How often a label of a thing has been edited. */
struct label {
	char name[24];
	unsigned edits;
	unsigned below, last; /* of the latest draw; 0: chosen among what is there */
	bool used;
};

struct world;

struct thing {
	void (*build)(struct world *world);
	uint64_t seed;
	struct label *labels;
	size_t label_count, label_room;
};

struct world {
	PGconn *connection;
	int version; /* of the server: 15 */
	struct thing *things;
	size_t thing_count, thing_room;
	struct thing *now; /* being built */
	struct made **made; /* of the arena: what was chosen stays where it is */
	size_t made_count, made_room;
	struct arena arena;  /* of what is made */
	struct sbuf sql;     /* all that the server took */
	size_t taken, refused;
	bool talkative;      /* says what is refused */
};

/* A number that depends on the arguments only. */
uint64_t
mix(uint64_t a, uint64_t b);

/* Fills the world with things by the seed. */
void
world_make(struct world *world, PGconn *connection, uint64_t seed);

void
world_release(struct world *world);

/* Makes the state in the connection's database, in the transaction that is open. */
void
world_build(struct world *world);

/* Edits one label. */
void
world_edit(struct world *world, uint64_t random);

/* ---- for the builders */

/* A number from 0 to `below` - 1. */
unsigned
draw(struct world *world, const char *label, unsigned below);

/* Whether: in `percent` of all cases. */
bool
chance(struct world *world, const char *label, unsigned percent);

/* One of what is there of these kinds; NULL when there is none. */
const struct made *
choose(struct world *world, const char *label, unsigned kinds);

/* One of the columns; of that class, if there is one; NULL where there is none at all. */
const struct made_column *
choose_column(struct world *world, const char *label, const struct made *table, int class);

/* Runs a statement. False, and nothing has happened: it was refused. */
bool
run(struct world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A text that lives as long as what is made. */
const char *
text(struct world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A name for the thing, in a schema; few enough that things take over the names of others. */
const char *
draw_name(struct world *world);

/* Remembers what has been made; it may be filled in further. */
struct made *
remember(struct world *world, enum made_kind kind, const char *name, const char *words);

/* ---- the builders */

void
build_schema(struct world *world);
void
build_enum(struct world *world);
void
build_domain(struct world *world);
void
build_composite(struct world *world);
void
build_range(struct world *world);
void
build_collation(struct world *world);
void
build_sequence(struct world *world);

void
build_function(struct world *world);
void
build_row_function(struct world *world);
void
build_trigger_function(struct world *world);
void
build_procedure(struct world *world);
void
build_aggregate(struct world *world);
void
build_operator(struct world *world);
void
build_cast(struct world *world);

void
build_table(struct world *world);
void
build_partitioned(struct world *world);
void
build_child(struct world *world);
void
build_typed(struct world *world);
void
build_foreign(struct world *world);
void
build_index(struct world *world);
void
build_constraint(struct world *world);
void
build_foreign_key(struct world *world);

void
build_view(struct world *world);
void
build_matview(struct world *world);
void
build_trigger(struct world *world);
void
build_rule(struct world *world);
void
build_policy(struct world *world);
void
build_statistics(struct world *world);
void
build_privilege(struct world *world);
void
build_default_privilege(struct world *world);
void
build_comment(struct world *world);
void
build_owner(struct world *world);
void
build_publication(struct world *world);
void
build_text_search(struct world *world);
void
build_event_trigger(struct world *world);
void
build_server(struct world *world);

#endif
