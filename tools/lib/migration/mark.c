#include "migration/mark.h"
#include "migration/table.h"

#include "base/die.h"
#include "catalog/query.h"
#include "pg/connection.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LOCK_SECONDS = 30, LOCK_TRIES_A_SECOND = 5 };

/* ------------------------------------------------------------------- script */

static void
insert_sql(struct sbuf *out, const struct committed_migration *migration)
{
	table_marked_sql(out, &(struct table_row){ .version = migration->version, .name = migration->name,
	                                           .checksum = migration->checksum });
}

void
mark_script(struct sbuf *out, const struct committed_migration *migration)
{
	sbuf_adds(out, "begin;\nselect pg_catalog.pg_advisory_xact_lock(" TABLE_LOCK ");\n");
	table_make_sql(out, true);
	insert_sql(out, migration);
	sbuf_adds(out, "commit;\n");
}

/* -------------------------------------------------------------------- state */

/* What there is of the table. */
struct present {
	bool schema, columns, readable;
};

static struct present
look(PGconn *connection)
{
	char *sql = query_text("migrations_table", connection);
	PGresult *result = connection_query(connection, sql);
	struct present present = {
		.schema = *PQgetvalue(result, 0, PQfnumber(result, "schema")) == 't',
		.columns = *PQgetvalue(result, 0, PQfnumber(result, "columns")) == 't',
		.readable = *PQgetvalue(result, 0, PQfnumber(result, "readable")) == 't',
	};

	PQclear(result);
	free(sql);
	return present;
}

static bool
is_marked(PGconn *connection, const struct present *present, const struct committed_migration *migration)
{
	const char *const values[] = { migration->version, migration->name, migration->checksum };
	PGresult *result;
	bool marked;

	if (!present->columns || !present->readable)
		return false;
	result = connection_query_params(connection, "select from " TABLE_MIGRATIONS " where version = $1 "
	                                             "and name = $2 and checksum is not distinct from $3", 3, values);
	marked = PQntuples(result) > 0;
	PQclear(result);
	return marked;
}

char *
mark_others(PGconn *connection)
{
	return connection_value(connection,
	                        "select pg_catalog.string_agg(pg_catalog.quote_ident(n.nspname) || '.' || "
	                        "pg_catalog.quote_ident(c.relname), ', ' order by n.nspname) "
	                        "from pg_catalog.pg_class c "
	                        "join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
	                        "join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'version' "
	                        "where c.relname = 'schema_migrations' and c.relkind = 'r' and n.nspname <> 'postkit'");
}

/* ------------------------------------------------------------------ marking */

/* Asked for again and again: who waits for a lock in the server holds a snapshot, for which a CREATE INDEX
 * CONCURRENTLY of the one who has it would wait. */
static void
take_lock(PGconn *connection)
{
	const struct timespec pause = { .tv_nsec = 1000000000L / LOCK_TRIES_A_SECOND };

	for (int tries = 0; tries < LOCK_SECONDS * LOCK_TRIES_A_SECOND; tries++) {
		char *value = connection_value(connection, "select pg_catalog.pg_try_advisory_lock(" TABLE_LOCK ")");
		bool taken = value && *value == 't';

		free(value);
		if (taken)
			return;
		nanosleep(&pause, NULL);
	}
	die(STATUS_NO, "somebody else has been changing the database's migrations for %d seconds", LOCK_SECONDS);
}

static void
release_lock(PGconn *connection)
{
	connection_execute(connection, "select pg_catalog.pg_advisory_unlock(" TABLE_LOCK ")");
}

/* Runs statements. False when the role may not, or the server is read-only; anything
 * else that fails ends the program. */
static bool
attempt(PGconn *connection, const char *sql, char **why)
{
	PGresult *result = PQexec(connection, sql);
	ExecStatusType status = PQresultStatus(result);
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

	if (!done) {
		struct sbuf text = SBUF_INIT;

		/* insufficient_privilege, read_only_sql_transaction */
		if (!state || (strcmp(state, "42501") != 0 && strcmp(state, "25006") != 0))
			connection_fail(connection, result, "marking the migration as applied");
		sbuf_adds(&text, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
		*why = sbuf_take(&text);
	}
	PQclear(result);
	return done;
}

bool
mark_applied(PGconn *connection, const struct committed_migration *migration, char **why)
{
	struct present present = look(connection);
	struct sbuf sql = SBUF_INIT;
	bool done;

	if (is_marked(connection, &present, migration))
		return true;
	take_lock(connection);
	present = look(connection);
	connection_execute(connection, "begin; set local search_path to ''; set local lock_timeout to '30s'");
	/* What is there is not made: IF NOT EXISTS asks for the right to make it all the same. */
	if (!present.columns)
		table_make_sql(&sql, !present.schema);
	insert_sql(&sql, migration);
	done = attempt(connection, sql.text, why);
	connection_execute(connection, done ? "commit" : "rollback");
	release_lock(connection);
	sbuf_release(&sql);
	return done;
}
