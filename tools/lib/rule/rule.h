/*
 * rule.h - what PostKit knows of each kind of fact besides its catalog query
 *
 * A rule says how a fact of its kind is created and dropped, where it stands in
 * the order and in the tree of files. Everything generic (ordering, folding,
 * rendering, comparing) works on this table and never asks for a kind by name.
 *
 * Folding: people write `CREATE TABLE` with columns, defaults and constraints
 * inside. A fact whose rule says that it folds is written inside the statement
 * that creates its parent, where the order allows it: that is, where it stands
 * directly behind the facts of its parent in the order of creation. A fact with
 * the facts folded into it is a unit.
 */
#ifndef PK_RULE_H
#define PK_RULE_H

#include "fact/snapshot.h"
#include "rule/script.h"

/* Whether a fact is written inside its parent's statement. */
enum fold {
	FOLD_NEVER,
	FOLD_MAY, /* unless a loop is broken there */
	FOLD_MUST /* it cannot be created by itself as long as its parent is not there */
};

/*
 * What can stand in for a fact until all that it needs is there. A shell is
 * created after what the whole needs outside the loop; of what is in the
 * loop it does without. The one that says least comes first.
 */
enum shell {
	SHELL_NONE,
	SHELL_NAME,     /* a type that is only declared */
	SHELL_COLUMNS,  /* a view without its query */
	SHELL_SIGNATURE /* a function without its body, a domain without its default */
};

struct unit {
	const struct fact *fact;
	const struct fact *const *parts; /* what is folded into it, in order */
	size_t part_count;
};

/*
 * A change in place: from `old` to `new`, two facts of one id. Statements go to `script`.
 */
struct alter {
	struct snapshot *from, *to; /* both states, whole */
	const struct fact *old, *new;
	struct script *script;
	struct script *before; /* for what CHANGE_LETS_GO says; NULL: `script` too */
	bool moves;  /* to the successor of what it needs: CHANGE_MOVES is done without a difference */
	bool source_moves; /* and what it is inherited from does so */
	bool bound;  /* it is inherited from something in both states and meanwhile */
	bool online; /* the table is in use: no long locks where that can be had */
};

enum change_flag {
	/* No difference: neither planned (unless it has a function, which may find that it takes a
	 * replacement) nor part of fingerprints. */
	CHANGE_IGNORED = 1,
	/* By `create`, which says the whole anew (COMMENT ON, SET DEFAULT). */
	CHANGE_AGAIN = 2,
	/* What needs the fact does not bear the change: it is taken down before and
	 * built again afterwards, unless its rule says that it rides along. */
	CHANGE_TAKES_DOWN = 4,
	/* The same change of one of the fact's sources (see rule.sources) brings it. */
	CHANGE_INHERITED = 8,
	/* A fact that comes with its source, in a parent that comes, has it from there; later it is each one's own. */
	CHANGE_BORN_WITH = 16,
	/* It is put back to what the type has by itself when the fact's `type` or `collation` changes. */
	CHANGE_LOST_WITH_TYPE = 32,
	/* It undoes what binds the fact to what it needs no longer: done before its parts change or go, while
	 * the other changes wait for its parts. A key may stand once with it and once without. */
	CHANGE_LETS_GO = 64,
	/* It is also how the fact moves over to the successor of what it needs, which has the same name
	 * (alter.moves). Takes down what needs the fact. */
	CHANGE_MOVES = 128,
	/* CHANGE_BORN_WITH in a parent that has been there before, too: it stands in ADD COLUMN. */
	CHANGE_ADDED_WITH = 256,
	/* The server refuses it as long as values of the table's row type are stored elsewhere (tablecmds.c,
	 * find_composite_type_dependencies). */
	CHANGE_ROW_TYPE = 512
};

/* How a difference in one key is made in place. A key without one: the fact is replaced. */
struct change {
	const char *key;
	unsigned flags;
	/* Appends the statements; false: not in place, the fact must be replaced.
	 * Called once for all keys that name the same function. */
	bool (*alter)(const struct alter *alter);
};

/* What rule.leaves says. */
struct left {
	struct fact *fact;  /* a copy for that state */
	struct fact *cause; /* what it comes from */
};

struct rule {
	const char *kind; /* the first word of an id: "materialized_view" */
	/* What SQL calls it in COMMENT ON, DROP and ALTER … OWNER TO:
	 * "MATERIALIZED VIEW"; NULL for what is no object by itself. */
	const char *words;
	/* The directory of its files in the schema tree; NULL: it stands in the
	 * file of its parent. */
	const char *directory;
	/* All of one schema stand in one file of the directory (owners, privileges),
	 * rather than each in its own. */
	bool consolidated;
	/* pk-infra writes it (schemas, extensions), not pk-normalize. */
	bool infra;
	/* The order of creation where no dependency decides: pg_dump_sort.c's
	 * dbObjectTypePriority. */
	int rank;
	/* COMMENT ON and DROP want `name ON parent` (constraints, triggers, …). */
	bool named_on_parent;
	const char *parent_words; /* what stands before the parent's name there: "DOMAIN" */
	/* The key that names the role which has the parent. Whoever makes a thing has it: a desired state that names
	 * the role that it was made by says nothing of it, and fingerprints leave the fact out. */
	const char *holder;
	/* It says something about its parent (comment, owner, privilege) and comes
	 * directly behind it. */
	bool follows;
	/* A loop of dependencies through it is broken by creating a shell of it
	 * first: `create` is called with a fact that has the key `shell`, and later
	 * with one that has the key `shelled`; with one that has both, when the whole becomes a shell again, to
	 * be dropped later. What SHELL_NAME needs and what needs it go with it. NULL: SHELL_NONE. */
	enum shell (*shell)(const struct fact *fact);
	enum fold (*fold)(const struct fact *fact); /* NULL: FOLD_NEVER */
	/* The id of what cannot be used by others before the fact is there (the index of a partitioned
	 * table, which is not valid before those of all partitions belong to it). */
	const char *(*completes)(const struct fact *fact);
	/* It needs facts of this kind only to be made after them, and bears it when they change or go
	 * (partitions, for the index of a partitioned table). */
	const char *waits_for;
	/* Appends the statements that create the unit. */
	void (*create)(struct script *script, const struct unit *unit);
	/* Appends the statements that drop it; NULL: DROP words name. */
	void (*drop)(struct script *script, const struct fact *fact);
	/* Appends the statement that gives it another name (the last part, quoted); NULL: ALTER words name
	 * RENAME TO. */
	void (*rename)(struct script *script, const struct fact *fact, const char *name);

	/* ---- how it changes, for plans */

	const struct change *changes; /* ended by a NULL key; in the order of the statements */
	/* What cannot be done in place takes a replacement of the parent: it
	 * cannot leave it and come back (attributes of a composite type). NULL: never. */
	bool (*with_parent)(const struct fact *fact);
	/* It can be dropped without what is inherited from it, which stays: `drop` is called with a fact that has the key `only`. */
	bool drops_only;
	/* Whether the fact stays when its source goes, being its table's own, too. NULL: never. */
	bool (*outlives)(const struct fact *fact);
	/* A new one that comes with its source takes over what the old one held, which has another name
	 * meanwhile (the values of a column that becomes an inherited one). */
	void (*take_over)(struct script *script, const struct fact *old, const struct fact *new, const char *old_name);
	/* The lock that CREATE and DROP take on what the fact stands in, where the statements say nothing
	 * of their own. */
	const char *lock;
	/* The hazard of dropping it, and of dropping it to make it again (NULL: the same, "": none); data is lost. */
	const char *drop_hazard, *replace_hazard;
	/* The hazard of adding, changing or dropping it where what it speaks of stays: who may do what changes. */
	const char *access_hazard;
	bool drop_loses;
	/* A new object may have got what it speaks of by default privileges: these are
	 * put right first. */
	bool settled;
	/* The ids of facts by whose changes this one may be undone (a privilege, by another owner; one on a
	 * column, by the same one on its table; how a partition's trigger fires): how many, `room` at most. NULL:
	 * none. */
	size_t (*undone_by)(struct snapshot *state, const struct fact *fact, struct arena *arena, const char **ids,
	                    size_t room);
	/* Whether the other one's change does that, when it is made (`old` is NULL) or dropped (`new` is) too. */
	bool (*undoes)(const struct fact *old, const struct fact *new);
	/* Whether it binds changes of what it stands in (its facts are given) to those of what it looks into, while it stays:
	 * the former come first (1), the latter (-1), or it does not matter (0). NULL: 0. */
	int (*binds)(const struct fact *fact, const struct fact *old, const struct fact *new);
	/* Letters for the name spaces in which nothing else can have its name: r
	 * relations, t types, f functions, i the index of a constraint, c constraints of one table (and constraint triggers). */
	const char *spaces;
	/* A fact that needs it cannot be dropped by dropping it: it must be empty. */
	bool holds;
	/* What its parts speak of is there by its definition (the columns of a view): it changes before they do. */
	bool defines_parts;
	/* What it stands in does not take it along: it is dropped before, by itself. NULL: never. */
	bool (*apart)(const struct fact *fact);
	/* Facts that a state does not speak of because this one brings them, but has when only this one
	 * is dropped, in the state's arena: how many. */
	struct left *(*leaves)(struct snapshot *state, const struct fact *fact, size_t *count);
	/* The table whose rows it looks for, other than its own: it would find those of a partition gone that is
	 * detached for a while, and is dropped before that (foreign keys). NULL: none. */
	const char *(*looks_into)(struct snapshot *state, const struct fact *fact);
	/* It is there with its parent, and a fact only for the sake of what is said of
	 * it (the column of a view, for its comment): nothing creates or drops it. NULL: never. */
	bool (*nominal)(const struct fact *fact);
	/* It bears changes of what it stands in or needs (CHANGE_TAKES_DOWN). */
	bool (*rides)(const struct fact *fact);
	/* It can be renamed for a while, so that what uses it moves over to its
	 * successor in place. */
	bool stands_aside;
	/* The same for a while in which others go on using it: a successor that takes long is made
	 * before it is dropped (indexes). */
	bool stands_aside_online;
	/* The ids of what the fact is inherited from, in the arena: the
	 * columns of that name in the parents of its table. */
	const char **(*sources)(struct snapshot *state, const struct fact *fact, struct arena *arena, size_t *count);
	/* The ids of what the parent would inherit it from (they need not be facts), in the arena: as long as it
	 * does, the fact cannot be dropped by itself, and before it does, the fact must be there. NULL: nothing. */
	const char **(*held_by)(struct snapshot *state, const struct fact *fact, struct arena *arena, size_t *count);
	/* The id of the fact that makes it inherit from them; NULL: its parent does. While that one is gone, what
	 * happens to them does not happen to it. */
	const char *(*tie)(struct snapshot *state, const struct fact *fact, struct arena *arena);
	/* Appends the statement by which the values that it holds leave their type, as text, until its change in place
	 * brings them back (alter.moves). NULL: it holds none. */
	void (*park)(struct script *script, const struct fact *fact);
	/* It holds values, and none that cannot be had again: it is taken down where they are in the way. */
	bool holds_copies;
	/* Whether making it in a parent that stays is what CHANGE_ROW_TYPE says. NULL: never. */
	bool (*fills)(struct snapshot *state, const struct fact *fact);
	/* The id of what takes the fact's parent along when it is dropped, while the
	 * fact stands (the column that owns a sequence); NULL: nothing. */
	const char *(*taken_by)(const struct fact *fact);
	/* There is no statement that undoes taken_by by itself (an index that belongs
	 * to the index of a partitioned table). */
	bool never_lets_go;
};

/*
 * The rule of a fact's or an id's kind. An unknown kind ends the program
 * (status 2): the snapshot is of a newer version.
 */
const struct rule *
rule_of(const char *id);

enum fold
fact_fold(const struct fact *fact);

enum shell
fact_shell(const struct fact *fact);

/* How a key changes; NULL: by a replacement. */
const struct change *
change_of(const struct rule *rule, const char *key);

/* Appends the statements that create a unit. */
void
unit_create(struct script *script, const struct unit *unit);

/* Appends the statements that drop a fact. */
void
fact_drop(struct script *script, const struct fact *fact);

/* Appends the statement that renames a fact. */
void
fact_rename(struct script *script, const struct fact *fact, const char *name);

/*
 * A fact's name as COMMENT ON writes it: "TABLE public.users",
 * "CONSTRAINT users_pkey ON public.users".
 */
void
object_write(struct sbuf *out, const char *id);

/* The name of the relation or type that a part belongs to: `public.users` of
 * "column public.users.email", `*length` bytes of it. */
const char *
parent_name(const char *id, size_t *length);

/* The parts of a unit that stand in `parent` directly and are of this kind;
 * from `*at` on; NULL when there are no more. */
const struct fact *
unit_part(const struct unit *unit, const char *parent, const char *kind, size_t *at);

#endif
