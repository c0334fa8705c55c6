/* pk-clone: a copy of a database in another one. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "clone/clone.h"
#include "config/config.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool data;
static struct opt_list tables;
static long jobs = 4;

static const struct opt options[] = {
	{ OPT_FLAG, 'd', "data", NULL, "copy all data too, by pg_dump and pg_restore", &data },
	{ OPT_LIST, 't', "table", "PATTERN", "copy the data of these tables; can be given several times", &tables },
	{ OPT_NUMBER, 'j', "jobs", "N", "how many tables' data at a time (4)", &jobs },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-clone",
	.summary = "copies a database into an empty one",
	.operands = "SOURCE TARGET",
	.description =
		"Makes in TARGET what SOURCE defines, with the roles that it refers to (without their\n"
		"passwords) and the table of migrations. Data is copied only where that is asked for;\n"
		"pg_dump writes it to a directory under $TMPDIR, which is removed afterwards.\n\n"
		"SOURCE is only read. TARGET must be empty.",
	.options = options, .least = 2, .most = 2,
};

static int
remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static void
remove_tree(void *path)
{
	nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static void
copy_data(struct arena *arena, struct clone *clone)
{
	const char *base = getenv("TMPDIR");
	char *directory = arena_printf(arena, "%s/pk-clone.XXXXXX", base && *base ? base : "/tmp");

	if (!mkdtemp(directory))
		die(STATUS_USAGE, "cannot make a directory %s: %s", directory, strerror(errno));
	on_death(remove_tree, directory);
	clone->directory = directory;
	clone_data(arena, clone);
	off_death(directory);
	remove_tree(directory);
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	struct clone clone = { .jobs = jobs };

	if (data && tables.count)
		die(STATUS_USAGE, "--data copies all tables; leave out --table");
	clone.source = config_database(&arena, operands[0]);
	clone.target = config_database(&arena, operands[1]);
	clone_check_target(&clone);
	if (tables.count) {
		GROW(tables.items, tables.count, tables.room);
		tables.items[tables.count] = NULL;
		clone.tables = tables.items;
	}
	if (data)
		clone_roles(&arena, &clone);
	else
		clone_definitions(&arena, &clone);
	if (data || tables.count)
		copy_data(&arena, &clone);
	output_close();
	return STATUS_DONE;
}
