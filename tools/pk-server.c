#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "pg/connection.h"
#include "server/binaries.h"
#include "server/server.h"
#include "server/throwaway.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *directory = ".postkit/server", *database = "postgres", *like;
static long version;

static const struct opt options[] = {
	{ OPT_STRING, 'd', "directory", "DIR", "where the server lives (.postkit/server)", &directory },
	{ OPT_STRING, 'b', "database", "NAME", "the database in the URL (postgres)", &database },
	{ OPT_NUMBER, 0, "server-version", "MAJOR", "the PostgreSQL to use (the newest)", &version },
	{ OPT_STRING, 0, "like", "DATABASE", "the PostgreSQL of that database's server, if it is here", &like },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-server",
	.summary = "a private PostgreSQL server",
	.operands = "start|stop|status|url|run COMMAND...",
	.description =
		"start   sees to it that the server runs, and prints its URL\n"
		"stop    stops it and waits until it is gone\n"
		"status  says whether it runs (if not, exit status 1)\n"
		"url     prints its URL\n"
		"run     starts a throwaway server, runs COMMAND with PGHOST, PGPORT, PGUSER,\n"
		"        PGDATABASE and POSTKIT_SERVER_URL set, and removes the server; the\n"
		"        exit status is COMMAND's\n"
		"\n"
		"The server is a scratch server: a cluster of its own, a Unix socket that only its user can "
		"reach, durability off.\n"
		"It never runs as root: started by root it belongs to the owner of the current directory, or else "
		"to postgres, or else to nobody.\n"
		"\n"
		"PG_BINDIR names the directory of the server programs; otherwise the newest in the usual places "
		"is taken. A cluster that is there stays what it is, whatever --like says.",
	.options = options,
	.least = 1,
	.most = (size_t)-1,
	.command = 2,
};

static void
print_url(const struct server_state *state)
{
	struct sbuf url = SBUF_INIT;

	server_url(state, database, &url);
	puts(url.text);
	sbuf_release(&url);
}

static void
stop(struct arena *arena)
{
	struct server server;

	if (server_find(arena, directory, false, &server)) {
		server_enter(&server);
		server_stop(&server, false);
	}
}

static void
show(struct arena *arena, bool only_url)
{
	struct server server;
	struct server_state state = { 0 };

	if (!server_find(arena, directory, false, &server) || !server_running(&server, &state)) {
		if (only_url)
			die_hint(STATUS_NO, "pk-server start", "no server runs in %s", directory);
		puts("stopped");
		output_close();
		exit(STATUS_NO);
	}
	if (!only_url)
		printf("running, process %ld\n", (long)state.pid);
	print_url(&state);
}

/* The major version of the server of `like`, when its programs are here; else 0, the newest, with a word. */
static long
version_like(struct arena *arena)
{
	PGconn *connection = connection_open(config_database(arena, like));
	long major = PQserverVersion(connection) / 10000;

	PQfinish(connection);
	if (binaries_are_here(arena, major))
		return major;
	note("the other server is PostgreSQL %ld; the private one is PostgreSQL %ld, the newest that is here",
	     major, binaries_find(arena, 0).major);
	return 0;
}

static void
start(struct arena *arena)
{
	struct server server;
	struct server_state state;

	server_find(arena, directory, true, &server);
	/* As the user who asks: the server's account may not be let in there. */
	if (like && access(server.data, F_OK))
		version = version_like(arena);
	server_enter(&server);
	server_start(&server, version, &state);
	print_url(&state);
}

int
main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	const char *verb = operands[0];

	if (!strcmp(verb, "run") && count > 1) {
		if (like)
			version = version_like(&arena);
		return throwaway_run(&arena, version, (char **)operands + 1);
	}
	if (count > 1 || !strcmp(verb, "run"))
		die_hint(STATUS_USAGE, "see pk-server --help",
		         count > 1 ? "one operand too many: %s" : "%s: no command", operands[count - 1]);
	if (!strcmp(verb, "start"))
		start(&arena);
	else if (!strcmp(verb, "stop"))
		stop(&arena);
	else if (!strcmp(verb, "status") || !strcmp(verb, "url"))
		show(&arena, *verb == 'u');
	else
		die_hint(STATUS_USAGE, "see pk-server --help", "unknown verb %s", verb);
	output_close();
	arena_release(&arena);
	return STATUS_DONE;
}
