#include "migration/commit.h"
#include "migration/committed.h"
#include "migration/migration.h"

#include "base/clock.h"
#include "base/die.h"
#include "base/io.h"

#include <string.h>

/* -------------------------------------------------------------- versions */

/* Compares versions as numbers, however long they are. */
static int
version_compare(const char *a, const char *b)
{
	size_t x, y;

	a += strspn(a, "0");
	b += strspn(b, "0");
	x = strlen(a);
	y = strlen(b);
	return x != y ? (x < y ? -1 : 1) : strcmp(a, b);
}

/* The number after this one, with at least as many digits. */
static const char *
version_after(struct arena *arena, const char *version)
{
	char *next = arena_printf(arena, "0%s", version);
	size_t i = strlen(next) - 1;

	for (; next[i] == '9'; i--)
		next[i] = '0';
	next[i]++;
	return *next == '0' ? next + 1 : next;
}

static const char *
later(struct arena *arena, const char *version, const char *than)
{
	return version_compare(version, than) > 0 ? version : version_after(arena, than);
}

static const char *
later_than_files(struct arena *arena, const char *version, const char *directory)
{
	size_t count;
	const struct migration **list = migration_list(arena, directory, &count);

	for (size_t i = 0; i < count; i++)
		version = later(arena, version, list[i]->version);
	return version;
}

const char *
commit_version(struct arena *arena, const char *directory)
{
	const struct committed *committed = committed_read(arena, arena_printf(arena, "%s/committed.json", directory));
	const char *version = clock_text(arena, CLOCK_VERSION);

	for (size_t i = 0; i < committed->count; i++)
		version = later(arena, version, committed->items[i].version);
	version = later_than_files(arena, version, arena_printf(arena, "%s/migrations", directory));
	return later_than_files(arena, version, arena_printf(arena, "%s/session", directory));
}

/* ---------------------------------------------------------------- writing */

/* The name of what an interrupted commit of this text has left. Only the last migration can be that: an older one
 * of the same text has been undone since. */
static const char *
left_over(struct arena *arena, const char *directory, const struct committed *committed, const char *checksum)
{
	size_t count;
	const struct migration **list = migration_list(arena, arena_printf(arena, "%s/migrations", directory), &count);
	const struct migration *last = count ? list[count - 1] : NULL;
	const struct committed_migration *entry = last ? committed_find(committed, last->version) : NULL;

	if (!last || strcmp(last->checksum, checksum) != 0 || (entry && entry->baseline))
		return NULL;
	return last->name;
}

const char *
commit_write(struct arena *arena, const char *directory, const struct commit *commit)
{
	struct committed *committed = committed_read(arena, arena_printf(arena, "%s/committed.json", directory));
	const struct committed_migration *before;
	struct committed_migration entry = { .description = commit->description, .fingerprint = commit->fingerprint };
	struct migration parsed;
	char checksum[SHA256_HEX];
	const char *problem;
	long line;

	problem = migration_parse(arena, commit->text->text, &parsed, &line);
	if (problem)
		die_report(STATUS_USAGE, &(struct report){ .file = "standard input", .line = line, .text = problem });
	migration_checksum(commit->text->text, commit->text->length, checksum);
	entry.name = left_over(arena, directory, committed, checksum);
	if (!entry.name)
		entry.name = migration_name(arena, commit_version(arena, directory), commit->description);
	entry.version = migration_version(arena, entry.name);
	entry.path = arena_printf(arena, "%s/migrations/%s", directory, entry.name);
	before = committed_find(committed, entry.version);
	entry.committed_at = before && before->committed_at ? before->committed_at : clock_text(arena, CLOCK_ISO);
	entry.checksum = checksum;
	directory_make(arena_printf(arena, "%s/migrations", directory));
	/* The file first: what is registered is there, whenever this is interrupted. */
	file_replace(entry.path, commit->text->text, commit->text->length);
	committed_put(committed, &entry);
	committed_set_session(committed, entry.version, commit->session, commit->session_count);
	committed_write(committed);
	return entry.path;
}

/* --------------------------------------------------------------- checking */

static const struct migration *
find_file(const struct migration **list, size_t count, const char *version)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(list[i]->version, version))
			return list[i];
	return NULL;
}

static void
wrong(const char *path, const char *text, const char *hint)
{
	report(&(struct report){ .file = path, .text = text, .hint = hint });
}

size_t
commit_check(struct arena *arena, const char *directory, const char *fingerprint)
{
	const struct committed *committed = committed_read(arena, arena_printf(arena, "%s/committed.json", directory));
	size_t count, found = 0;
	const struct migration **list = migration_list(arena, arena_printf(arena, "%s/migrations", directory), &count);

	for (size_t i = 0; i < committed->count; i++) {
		const struct committed_migration *entry = &committed->items[i];
		const struct migration *file = find_file(list, count, entry->version);

		if (!file || strcmp(file->name, entry->name) != 0) {
			wrong(committed->path, arena_printf(arena, "there is no file for %s", entry->name),
			      "get it from git, or take its entry out if no database has it");
			found++;
		} else if (entry->checksum && strcmp(entry->checksum, file->checksum) != 0) {
			wrong(file->path, "changed since it was committed",
			      "put it back and make a new migration: databases that have it will not get the change");
			found++;
		}
	}
	for (size_t i = 0; i < count; i++)
		if (!committed_find(committed, list[i]->version))
			warn("%s is not registered in committed.json: that it is changed would not be noticed", list[i]->path);
	if (fingerprint && committed->count && committed->items[committed->count - 1].fingerprint &&
	    strcmp(committed->items[committed->count - 1].fingerprint, fingerprint) != 0) {
		wrong(committed->path, "the last migration's fingerprint is not that of what all migrations make together",
		      "branches were merged, it seems: make verify RECORD=1 puts it there");
		found++;
	}
	return found;
}

bool
commit_record(struct arena *arena, const char *directory, const char *fingerprint)
{
	struct committed *committed = committed_read(arena, arena_printf(arena, "%s/committed.json", directory));
	const struct committed_migration *last = committed->count ? &committed->items[committed->count - 1] : NULL;
	struct committed_migration entry;

	if (!last || (last->fingerprint && !strcmp(last->fingerprint, fingerprint)))
		return false;
	entry = *last;
	entry.fingerprint = fingerprint;
	committed_put(committed, &entry);
	committed_write(committed);
	return true;
}
