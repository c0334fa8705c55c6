/* pk-load: a tree of SQL files into a database, in whatever order works */

#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "pg/connection.h"
#include "sql/load.h"

#include <stdio.h>
#include <stdlib.h>

static bool seeds, no_validate, strict, piecemeal, scratch, list;

static const struct opt options[] = {
	{ OPT_FLAG, 0, "seeds", NULL, "load the data in seeds/ too, after everything else", &seeds },
	{ OPT_FLAG, 0, "no-validate", NULL, "do not look at the bodies of functions", &no_validate },
	{ OPT_FLAG, 0, "strict", NULL, "a function whose body is not valid is an error", &strict },
	{ OPT_FLAG, 0, "piecemeal", NULL, "commit as it goes, instead of all or nothing", &piecemeal },
	{ OPT_FLAG, 0, "scratch", NULL, "the same, and say nothing of what stays: the database is dropped anyway", &scratch },
	{ OPT_FLAG, 'l', "list", NULL, "list the files that would be read, which are all operands then; whatever is in them", &list },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-load",
	.summary = "loads a tree of SQL files into a database, in whatever order works",
	.operands = "FILE|DIRECTORY... DATABASE",
	.description =
		"Reads all *.sql files of the directories (hidden ones left out) and runs their\n"
		"statements in an order in which each finds what it needs: neither the names of\n"
		"the files nor the order inside them matter. A directory's infra/ comes first,\n"
		"its seeds/ is left out unless --seeds is given. A FILE may be - for standard input.\n"
		"\n"
		"SET, SET ROLE and the like hold for the statements that follow in the same file;\n"
		"where a file sets no search_path it is public. BEGIN and COMMIT are left out:\n"
		"everything is one transaction, and when anything fails nothing stays. (Only where\n"
		"an empty database's server cannot hold it all at once it is committed in pieces.)\n"
		"CONCURRENTLY is left out, nobody waits here. Event triggers come last and do\n"
		"not act on what is loaded with them; ALTER DEFAULT PRIVILEGES acts on what is\n"
		"made below it in its own file, and on nothing else.\n"
		"\n"
		"The psql commands \\i and \\ir are followed, others are errors; so is COPY FROM STDIN.\n"
		"Each statement that cannot be loaded is reported at its file and line. The bodies\n"
		"of functions are looked at when everything is there; one that is not valid is a\n"
		"warning, since real databases hold such functions and work.\n",
	.options = options,
	.least = 1,
	.most = 1 << 20,
};

static void
read_files(struct sources *sources, const char **paths, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sources_add(sources, paths[i], seeds);
	for (size_t i = 0; i < sources->problem_count; i++) {
		const struct problem *problem = &sources->problems[i];

		report(&(struct report){ .file = problem->file, .line = problem->line, .text = problem->text,
		                         .hint = problem->hint });
	}
	if (sources->problem_count)
		exit(STATUS_USAGE);
	if (!sources->file_count)
		warn("no *.sql files in %s", paths[0]);
}

static void
list_files(struct sources *sources, const char **paths, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sources_add(sources, paths[i], seeds);
	for (size_t i = 0; i < sources->path_count; i++)
		puts(sources->paths[i]);
}

static void
report_failures(const struct load_result *result)
{
	size_t consequences = 0;

	for (size_t i = 0; i < result->count; i++) {
		const struct load_failure *failure = &result->failures[i];

		consequences += failure->consequence;
		if (failure->consequence && consequences == 1)
			note("the following are consequences of the errors above");
		report(&(struct report){ .severity = failure->warning ? "warning" : "error",
		                         .file = failure->file,
		                         .line = failure->line,
		                         .text = failure->text,
		                         .detail = failure->detail,
		                         .hint = failure->hint,
		                         .sqlstate = failure->sqlstate });
	}
	if (result->partial && !scratch)
		warn("%zu statements are loaded and stay: they were committed piece by piece",
		     result->statements);
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	struct sources sources;
	struct load_result result;
	PGconn *connection;
	bool loaded;

	sources_init(&sources, &arena);
	if (list) {
		list_files(&sources, operands, count);
		output_close();
		return STATUS_DONE;
	}
	if (count < 2)
		die_hint(STATUS_USAGE, "pk-load FILE|DIRECTORY... DATABASE", "a database is needed, too");
	read_files(&sources, operands, count - 1);
	connection = connection_open(config_database(&arena, operands[count - 1]));
	loaded = load_sources(connection, &sources,
	                     &(struct load_options){ .bodies = no_validate ? LOAD_BODIES_UNSEEN
	                                                       : strict    ? LOAD_BODIES_STRICT
	                                                                   : LOAD_BODIES_WARN,
	                                             .piecemeal = piecemeal || scratch },
	                     &arena, &result);
	report_failures(&result);
	PQfinish(connection);
	sources_release(&sources);
	arena_release(&arena);
	free(operands);
	return loaded ? STATUS_DONE : STATUS_REFUSED;
}
