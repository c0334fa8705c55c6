/*
 * subject.h - what a statement is about, from its leading words
 *
 * Enough to guess a good order, never more: what is right and wrong only the
 * server knows. A statement that is not recognised is SUBJECT stage OTHER.
 */
#ifndef PK_SUBJECT_H
#define PK_SUBJECT_H

#include "sql/settings.h"
#include "sql/splitter.h"

/*
 * The order in which statements of a schema are best run, whatever the order of
 * the files. It follows pg_dump's (pg_dump_sort.c, dbObjectTypePriorities).
 */
enum stage {
	STAGE_DROP,
	STAGE_ROLE,
	STAGE_SCHEMA,
	STAGE_EXTENSION,
	STAGE_EARLY, /* languages, access methods, collations, foreign servers, text search */
	STAGE_TYPE,
	STAGE_FUNCTION,
	STAGE_BASE_TYPE, /* types made of functions */
	STAGE_OPERATOR,  /* operators and their classes, aggregates, casts, transforms, conversions */
	STAGE_SEQUENCE,
	STAGE_TABLE,
	STAGE_ATTACH, /* partitions, inheritance */
	STAGE_COLUMN, /* defaults and other attributes of columns and tables */
	STAGE_INDEX,  /* and all constraints but foreign keys */
	STAGE_INDEX_ATTACH,
	STAGE_VIEW,
	STAGE_RULE,
	STAGE_FOREIGN_KEY,
	STAGE_TRIGGER, /* also policies and statistics */
	STAGE_AFTER,   /* what needs a trigger, an index or a rule to be there */
	STAGE_OTHER,
	STAGE_OWNER,    /* an owned sequence must have its table's owner */
	STAGE_OWNED_BY,
	STAGE_COMMENT,
	STAGE_PRIVILEGE, /* what a new owner gets depends on what was granted before */
	/* From here on a statement's effect depends on when it runs. None of these
	 * is ever moved forward for the sake of another. */
	STAGE_DATA,
	STAGE_FIRST_LATE = STAGE_DATA,
	STAGE_REFRESH,
	STAGE_PUBLICATION, /* after the data: a published table may refuse UPDATE */
	STAGE_SUBSCRIPTION,
	STAGE_DEFAULT_PRIVILEGES, /* must not act on what is created above */
	STAGE_EVENT_TRIGGER       /* likewise */
};

enum act {
	ACT_MAKES,
	ACT_CHANGES, /* what others see of it: columns, type, name, whether it is there */
	ACT_ON,      /* anything else */
	ACT_PARENT,  /* the statement's table becomes a partition or child of this one */
	ACT_CHILD    /* and this one of the statement's table */
};

/* What has names of its own, so that an index is not taken for a column. */
enum name_space { NAMES_OBJECT, NAMES_INDEX };

struct subject_name {
	enum act act;
	enum name_space space;
	const char *schema; /* NULL: where the search_path says; "" : has none */
	const char *name;
};

struct subject {
	enum stage stage;
	struct subject_name *names; /* in the arena */
	size_t count, room;
	bool replaces;     /* CREATE OR REPLACE */
	bool copies;       /* CREATE TABLE … (LIKE …) */
	bool is_view;      /* CREATE VIEW */
	bool is_shell;     /* CREATE TYPE with a name and nothing else */
	bool partitioned;  /* CREATE TABLE … PARTITION BY */
	size_t concurrently, concurrently_length; /* the word CONCURRENTLY; length 0: none */
};

/* What `text` is about. The result lives in the arena. */
struct subject
subject_of(struct arena *arena, const char *text, size_t length);

#endif
