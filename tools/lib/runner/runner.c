#include "runner/runner.h"
#include "runner/lock.h"

#include "base/die.h"
#include "catalog/stamp.h"
#include "pg/connection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void
runner_open(struct runner *runner, const char *conninfo)
{
	session_open(&runner->session, conninfo, true);
	run_check_options(&runner->session, &runner->options->run);
}

void
runner_close(struct runner *runner)
{
	session_close(&runner->session);
	free(runner->files);
	runner->files = NULL;
}

/* ------------------------------------------------------------------- files */

static int
compare_names(const void *a, const void *b)
{
	return strcmp((*(const struct migration *const *)a)->name,
	              (*(const struct migration *const *)b)->name);
}

static void
add_file(struct runner *runner, const struct migration *migration)
{
	for (size_t i = 0; i < runner->count; i++)
		if (!strcmp(runner->files[i]->version, migration->version))
			die(STATUS_USAGE, "two migrations have the version %s: %s and %s", migration->version,
			    runner->files[i]->path, migration->path);
	GROW(runner->files, runner->count, runner->room);
	runner->files[runner->count++] = migration;
}

void
runner_add_path(struct runner *runner, const char *path)
{
	struct stat status;

	if (stat(path, &status))
		die(STATUS_USAGE, "cannot read %s: %s", path, strerror(errno));
	if (S_ISDIR(status.st_mode)) {
		size_t count;
		const struct migration **list = migration_list(runner->arena, path, &count);

		for (size_t i = 0; i < count; i++)
			add_file(runner, list[i]);
		runner->whole_directory = true;
	} else {
		add_file(runner, migration_read(runner->arena, path));
	}
	if (runner->count)
		qsort(runner->files, runner->count, sizeof *runner->files, compare_names);
}

/* ------------------------------------------------------------------ looking */

void
runner_look(struct runner *runner)
{
	table_read(runner->session.connection, runner->arena, &runner->table);
	runner->entries = state_compare(runner->arena, runner->files, runner->count, &runner->table,
	                                runner->whole_directory);
}

/* What dbmate has applied, by its own table, would be applied again. */
static void
refuse_dbmate(struct runner *runner)
{
	const char **versions;
	const char *table = table_dbmate(runner->session.connection, runner->arena, &versions);

	for (size_t i = 0; table && i < runner->entries.count; i++) {
		const struct entry *entry = &runner->entries.items[i];

		for (const char **v = versions; entry->state == STATE_PENDING && *v; v++)
			if (!strcmp(*v, entry->version))
				die_hint(STATUS_NO, "take that table over (--adopt)",
				         "%s is applied already, as dbmate's table %s says",
				         entry->migration->name, table);
	}
}

static void
check_edited(const struct runner *runner)
{
	bool allowed = runner->options->allow_edited, found = false;

	for (size_t i = 0; i < runner->entries.count; i++) {
		const struct entry *entry = &runner->entries.items[i];

		if (entry->state != STATE_EDITED)
			continue;
		found = true;
		report(&(struct report){ .severity = allowed ? "warning" : NULL,
		                         .file = entry->migration->path,
		                         .text = "changed since it was applied there",
		                         .detail = entry->row->applied_at
		                                           ? arena_printf(runner->arena, "applied at %s",
		                                                          entry->row->applied_at)
		                                           : NULL });
	}
	if (found && !allowed)
		die_hint(STATUS_NO, "put the file back and write a new migration, or allow it (--allow-edited)",
		         "applied migrations were changed");
}

/* Those of which there is no file: nothing to refuse, unless they are half done. */
static void
check_unknown(const struct runner *runner)
{
	size_t count = 0;
	const char *newest = NULL;

	for (size_t i = 0; i < runner->entries.count; i++) {
		const struct entry *entry = &runner->entries.items[i];

		if (entry->state != STATE_UNKNOWN)
			continue;
		if (entry->progress)
			die_hint(STATUS_NO, "get its file and run again with it",
			         "the migration %s is half done in the database, and its file is not here",
			         entry->version);
		count++;
		newest = entry->row->name ? entry->row->name : entry->version;
	}
	if (count == 1)
		warn("one migration is applied in the database and not among the files: %s", newest);
	else if (count)
		warn("%zu migrations are applied in the database and not among the files; the last is %s",
		     count, newest);
}

/* An interrupted job must be ended before another begins. */
static void
check_direction(const struct runner *runner, bool down)
{
	for (size_t i = 0; i < runner->table.progress_count; i++)
		if (runner->table.progress[i].down != down)
			die_hint(STATUS_NO, down ? "apply it first" : "bring it to its end with --rollback",
			         "%s the migration %s was interrupted",
			         down ? "applying" : "rolling back", runner->table.progress[i].version);
}

static const struct entry *
find_entry(const struct runner *runner, const char *version)
{
	for (size_t i = 0; i < runner->entries.count; i++)
		if (!strcmp(runner->entries.items[i].version, version))
			return &runner->entries.items[i];
	die(STATUS_USAGE, "there is no migration of the version %s", version);
}

/* ------------------------------------------------------------------- doing */

struct work {
	const struct entry *entry;
	struct job job;
};

static void
say(const struct runner *runner, const char *what, const struct job *job, long milliseconds)
{
	if (runner->options->quiet && !runner->options->dry_run)
		return;
	printf("%s %s", what, job->migration->name);
	if (milliseconds >= 0)
		printf(" (%ld ms)", milliseconds);
	else if (!job->whole)
		printf(" (%zu steps, each by itself)", job->count);
	putchar('\n');
	fflush(stdout);
}

static void
do_work(struct runner *runner, const struct work *work, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct job *job = &work[i].job;
		long time;

		if (runner->options->dry_run) {
			say(runner, job->down ? "would roll back" : "would apply", job, -1);
			continue;
		}
		if (session_interrupted())
			session_end_interrupted();
		time = run_job(&runner->session, job, &runner->options->run, work[i].entry->progress);
		say(runner, job->down ? "rolled back" : "applied", job, time);
	}
}

static void
check_stamp(struct runner *runner)
{
	const char *wanted = runner->options->if_stamp;
	char *stamp = wanted ? stamp_read(runner->session.connection) : NULL;

	if (wanted && (!stamp || !stamp_same_database(stamp, wanted)))
		die_hint(STATUS_NO, "look what it was, and run it again",
		         "the database was changed by somebody in the meantime; nothing was done");
	free(stamp);
}

static void
begin(struct runner *runner)
{
	if (!runner->options->dry_run) {
		lock_take(&runner->session, runner->options->run.lock_wait);
		check_stamp(runner);
		table_make(runner->session.connection);
	}
	runner_look(runner);
}

size_t
runner_apply(struct runner *runner)
{
	const struct runner_options *options = runner->options;
	const struct entry *last = NULL, *late = NULL;
	struct work *work;
	size_t count = 0;

	begin(runner);
	refuse_dbmate(runner);
	check_edited(runner);
	check_unknown(runner);
	check_direction(runner, false);
	if (options->to)
		last = find_entry(runner, options->to);
	work = arena_array(runner->arena, runner->entries.count, sizeof *work);
	for (size_t i = 0; i < runner->entries.count; i++) {
		const struct entry *entry = &runner->entries.items[i];

		if (last && entry > last)
			break;
		if (entry->state != STATE_PENDING && entry->state != STATE_UNFINISHED)
			continue;
		/* One that is under way was allowed when it was begun. */
		if (entry->late && !entry->progress && !late)
			late = entry;
		work[count++] = (struct work){ entry, job_make(runner->arena, entry->migration, false) };
	}
	if (late && !options->allow_out_of_order)
		die_hint(STATUS_NO, "give it a later version, or allow it (--allow-out-of-order)",
		         "%s comes before migrations that are applied already", late->migration->path);
	do_work(runner, work, count);
	return count;
}

/* Whether the rollback ends before this entry, of which `steps` are still allowed. */
static bool
is_rollback_end(const struct entry *entry, const struct entry *last, long steps)
{
	return last ? entry <= last : steps <= 0;
}

size_t
runner_rollback(struct runner *runner, long steps)
{
	const struct runner_options *options = runner->options;
	const struct entry *last = NULL;
	struct work *work;
	size_t count = 0;

	begin(runner);
	check_edited(runner);
	check_direction(runner, true);
	if (options->to)
		last = find_entry(runner, options->to);
	work = arena_array(runner->arena, runner->entries.count, sizeof *work);
	for (size_t i = runner->entries.count; i-- > 0;) {
		const struct entry *entry = &runner->entries.items[i];
		struct job job;

		if (is_rollback_end(entry, last, steps))
			break;
		if (!entry->row)
			continue;
		if (!entry->migration)
			die_hint(STATUS_NO, "get its file and run again with it",
			         "the migration %s cannot be rolled back: its file is not here", entry->version);
		job = job_make(runner->arena, entry->migration, true);
		if (!job.count)
			die_hint(STATUS_NO, "write a new migration that undoes it",
			         "%s cannot be rolled back: nothing stands after \"-- migrate:down\"",
			         entry->migration->path);
		work[count++] = (struct work){ entry, job };
		steps--;
	}
	do_work(runner, work, count);
	return count;
}

/* ----------------------------------------------------------------- adopting */

size_t
runner_adopt(struct runner *runner)
{
	struct sbuf sql = SBUF_INIT;
	const char **versions, *table;
	size_t count = 0;

	begin(runner);
	table = table_dbmate(runner->session.connection, runner->arena, &versions);
	sbuf_adds(&sql, "begin;\n");
	/* Files whose rows have no checksum, adopted now or written by dbmate, get theirs of today. */
	for (const char **v = versions; table && *v; v++) {
		struct table_row row = { .version = *v, .duration_ms = TABLE_DURATION_UNKNOWN };

		if (table_row(&runner->table, *v))
			continue;
		table_adopted_sql(&sql, &row);
		count++;
	}
	for (size_t i = 0; i < runner->count; i++)
		table_identify_sql(&sql, &(struct table_row){ .version = runner->files[i]->version,
		                                              .name = runner->files[i]->name,
		                                              .checksum = runner->files[i]->checksum });
	sbuf_adds(&sql, "commit");
	if (!table && !runner->table.count)
		die(STATUS_NO, "dbmate has no table of migrations in this database");
	if (!runner->options->dry_run)
		connection_execute(runner->session.connection, sql.text);
	if (!runner->options->quiet && count)
		printf("%s %zu migrations of %s\n", runner->options->dry_run ? "would adopt" : "adopted", count,
		       table);
	sbuf_release(&sql);
	return count;
}
