/* pk-apply: the migration runner. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "runner/observe.h"
#include "runner/runner.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct runner_options settings = {
	.run = { .lock_timeout = "5s", .retries = 10, .lock_wait = 60 },
};
static bool list, json, exit_code, adopt, position;
static const char *rollback, *committed = "", *observed;

static const struct opt options[] = {
	{ OPT_FLAG, 'l', "list", NULL, "say which are applied, pending, edited, unfinished and unknown", &list },
	{ OPT_FLAG, 0, "json", NULL, "with --list: one JSON object a line", &json },
	{ OPT_FLAG, 0, "exit-code", NULL, "with --list: exit 1 unless all is applied as it stands in the files", &exit_code },
	{ OPT_FLAG, 0, "position", NULL, "say for scripts, as key=value lines, where the database stands", &position },
	{ OPT_STRING, 0, "committed", "FILE", "with --position: committed.json, where fingerprints are recorded", &committed },
	{ OPT_FLAG, 'n', "dry-run", NULL, "say what would be done, and write nothing", &settings.dry_run },
	{ OPT_STRING, 0, "to", "VERSION", "apply up to this one, or roll back what came after it", &settings.to },
	{ OPT_STRING, 0, "rollback", "N", "undo the newest N migrations (`all` with --to)", &rollback },
	{ OPT_FLAG, 0, "adopt", NULL, "take over what dbmate has applied according to its own table", &adopt },
	{ OPT_FLAG, 0, "allow-edited", NULL, "go on though applied migrations were changed since", &settings.allow_edited },
	{ OPT_FLAG, 0, "allow-out-of-order", NULL, "apply also what comes before migrations that are applied", &settings.allow_out_of_order },
	{ OPT_STRING, 0, "if-stamp", "STAMP", "only if the definitions (not the roles) still have this stamp (pk-stamp)", &settings.if_stamp },
	{ OPT_STRING, 0, "observe", "FILE", "write down which locks were taken (pk-impact reads it)", &observed },
	{ OPT_NUMBER, 0, "lock-wait", "SECONDS", "how long to wait for another runner (60)", &settings.run.lock_wait },
	{ OPT_STRING, 0, "lock-timeout", "TIME", "how long a statement may wait for a lock (5s; 0: for ever)", &settings.run.lock_timeout },
	{ OPT_STRING, 0, "statement-timeout", "TIME", "how long a statement may take (0: for ever)", &settings.run.statement_timeout },
	{ OPT_NUMBER, 0, "retries", "N", "how often to try again when a lock is not to be had (10)", &settings.run.retries },
	{ OPT_STRING, 0, "interrupted", "done|again", "what to take an interrupted statement of unknown effect for", &settings.run.interrupted },
	{ OPT_FLAG, 'q', "quiet", NULL, "do not print what is done", &settings.quiet },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-apply",
	.summary = "applies migrations to a database",
	.operands = "DIRECTORY|FILE... DATABASE",
	.description =
		"Applies, in the order of their names, the migrations that the database does not say are\n"
		"applied, each exactly once. A migration is a file in dbmate's format; the table\n"
		"postkit.schema_migrations in the database records it in the same transaction. A migration with\n"
		"transaction:false is recorded statement by statement: when it is cut off, by whatever it is,\n"
		"running pk-apply again goes on at the right statement, and repairs an index that was half built.\n\n"
		"One runner at a time works on a database; others wait.\n\n"
		"Exit status: 1 when something forbids it (changed files, order, another runner), 3 when the database\n"
		"refused a statement, 4 when the connection was lost: run it again.",
	.options = options, .least = 2, .most = 10000,
};

static long
rollback_steps(void)
{
	char *end;
	long steps = strtol(rollback, &end, 10);

	if (settings.to && !strcmp(rollback, "all"))
		return 0;
	if (*end || end == rollback || steps <= 0 || settings.to)
		die(STATUS_USAGE, "--rollback takes a number of migrations, or \"all\" and --to VERSION");
	return steps;
}

static void
check_usage(void)
{
	const char *interrupted = settings.run.interrupted;

	if (list + adopt + position + (rollback != NULL) > 1)
		die(STATUS_USAGE, "--list, --position, --adopt and --rollback exclude each other");
	if ((json || exit_code) && !list)
		die(STATUS_USAGE, "--json and --exit-code go with --list");
	if (interrupted && strcmp(interrupted, "done") != 0 && strcmp(interrupted, "again") != 0)
		die(STATUS_USAGE, "--interrupted is \"done\" or \"again\", not \"%s\"", interrupted);
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	struct runner runner = RUNNER_INIT(&arena, &settings);
	bool all = true;

	check_usage();
	/* For the pauses between tries, which should differ between two runners. */
	srandom((unsigned)time(NULL) ^ (unsigned)getpid() << 16);
	for (size_t i = 0; i + 1 < count; i++)
		runner_add_path(&runner, operands[i]);
	runner_open(&runner, config_database(&arena, operands[count - 1]));
	if (observed)
		settings.run.observer = observer_start(&arena, &runner.session, observed);
	if (list)
		all = runner_list(&runner, stdout, json);
	else if (position)
		runner_position(&runner, committed_read(&arena, committed), stdout);
	else if (adopt)
		runner_adopt(&runner);
	else if (rollback)
		runner_rollback(&runner, rollback_steps());
	else
		runner_apply(&runner);
	runner_close(&runner);
	observer_end(settings.run.observer);
	output_close();
	return exit_code && !all ? STATUS_NO : STATUS_DONE;
}
