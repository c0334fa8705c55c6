#include "migration/commit.h"
#include "migration/committed.h"
#include "migration/migration.h"

#include "base/clock.h"
#include "base/die.h"
#include "base/io.h"

#include <stdlib.h>
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

/* One file to be. */
struct part {
	const char *text, *name;
	char checksum[SHA256_HEX];
};

struct parts {
	struct part *items;
	size_t count, room;
};

/* Each pair of sections, with what stands before the first. */
static void
divide(struct arena *arena, struct parts *parts, const struct commit_text *from)
{
	struct migration migration;
	const char *text = from->text.text;
	long line;
	const char *wrong = migration_parse(arena, text, &migration, &line);

	if (wrong)
		die_report(STATUS_USAGE, &(struct report){ .file = from->path, .line = line, .text = wrong });
	for (size_t i = 0; i < migration.count; i++) {
		const struct migration_pair *pair = &migration.pairs[i];
		const char *up = strstr(text, pair->up.text);
		struct part part = { .text = arena_printf(arena, "%.*s%s%s", i ? 0 : (int)(up - text), text,
		                                          pair->up.text, pair->down.text) };

		migration_checksum(part.text, strlen(part.text), part.checksum);
		GROW(parts->items, parts->count, parts->room);
		parts->items[parts->count++] = part;
	}
}

/* Whether the last `count` files of the project are the first parts. */
static bool
are_last(const struct migration **files, size_t file_count, const struct parts *parts, size_t count,
         const struct committed *committed)
{
	for (size_t i = 0; i < count; i++) {
		const struct migration *file = files[file_count - count + i];

		if (strcmp(file->checksum, parts->items[i].checksum) != 0)
			return false;
		/* What is registered was registered with all others. */
		if (count < parts->count && committed_find(committed, file->version))
			return false;
	}
	return true;
}

/* Names the parts that an interrupted commit has written already. Only the last files can be that: older ones
 * of the same text have been undone since. Returns how many. */
static size_t
name_left_over(struct arena *arena, const char *directory, struct parts *parts, const struct committed *committed)
{
	size_t file_count, count;
	const struct migration **files = migration_list(arena, arena_printf(arena, "%s/migrations", directory), &file_count);

	for (count = file_count < parts->count ? file_count : parts->count; count; count--)
		if (are_last(files, file_count, parts, count, committed))
			break;
	for (size_t i = 0; i < count; i++)
		parts->items[i].name = files[file_count - count + i]->name;
	return count;
}

static void
name_parts(struct arena *arena, const char *directory, struct parts *parts, const char *description,
           const struct committed *committed)
{
	const char *version = commit_version(arena, directory);

	for (size_t i = name_left_over(arena, directory, parts, committed); i < parts->count; i++) {
		parts->items[i].name = migration_name(arena, version, parts->count == 1 ? description :
		                                      arena_printf(arena, "%s %zu", description, i + 1));
		version = version_after(arena, version);
	}
}

static void
register_part(struct arena *arena, struct committed *committed, const struct commit *commit, const struct part *part,
              const char *path, bool last)
{
	const char *version = migration_version(arena, part->name);
	const struct committed_migration *before = committed_find(committed, version);
	struct committed_migration entry = {
		.name = part->name, .version = version, .path = path, .description = commit->description,
		.committed_at = before && before->committed_at ? before->committed_at : clock_text(arena, CLOCK_ISO),
		.checksum = part->checksum, .fingerprint = last ? commit->fingerprint : NULL,
	};

	committed_put(committed, &entry);
	committed_set_session(committed, version, commit->session, commit->session_count);
}

const char **
commit_write(struct arena *arena, const char *directory, const struct commit *commit,
             const struct commit_text *texts, size_t text_count, size_t *count)
{
	struct committed *committed = committed_read(arena, arena_printf(arena, "%s/committed.json", directory));
	struct parts parts = { NULL, 0, 0 };
	const char **paths;

	for (size_t i = 0; i < text_count; i++)
		divide(arena, &parts, &texts[i]);
	paths = arena_array(arena, parts.count, sizeof *paths);
	name_parts(arena, directory, &parts, commit->description, committed);
	directory_make(arena_printf(arena, "%s/migrations", directory));
	/* The files first: what is registered is there, whenever this is interrupted. */
	for (size_t i = 0; i < parts.count; i++) {
		paths[i] = arena_printf(arena, "%s/migrations/%s", directory, parts.items[i].name);
		file_replace(paths[i], parts.items[i].text, strlen(parts.items[i].text));
	}
	for (size_t i = 0; i < parts.count; i++)
		register_part(arena, committed, commit, &parts.items[i], paths[i], i + 1 == parts.count);
	committed_write(committed);
	*count = parts.count;
	free(parts.items);
	return paths;
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
	const struct committed_migration *last = committed->count ? &committed->items[committed->count - 1] : NULL;

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
			report(&(struct report){
				.severity = "warning", .hint = "make verify RECORD=1 registers it",
				.text = arena_printf(arena, "%s is not registered in committed.json: "
				                     "that it is changed would not be noticed", list[i]->path) });
	/* With a file after the last entry, nobody has said what all of them make. */
	if (fingerprint && last && last->fingerprint && strcmp(last->fingerprint, fingerprint) != 0 &&
	    (!count || version_compare(list[count - 1]->version, last->version) <= 0)) {
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
	size_t count;
	const struct migration **list = migration_list(arena, arena_printf(arena, "%s/migrations", directory), &count);
	bool changed = false;

	for (size_t i = 0; i < count; i++) {
		const struct committed_migration *before = committed_find(committed, list[i]->version);
		bool last = i + 1 == count;
		struct committed_migration entry = before ? *before : (struct committed_migration){
			.name = list[i]->name, .version = list[i]->version, .path = list[i]->path,
			.description = list[i]->description, .committed_at = clock_text(arena, CLOCK_ISO),
			.checksum = list[i]->checksum,
		};

		if (before && (!last || (before->fingerprint && !strcmp(before->fingerprint, fingerprint))))
			continue;
		if (last)
			entry.fingerprint = fingerprint;
		committed_put(committed, &entry);
		changed = true;
	}
	committed_write(committed);
	return changed;
}
