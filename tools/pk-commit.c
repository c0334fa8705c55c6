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
	{ OPT_FLAG, 0, "record", NULL, "only register the files that are not, and --fingerprint with the last", &record },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-commit",
	.summary = "writes and registers a migration",
	.operands = "DIRECTORY [DESCRIPTION [MIGRATION]...]",
	.description =
		"Writes the migrations (files with sections as dbmate has them; standard input where none is given) as\n"
		"DIRECTORY/migrations/<version>_<description>.sql, and registers them in DIRECTORY/committed.json. Each\n"
		"pair of sections becomes a file, numbered where there are several. The version is the time, or more\n"
		"where the clock is behind the migrations that are there. Run again after an interruption, with the same\n"
		"input, it goes on where it was. Prints the paths.\n\n"
		"With --check: exit 1 when entries have no file, files were changed since they were committed, or the last\n"
		"one has another --fingerprint. With --record: that one is registered with it (two branches, say, were merged), and\n"
		"so are files that others have written.",
	.options = options, .least = 1, .most = 10000,
};

static struct commit_text
read_text(const char *path)
{
	struct commit_text text = { strcmp(path, "-") ? path : "standard input", SBUF_INIT };

	file_must_read(path, &text.text);
	if (strlen(text.text.text) != text.text.length)
		die(STATUS_USAGE, "%s holds a zero byte", text.path);
	return text;
}

static void
commit(struct arena *arena, const char *directory, const char *description, const char **files, size_t file_count)
{
	static const char *standard_input[] = { "-" };
	struct commit_text *texts;
	const char **paths;
	size_t count;

	if (!file_count) {
		files = standard_input;
		file_count = 1;
	}
	texts = arena_array(arena, file_count, sizeof *texts);
	for (size_t i = 0; i < file_count; i++)
		texts[i] = read_text(files[i]);
	paths = commit_write(arena, directory, &(struct commit){
		.description = description, .fingerprint = fingerprint, .session = session.items,
		.session_count = session.count }, texts, file_count, &count);
	for (size_t i = 0; i < count; i++)
		puts(paths[i]);
}

int
main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);

	if (check && record)
		die(STATUS_USAGE, "--check and --record exclude each other");
	if ((check || record ? count != 1 : count < 2) || (record && !fingerprint))
		die(STATUS_USAGE, "what is missing or too much? see pk-commit --help");
	if (check)
		return commit_check(&arena, operands[0], fingerprint) ? STATUS_NO : STATUS_DONE;
	if (record)
		commit_record(&arena, operands[0], fingerprint);
	else
		commit(&arena, operands[0], operands[1], operands + 2, count - 2);
	output_close();
	return STATUS_DONE;
}
