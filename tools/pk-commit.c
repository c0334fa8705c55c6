/* pk-commit: a migration from standard input becomes one of the project's, registered. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "migration/commit.h"

#include <stdio.h>
#include <string.h>

static bool check, record;
static const char *fingerprint;
static struct opt_list session;

static const struct opt options[] = {
	{ OPT_STRING, 0, "fingerprint", "HEX", "the fingerprint of the facts of a database that has it", &fingerprint },
	{ OPT_LIST, 0, "session", "PATH", "a migration of the session that it was made of", &session },
	{ OPT_FLAG, 0, "check", NULL, "only say where the files and committed.json do not fit together", &check },
	{ OPT_FLAG, 0, "record", NULL, "only register --fingerprint with the last migration", &record },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-commit",
	.summary = "writes and registers a migration",
	.operands = "DIRECTORY [DESCRIPTION]",
	.description =
		"Writes the migration from standard input (sections as dbmate has them) as\n"
		"DIRECTORY/migrations/<version>_<description>.sql, and registers it in DIRECTORY/committed.json. The\n"
		"version is the time, or more where the clock is behind the migrations that are there. Run again after\n"
		"an interruption, with the same input, it goes on where it was. Prints the path of the migration.\n\n"
		"With --check: exit 1 when entries have no file, files were changed since they were committed, or the last\n"
		"one has another --fingerprint. With --record: that one is registered with it (two branches, say, were merged).",
	.options = options, .least = 1, .most = 2,
};

int
main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct sbuf text = SBUF_INIT;

	if (check && record)
		die(STATUS_USAGE, "--check and --record exclude each other");
	if (count != (check || record ? 1 : 2) || (record && !fingerprint))
		die(STATUS_USAGE, "what is missing or too much? see pk-commit --help");
	if (check)
		return commit_check(&arena, operands[0], fingerprint) ? STATUS_NO : STATUS_DONE;
	if (record) {
		commit_record(&arena, operands[0], fingerprint);
		return STATUS_DONE;
	}
	file_must_read("-", &text);
	if (strlen(text.text) != text.length)
		die(STATUS_USAGE, "standard input holds a zero byte");
	puts(commit_write(&arena, operands[0], &(struct commit){
		.description = operands[1], .fingerprint = fingerprint, .text = &text,
		.session = session.items, .session_count = session.count }));
	output_close();
	return STATUS_DONE;
}
