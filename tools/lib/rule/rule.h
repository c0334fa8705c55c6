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

#include "fact/fact.h"
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
	SHELL_SIGNATURE /* a function without its body */
};

struct unit {
	const struct fact *fact;
	const struct fact *const *parts; /* what is folded into it, in order */
	size_t part_count;
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
	/* It says something about its parent (comment, owner, privilege) and comes
	 * directly behind it. */
	bool follows;
	/* A loop of dependencies through it is broken by creating a shell of it
	 * first: `create` is called with a fact that has the key `shell`, and later
	 * with one that has the key `shelled`. NULL: SHELL_NONE. */
	enum shell (*shell)(const struct fact *fact);
	enum fold (*fold)(const struct fact *fact); /* NULL: FOLD_NEVER */
	/* Appends the statements that create the unit. */
	void (*create)(struct script *script, const struct unit *unit);
	/* Appends the statements that drop it; NULL: DROP words name. */
	void (*drop)(struct script *script, const struct fact *fact);
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

/* Appends the statements that create a unit. */
void
unit_create(struct script *script, const struct unit *unit);

/* Appends the statements that drop a fact. */
void
fact_drop(struct script *script, const struct fact *fact);

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
