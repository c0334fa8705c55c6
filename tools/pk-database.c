/* pk-database: creates and drops whole databases. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "fact/snapshot.h"
#include "pg/connection.h"
#include "pg/quote.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool in_place;

static const struct opt options[] = {
	{ OPT_FLAG, 0, "in-place", NULL, "tablespaces: make them (on a server that is PostKit's own)", &in_place },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-database",
	.summary = "creates, empties and drops a database",
	.operands = "create|reset|drop|empty|sweep|user|version|tablespaces DATABASE",
	.description =
		"create   makes the database from template0, in UTF-8; it must not be there\n"
		"reset    drops it if it is there, with all that is in it, and creates it anew\n"
		"drop     drops it; one that is not there is no error\n"
		"empty    exit 0 when it is not there or holds no user's objects, else 1\n"
		"sweep    drops the scratch databases of processes that are gone: those whose names\n"
		"         begin with that name, _PROCESS and _\n"
		"user     prints the role that one is on its server, as SQL writes it\n"
		"version  prints the major version of its server\n"
		"tablespaces  sees to it that its server has those that the facts on standard input are\n"
		"         in: with --in-place makes those that are missing, inside of its data directory\n\n"
		"The server's database postgres (or template1) is used for the work.",
	.options = options, .least = 2, .most = 2,
};

/* The database that a conninfo names, as libpq works it out. */
static char *
database_name(const char *conninfo)
{
	const char *const keywords[] = { "dbname", NULL };
	const char *const values[] = { conninfo, NULL };
	PGconn *connection = PQconnectStartParams(keywords, values, 1);
	struct sbuf name = SBUF_INIT;

	sbuf_adds(&name, connection && PQdb(connection) ? PQdb(connection) : "");
	PQfinish(connection);
	if (!name.length)
		die(STATUS_USAGE, "the URL names no database");
	return sbuf_take(&name);
}

static PGconn *
maintenance(const char *conninfo)
{
	struct sbuf error = SBUF_INIT;
	char *other = conninfo_with_database(conninfo, "postgres");
	PGconn *connection = connection_try_open(other, &error);

	free(other);
	if (connection)
		return connection;
	sbuf_release(&error);
	other = conninfo_with_database(conninfo, "template1");
	connection = connection_open(other);
	free(other);
	return connection;
}

/* By the database itself, where it is there: a role may be let into that one alone. */
static void
print_version(const char *conninfo)
{
	struct sbuf error = SBUF_INIT;
	PGconn *connection = connection_try_open(conninfo, &error);

	if (!connection)
		connection = maintenance(conninfo);
	printf("%d\n", PQserverVersion(connection) / 10000);
	PQfinish(connection);
	sbuf_release(&error);
}

static void
execute_about(PGconn *connection, const char *before, const char *name, const char *after)
{
	struct sbuf sql = SBUF_INIT;

	sbuf_adds(&sql, before);
	quote_identifier(&sql, name);
	sbuf_adds(&sql, after);
	connection_execute(connection, sql.text);
	sbuf_release(&sql);
}

static bool
database_exists(PGconn *connection, const char *name)
{
	PGresult *result = connection_query_params(
		connection, "select 1 from pg_catalog.pg_database where datname = $1", 1, &name);
	bool found = PQntuples(result) > 0;

	PQclear(result);
	return found;
}

/*
 * A database with subscriptions cannot be dropped. Those that are not enabled, as
 * they all are in a database made of facts, are let go of without a word to the
 * publisher; one that is enabled stands in the way.
 */
static void
drop_subscriptions(PGconn *connection, const char *conninfo, const char *name)
{
	PGresult *result = connection_query_params(
		connection,
		"select subname from pg_catalog.pg_subscription s join pg_catalog.pg_database d on d.oid = s.subdbid"
		" where d.datname = $1 and not s.subenabled", 1, &name);
	PGconn *inside = PQntuples(result) ? connection_open(conninfo) : NULL;

	for (int i = 0; i < PQntuples(result); i++) {
		execute_about(inside, "alter subscription ", PQgetvalue(result, i, 0), " set (slot_name = none)");
		execute_about(inside, "drop subscription ", PQgetvalue(result, i, 0), "");
	}
	PQfinish(inside);
	PQclear(result);
}

static bool
holds_nothing(const char *conninfo)
{
	PGconn *connection = connection_open(conninfo);
	char *found = connection_value(connection,
		"select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
		" where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'postkit')"
		" union all select 1 from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace"
		" where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'postkit')"
		" union all select 1 from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace"
		" where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'postkit')"
		" union all select 1 from pg_catalog.pg_namespace where nspname !~ '^pg_'"
		" and nspname not in ('information_schema', 'public', 'postkit') limit 1");

	PQfinish(connection);
	free(found);
	return !found;
}

static void
sweep(PGconn *connection, const char *name)
{
	PGresult *result = connection_query_params(
		connection,
		"select datname, pg_catalog.substr(datname, pg_catalog.length($1) + 2) from pg_catalog.pg_database"
		" where pg_catalog.starts_with(datname, $1 || '_')"
		" and pg_catalog.substr(datname, pg_catalog.length($1) + 2) ~ '^[0-9]{1,9}_'", 1, &name);

	for (int i = 0; i < PQntuples(result); i++)
		if (kill((pid_t)strtol(PQgetvalue(result, i, 1), NULL, 10), 0) && errno == ESRCH)
			execute_about(connection, "drop database if exists ", PQgetvalue(result, i, 0), "");
	PQclear(result);
}

static void
need_tablespaces(PGconn *connection)
{
	struct snapshot snapshot = SNAPSHOT_INIT;

	snapshot_read(&snapshot, "-", false);
	for (size_t i = 0; i < snapshot.count; i++) {
		const char *quoted = fact_text(snapshot.facts[i], "tablespace"), *name;
		PGresult *found;

		if (!quoted)
			continue;
		name = identifier_plain(&snapshot.arena, quoted, strlen(quoted));
		found = connection_query_params(connection, "select from pg_catalog.pg_tablespace where spcname = $1", 1, &name);
		if (!PQntuples(found) && !in_place)
			die_hint(STATUS_USAGE, "make it there with CREATE TABLESPACE, or let PostKit run the server (an empty localDbUrl)",
			         "the server has no tablespace %s, in which %s is", quoted, snapshot.facts[i]->id);
		if (!PQntuples(found)) {
			connection_execute(connection, "set allow_in_place_tablespaces to on");
			execute_about(connection, "create tablespace ", name, " location ''");
		}
		PQclear(found);
	}
	snapshot_release(&snapshot);
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	const char *verb = operands[0], *conninfo;
	bool create = !strcmp(verb, "create"), reset = !strcmp(verb, "reset"), drop = !strcmp(verb, "drop");
	bool swept = !strcmp(verb, "sweep"), empty = !strcmp(verb, "empty"), user = !strcmp(verb, "user");
	bool version = !strcmp(verb, "version"), tablespaces = !strcmp(verb, "tablespaces");
	PGconn *connection;
	char *name;

	if (!create && !reset && !drop && !swept && !empty && !user && !version && !tablespaces)
		die_hint(STATUS_USAGE, "one of create, reset, drop, empty, sweep, user, version, tablespaces", "unknown verb: %s", verb);
	conninfo = config_database(&arena, operands[1]);
	if (version) {
		print_version(conninfo);
		output_close();
		return STATUS_DONE;
	}
	name = database_name(conninfo);
	connection = maintenance(conninfo);
	if (drop || reset) {
		drop_subscriptions(connection, conninfo, name);
		execute_about(connection, "drop database if exists ", name, " with (force)");
	}
	if (create || reset)
		execute_about(connection, "create database ", name, " template template0 encoding 'UTF8'");
	if (swept)
		sweep(connection, name);
	if (user)
		puts(connection_value(connection, "select pg_catalog.quote_ident(current_user)"));
	if (tablespaces)
		need_tablespaces(connection);
	if (empty && database_exists(connection, name) && !holds_nothing(conninfo))
		return STATUS_NO;
	PQfinish(connection);
	output_close();
	return STATUS_DONE;
}
