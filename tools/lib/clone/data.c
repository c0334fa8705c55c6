#include "clone/clone.h"

#include "base/die.h"
#include "pg/connection.h"
#include "pg/quote.h"

#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 64 };

/* A command line; ended by NULL. */
struct command {
	const char *words[WORDS];
	size_t count;
};

static void
add_word(struct command *command, const char *word)
{
	if (command->count == WORDS - 1)
		die(STATUS_USAGE, "too many tables");
	command->words[command->count++] = word;
}

/*
 * Puts a conninfo's parameters into the environment, so that no password stands on a command line, and
 * returns those that have no variable there.
 */
static const char *
export_conninfo(struct arena *arena, const char *conninfo)
{
	const char *const keywords[] = { "dbname", NULL }, *const values[] = { conninfo, NULL };
	PGconn *parsed = PQconnectStartParams(keywords, values, 1);
	PQconninfoOption *options = parsed ? PQconninfo(parsed) : NULL;
	struct sbuf rest = SBUF_INIT;
	const char *text;

	if (!options)
		die(STATUS_BUG, "out of memory");
	for (PQconninfoOption *o = options; o->keyword; o++) {
		if (!o->val || !*o->val)
			continue;
		if (o->envvar) {
			setenv(o->envvar, o->val, 1);
		} else if (*o->dispchar == '*') {
			die(STATUS_USAGE, "%s cannot be handed on to pg_dump", o->keyword);
		} else if (strcmp(o->keyword, "fallback_application_name") != 0) {
			sbuf_addf(&rest, "%s=", o->keyword);
			quote_conninfo(&rest, o->val);
			sbuf_addc(&rest, ' ');
		}
	}
	/* Without a name pg_restore would only print. */
	sbuf_adds(&rest, "dbname=");
	quote_conninfo(&rest, PQdb(parsed) ? PQdb(parsed) : "");
	text = arena_copy(arena, rest.text, rest.length);
	sbuf_release(&rest);
	PQconninfoFree(options);
	PQfinish(parsed);
	return text;
}

/* Runs it with the database of `conninfo` as `--dbname`; dies unless it succeeds. */
static void
run(struct arena *arena, struct command *command, const char *conninfo)
{
	int status;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child < 0)
		die(STATUS_BUG, "fork: %s", strerror(errno));
	if (child == 0) {
		add_word(command, "--dbname");
		add_word(command, export_conninfo(arena, conninfo));
		execvp(command->words[0], (char *const *)command->words);
		fprintf(stderr, "%s: %s\n", command->words[0], strerror(errno));
		_exit(127);
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		die_hint(STATUS_USAGE, "install PostgreSQL's client programs", "%s cannot be run",
		         command->words[0]);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		die(STATUS_REFUSED, "%s failed; the copy is not complete", command->words[0]);
}

static void
check_room(const struct clone *clone)
{
	PGconn *connection = connection_open(clone->source);
	char *size = connection_value(connection,
		"select pg_catalog.pg_database_size(pg_catalog.current_database())");
	double needed = strtod(size ? size : "0", NULL), there;
	struct statvfs status;

	PQfinish(connection);
	if (statvfs(clone->directory, &status))
		die(STATUS_USAGE, "cannot look at %s: %s", clone->directory, strerror(errno));
	there = (double)status.f_bavail * (double)status.f_frsize;
	if (there < needed)
		die_hint(STATUS_USAGE, "give another directory (TMPDIR), or copy only some tables' data",
		         "the source takes %.0f MB, and %s has room for %.0f MB", needed / 1e6, clone->directory,
		         there / 1e6);
	free(size);
}

void
clone_data(struct arena *arena, const struct clone *clone)
{
	struct command dump = { { "pg_dump", "--format=directory", "--no-password" }, 3 };
	struct command restore = { { "pg_restore", "--exit-on-error", "--no-password" }, 3 };
	const char *jobs = arena_printf(arena, "--jobs=%ld", clone->jobs > 0 ? clone->jobs : 1);
	const char *files = arena_printf(arena, "%s/dump", clone->directory);

	check_room(clone);
	add_word(&dump, jobs);
	add_word(&restore, jobs);
	add_word(&dump, "--file");
	add_word(&dump, files);
	if (clone->tables) {
		add_word(&dump, "--data-only");
		/* What refers to tables without data, or in a loop, is looked at by nobody here. */
		add_word(&restore, "--data-only");
		add_word(&restore, "--disable-triggers");
	}
	for (const char *const *table = clone->tables; table && *table; table++)
		add_word(&dump, arena_printf(arena, "--table=%s", *table));
	run(arena, &dump, clone->source);
	add_word(&restore, files);
	run(arena, &restore, clone->target);
}
