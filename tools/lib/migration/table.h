/*
 * table.h - what a database says of its migrations
 *
 *     postkit.schema_migrations    one row for each migration that is applied as a whole
 *         version      varchar(255), primary key: all that dbmate reads and writes
 *         name         of the file
 *         checksum     of the file (migration_checksum); null where dbmate applied it
 *         applied_at, duration_ms
 *     postkit.schema_migrations_progress    migrations that run statement by statement and have not
 *                                           come to their end; made when the first one runs
 *
 * A row of the first table means "applied" to every program that reads it, so what is half
 * done must not stand there. What is read and made here ends the program when the database refuses (status 3)
 * or the connection is lost (4); the functions called …_sql write statements, for whoever has
 * a transaction to put them in.
 */
#ifndef PK_MIGRATION_TABLE_H
#define PK_MIGRATION_TABLE_H

#include "base/arena.h"
#include "base/sbuf.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

#define TABLE_MIGRATIONS "postkit.schema_migrations"
#define TABLE_PROGRESS   "postkit.schema_migrations_progress"

/* The advisory lock of whoever changes migrations or their tables: the word "postkit" as a number; pg_locks
 * shows it as classid 7368563, objid 1953196404. PostgreSQL keeps advisory locks apart by database. */
#define TABLE_LOCK "31647739056712052"

struct table_row {
	const char *version;
	const char *name, *checksum; /* NULL: not known */
	const char *applied_at;      /* 2025-01-31T12:00:00Z, NULL: not known; not written: the server's clock is */
	long duration_ms;            /* or one of these */
};

enum {
	TABLE_DURATION_UNKNOWN = -1,
	TABLE_DURATION_TRANSACTION = -2 /* written as the time since the transaction began */
};

struct table_progress {
	const char *version;
	bool down;
	size_t done;      /* steps */
	bool started;     /* the next one was begun where it cannot be undone */
	const char *hash; /* of the steps that are done */
};

struct table {
	struct table_row *rows; /* by version, bytewise */
	size_t count;
	struct table_progress *progress;
	size_t progress_count;
};

/* Reads both; a table that is not there has no rows. */
void
table_read(PGconn *connection, struct arena *arena, struct table *table);

/* NULL when there is none. */
const struct table_row *
table_row(const struct table *table, const char *version);

const struct table_progress *
table_progress(const struct table *table, const char *version);

/*
 * Makes the schema and the table; gives a table that has only dbmate's column the others. Nothing
 * is written where all is there.
 */
void
table_make(PGconn *connection);

/* The statements for that, for whoever runs them: with IF NOT EXISTS throughout. */
void
table_make_sql(struct sbuf *out, bool with_schema);

/* The same for the progress table. */
void
table_make_progress(PGconn *connection);

/*
 * The table of its own that dbmate has used in this database (schema_migrations in public or in another
 * schema of the search_path), quoted, or NULL. `*versions` gets what is in it, sorted, ended by NULL.
 */
const char *
table_dbmate(PGconn *connection, struct arena *arena, const char ***versions);

/* Records a migration; the row must not be there yet. */
void
table_applied_sql(struct sbuf *out, const struct table_row *row);

/* The same where one that is there already is left as it is. */
void
table_adopted_sql(struct sbuf *out, const struct table_row *row);

/* The same where one that is there already gets the name and the checksum. */
void
table_marked_sql(struct sbuf *out, const struct table_row *row);

/* Fills in name and checksum of one that is applied, where they are not known. */
void
table_identify_sql(struct sbuf *out, const struct table_row *row);

/* Forgets a migration. */
void
table_forget_sql(struct sbuf *out, const char *version);

/* Sets the progress of a migration. */
void
table_progress_sql(struct sbuf *out, const struct table_progress *progress);

/* Forgets it. */
void
table_no_progress_sql(struct sbuf *out, const char *version);

#endif
