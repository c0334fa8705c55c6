#include "migration/table.h"

#include "pg/connection.h"
#include "pg/quote.h"

#include <stdlib.h>
#include <string.h>

static bool
answers_yes(PGconn *connection, const char *sql)
{
	char *value = connection_value(connection, sql);
	bool yes = value && *value == 't';

	free(value);
	return yes;
}

/* ----------------------------------------------------------------- reading */

static const char *
field(const PGresult *rows, int row, int column, struct arena *arena)
{
	return PQgetisnull(rows, row, column) ? NULL : arena_string(arena, PQgetvalue(rows, row, column));
}

static void
read_rows(PGconn *connection, struct arena *arena, struct table *table)
{
	/* Through JSON, so that a table with dbmate's one column reads the same. */
	PGresult *rows = connection_query(connection,
		"select m.version, j->>'name', j->>'checksum',"
		" to_char((j->>'applied_at')::timestamptz at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),"
		" coalesce(j->>'duration_ms', '-1')"
		" from " TABLE_MIGRATIONS " m, pg_catalog.to_jsonb(m) j"
		" order by m.version collate \"C\"");

	table->count = (size_t)PQntuples(rows);
	table->rows = arena_array(arena, table->count, sizeof *table->rows);
	for (int i = 0; i < PQntuples(rows); i++)
		table->rows[i] = (struct table_row){
			.version = field(rows, i, 0, arena), .name = field(rows, i, 1, arena),
			.checksum = field(rows, i, 2, arena), .applied_at = field(rows, i, 3, arena),
			.duration_ms = strtol(PQgetvalue(rows, i, 4), NULL, 10),
		};
	PQclear(rows);
}

static void
read_progress(PGconn *connection, struct arena *arena, struct table *table)
{
	PGresult *rows = connection_query(connection,
		"select version, direction = 'down', done, started, hash from " TABLE_PROGRESS
		" order by version collate \"C\"");

	table->progress_count = (size_t)PQntuples(rows);
	table->progress = arena_array(arena, table->progress_count, sizeof *table->progress);
	for (int i = 0; i < PQntuples(rows); i++)
		table->progress[i] = (struct table_progress){
			.version = field(rows, i, 0, arena), .down = *PQgetvalue(rows, i, 1) == 't',
			.done = strtoul(PQgetvalue(rows, i, 2), NULL, 10),
			.started = *PQgetvalue(rows, i, 3) == 't', .hash = field(rows, i, 4, arena),
		};
	PQclear(rows);
}

void
table_read(PGconn *connection, struct arena *arena, struct table *table)
{
	*table = (struct table){ .rows = NULL };
	if (answers_yes(connection, "select pg_catalog.to_regclass('" TABLE_MIGRATIONS "') is not null"))
		read_rows(connection, arena, table);
	if (answers_yes(connection, "select pg_catalog.to_regclass('" TABLE_PROGRESS "') is not null"))
		read_progress(connection, arena, table);
}

static int
compare_row(const void *version, const void *row)
{
	return strcmp(version, ((const struct table_row *)row)->version);
}

const struct table_row *
table_row(const struct table *table, const char *version)
{
	return table->count ? bsearch(version, table->rows, table->count, sizeof *table->rows, compare_row)
	                    : NULL;
}

const struct table_progress *
table_progress(const struct table *table, const char *version)
{
	for (size_t i = 0; i < table->progress_count; i++)
		if (!strcmp(table->progress[i].version, version))
			return &table->progress[i];
	return NULL;
}

/* ------------------------------------------------------------------ making */

void
table_make_sql(struct sbuf *out, bool with_schema)
{
	/* The default of applied_at is not for rows that are there already: nobody knows their time. */
	sbuf_addf(out, "%s"
	          "create table if not exists " TABLE_MIGRATIONS " (version varchar(255) primary key);\n"
	          "alter table " TABLE_MIGRATIONS
	          " add column if not exists name text, add column if not exists checksum text,"
	          " add column if not exists applied_at timestamp with time zone,"
	          " add column if not exists duration_ms bigint;\n"
	          "alter table " TABLE_MIGRATIONS
	          " alter column applied_at set default pg_catalog.clock_timestamp();\n",
	          with_schema ? "create schema if not exists postkit;\n" : "");
}

void
table_make(PGconn *connection)
{
	struct sbuf sql = SBUF_INIT;

	/* Asked first: IF NOT EXISTS wants the right to create, and locks, where nothing is to be done. */
	if (answers_yes(connection, "select count(*) = 4 from pg_catalog.pg_attribute"
	                            " where attrelid = pg_catalog.to_regclass('" TABLE_MIGRATIONS "')"
	                            " and attname in ('name', 'checksum', 'applied_at', 'duration_ms')"
	                            " and not attisdropped"))
		return;
	sbuf_adds(&sql, "begin;\n");
	table_make_sql(&sql, !answers_yes(connection, "select pg_catalog.to_regnamespace('postkit') is not null"));
	sbuf_adds(&sql, "commit");
	connection_execute(connection, sql.text);
	sbuf_release(&sql);
}

void
table_make_progress(PGconn *connection)
{
	if (answers_yes(connection, "select pg_catalog.to_regclass('" TABLE_PROGRESS "') is not null"))
		return;
	connection_execute(connection,
		"create table if not exists " TABLE_PROGRESS " ("
		"version varchar(255) primary key,"
		" direction text not null check (direction in ('up', 'down')),"
		" done bigint not null, started boolean not null, hash text not null,"
		" changed_at timestamp with time zone not null default pg_catalog.clock_timestamp())");
}

/* ------------------------------------------------------------------ dbmate */

const char *
table_dbmate(PGconn *connection, struct arena *arena, const char ***versions)
{
	/* Its own form: a version and nothing else that must be filled. */
	char *name = connection_value(connection,
		"select pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)"
		" from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
		" join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'version'"
		" where c.relname = 'schema_migrations' and c.relkind in ('r', 'p')"
		" and a.atttypid in ('pg_catalog.varchar'::regtype, 'pg_catalog.text'::regtype)"
		" and n.nspname <> 'postkit' and (n.nspname = 'public' or n.nspname = any (pg_catalog.current_schemas(false)))"
		" order by n.nspname <> pg_catalog.current_schema(), n.nspname limit 1");
	const char *quoted = arena_string(arena, name);
	struct sbuf sql = SBUF_INIT;
	PGresult *rows;

	*versions = NULL;
	if (!quoted)
		return NULL;
	sbuf_addf(&sql, "select version from %s order by version collate \"C\"", quoted);
	rows = connection_query(connection, sql.text);
	*versions = arena_array(arena, (size_t)PQntuples(rows) + 1, sizeof **versions);
	for (int i = 0; i < PQntuples(rows); i++)
		(*versions)[i] = field(rows, i, 0, arena);
	PQclear(rows);
	sbuf_release(&sql);
	free(name);
	return quoted;
}

/* ----------------------------------------------------------------- writing */

static void
add_value(struct sbuf *out, const char *value)
{
	if (value)
		quote_literal(out, value);
	else
		sbuf_adds(out, "null");
}

static void
insert_sql(struct sbuf *out, const struct table_row *row)
{
	sbuf_adds(out, "insert into " TABLE_MIGRATIONS " (version, name, checksum, duration_ms) values (");
	quote_literal(out, row->version);
	sbuf_adds(out, ", ");
	add_value(out, row->name);
	sbuf_adds(out, ", ");
	add_value(out, row->checksum);
	if (row->duration_ms == TABLE_DURATION_TRANSACTION)
		sbuf_adds(out, ", extract(epoch from pg_catalog.clock_timestamp() - pg_catalog.transaction_timestamp()) * 1000)");
	else if (row->duration_ms < 0)
		sbuf_adds(out, ", null)");
	else
		sbuf_addf(out, ", %ld)", row->duration_ms);
}

void
table_applied_sql(struct sbuf *out, const struct table_row *row)
{
	insert_sql(out, row);
	sbuf_adds(out, ";\n");
}

void
table_adopted_sql(struct sbuf *out, const struct table_row *row)
{
	insert_sql(out, row);
	sbuf_adds(out, " on conflict (version) do nothing;\n");
}

void
table_marked_sql(struct sbuf *out, const struct table_row *row)
{
	insert_sql(out, row);
	sbuf_adds(out, "\non conflict (version) do update set name = excluded.name, checksum = excluded.checksum;\n");
}

void
table_identify_sql(struct sbuf *out, const struct table_row *row)
{
	sbuf_adds(out, "update " TABLE_MIGRATIONS " set name = ");
	add_value(out, row->name);
	sbuf_adds(out, ", checksum = ");
	add_value(out, row->checksum);
	sbuf_adds(out, " where checksum is null and version = ");
	quote_literal(out, row->version);
	sbuf_adds(out, ";\n");
}

void
table_forget_sql(struct sbuf *out, const char *version)
{
	sbuf_adds(out, "delete from " TABLE_MIGRATIONS " where version = ");
	quote_literal(out, version);
	sbuf_adds(out, ";\n");
}

void
table_progress_sql(struct sbuf *out, const struct table_progress *progress)
{
	sbuf_adds(out, "insert into " TABLE_PROGRESS " as p (version, direction, done, started, hash) values (");
	quote_literal(out, progress->version);
	sbuf_addf(out, ", '%s', %zu, %s, ", progress->down ? "down" : "up", progress->done,
	          progress->started ? "true" : "false");
	quote_literal(out, progress->hash);
	sbuf_adds(out, ") on conflict (version) do update set direction = excluded.direction, done = excluded.done,"
	               " started = excluded.started, hash = excluded.hash,"
	               " changed_at = pg_catalog.clock_timestamp();\n");
}

void
table_no_progress_sql(struct sbuf *out, const char *version)
{
	sbuf_adds(out, "delete from " TABLE_PROGRESS " where version = ");
	quote_literal(out, version);
	sbuf_adds(out, ";\n");
}
