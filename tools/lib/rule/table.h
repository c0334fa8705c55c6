/*
 * table.h - what the rules of tables, their columns, constraints and indexes share
 */
#ifndef PK_RULE_TABLE_H
#define PK_RULE_TABLE_H

#include "rule/rule.h"

/* USING …, WITH (…), TABLESPACE … of a table or materialized view */
void
storage_write(struct sbuf *sql, const struct fact *fact);

/* ALTER TABLE … REPLICA IDENTITY FULL or NOTHING */
void
replica_identity_write(struct script *script, const struct fact *fact);

/* GENERATED … AS IDENTITY (…) */
void
identity_write(struct sbuf *sql, const struct fact *sequence);

/* What can only be said of the sequence once it is there. */
void
identity_extras(struct script *script, const struct fact *sequence);

/* CONSTRAINT name definition … */
void
constraint_write(struct sbuf *sql, const struct fact *fact);

/* What can only be said after the constraint has been created, in statements of its own. */
void
constraint_extras(struct script *script, const struct fact *fact);

/* The same for an index or the index of a constraint, by its name. */
void
index_extras(struct script *script, const struct fact *fact, const char *index);

/*
 * A column as it stands inside CREATE TABLE, with the default and the identity
 * that are folded into the unit; its name padded to `width`. In a typed table
 * only what the type does not say. Returns whether there was anything to write.
 */
bool
column_write(struct sbuf *sql, const struct unit *unit, const struct fact *column, int width, bool typed);

/*
 * [CONSTRAINT name] NOT NULL of the column that stands before it, or, with the column's
 * `name`, as a constraint of its own.
 */
void
not_null_write(struct sbuf *sql, const struct fact *column, const char *name);

/* The name that NOT NULL of the column has from PostgreSQL 18 on, quoted: its own, or the usual one. */
const char *
not_null_name(struct arena *arena, const struct fact *column);

/* What is said of a column in statements of its own. */
void
column_extras(struct script *script, const struct unit *unit, const struct fact *column);

#endif
