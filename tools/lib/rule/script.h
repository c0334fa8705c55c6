/*
 * script.h - a list of SQL statements that grows, with what each of them costs
 */
#ifndef PK_SCRIPT_H
#define PK_SCRIPT_H

#include "base/sbuf.h"

#include <stdbool.h>

struct snapshot;

enum statement_flag {
	STATEMENT_REWRITES = 1,  /* every row is written anew */
	STATEMENT_SCANS = 2,     /* every row is read */
	STATEMENT_LOSES = 4,     /* data can be lost */
	STATEMENT_OUTSIDE = 8,   /* not inside a transaction block */
	STATEMENT_COMMITTED = 16, /* a commit comes after it: what it does can be used only then, or its locks must go */
	STATEMENT_FRESH = 32      /* what is before it must be committed: it begins a transaction */
};

enum { STATEMENT_HAZARDS = 4 };

struct script_item {
	struct sbuf sql; /* without its semicolon */
	/* What a plan says of it (see statement_note); nothing for scripts that
	 * create everything anew. */
	unsigned flags;
	const char *lock; /* "ACCESS EXCLUSIVE" */
	const char *hazards[STATEMENT_HAZARDS]; /* names (plan/hazard.h), the rest NULL */
};

struct script {
	struct script_item *statements;
	size_t count, room;
	/* What it is written for, where that makes a difference: */
	bool existing; /* what is created stands in something that is there already, with data */
	bool online;   /* others work with that meanwhile: no long locks where that can be had */
	bool replaces; /* what is created was there until a moment ago, and must not be missed for long */
	bool row_type_stored; /* others hold values of the row type of what it is created in (CHANGE_ROW_TYPE) */
	/* What is created comes together with what it stands in, and ties that to something that is there already, with
	 * data: the desired state. Else NULL. */
	struct snapshot *ties;
};

#define SCRIPT_INIT { NULL, 0, 0, false, false, false, false, NULL }

void
script_release(struct script *script);

/*
 * Begins a new statement and gives the buffer to write it to. The buffer is
 * valid until the next statement begins.
 */
struct sbuf *
script_next(struct script *script);

/* One whole statement. */
void
script_add(struct script *script, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds to what is known of all statements from number `from` on that take no lock yet. */
void
script_note_all(struct script *script, size_t from, const char *lock);

/* Adds to what is known of the latest statement; `lock` and `hazard` may be NULL. */
void
script_note(struct script *script, unsigned flags, const char *lock, const char *hazard);

/* All statements, each ended by ";\n". */
void
script_write(struct sbuf *out, const struct script *script);

#endif
