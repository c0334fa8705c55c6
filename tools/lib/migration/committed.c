#include "migration/committed.h"
#include "migration/migration.h"

#include "base/die.h"
#include "base/io.h"

#include <stdlib.h>
#include <string.h>

/* What an import of other programs calls its baseline. */
static const char baseline_suffix[] = "_imported_baseline.sql";

static bool
ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), part = strlen(end);

	return length >= part && !strcmp(text + length - part, end);
}

static struct committed_migration
read_entry(struct arena *arena, const struct json_file *file, const cJSON *entry)
{
	const cJSON *named;
	const char *name;

	json_must_be_object(file, entry);
	named = json_object_or_null(file, entry, "migrationFile");
	if (!named)
		json_wrong(file, entry, "\"migrationFile\" is missing");
	name = json_string(file, named, "name");
	if (!migration_is_name(name))
		json_wrong(file, json_member(named, "name"), "not the name of a migration: \"%s\"", name);
	return (struct committed_migration){
		.name = name,
		.path = json_string_or(file, named, "path", NULL),
		.version = migration_version(arena, name),
		.description = json_string_or(file, entry, "description", ""),
		.committed_at = json_string_or(file, entry, "committedAt", NULL),
		.checksum = json_string_or(file, entry, "checksum", NULL),
		.fingerprint = json_string_or(file, entry, "fingerprint", NULL),
		.baseline = json_bool_or(file, entry, "baseline", ends_with(name, baseline_suffix)),
	};
}

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct committed_migration *)a)->version,
	              ((const struct committed_migration *)b)->version);
}

struct committed *
committed_read(struct arena *arena, const char *path)
{
	struct committed *committed = arena_alloc(arena, sizeof *committed);
	const cJSON *entry, *entries;
	const struct committed_migration *baseline = NULL;

	committed->path = arena_string(arena, path);
	if (!json_read(&committed->file, committed->path))
		json_parse(&committed->file, committed->path, "{}", 2);
	entries = json_array_or_null(&committed->file, committed->file.root, "migrations");
	committed->items = arena_array(arena, (size_t)cJSON_GetArraySize(entries) + 1,
	                               sizeof *committed->items);
	cJSON_ArrayForEach(entry, entries)
		committed->items[committed->count++] = read_entry(arena, &committed->file, entry);
	qsort(committed->items, committed->count, sizeof *committed->items, compare);
	for (size_t i = 0; i < committed->count; i++) {
		const struct committed_migration *item = &committed->items[i];

		if (i && !strcmp(item[-1].version, item->version))
			die_hint(STATUS_USAGE, "give one of them a later version, in its file name and here",
			         "%s: two migrations have the version %s: %s and %s", path, item->version,
			         item[-1].name, item->name);
		if (item->baseline && baseline)
			die_hint(STATUS_USAGE, "keep the one that the databases have", "%s: two baselines: %s and %s",
			         path, baseline->name, item->name);
		if (item->baseline)
			baseline = item;
	}
	return committed;
}

const struct committed_migration *
committed_find(const struct committed *committed, const char *version)
{
	for (size_t i = 0; i < committed->count; i++)
		if (!strcmp(committed->items[i].version, version))
			return &committed->items[i];
	return NULL;
}

const struct committed_migration *
committed_baseline(const struct committed *committed)
{
	for (size_t i = 0; i < committed->count; i++)
		if (committed->items[i].baseline)
			return &committed->items[i];
	return NULL;
}

/* The version of an entry that committed_read found well-formed. */
static const char *
entry_name(const cJSON *entry)
{
	return json_member(json_member(entry, "migrationFile"), "name")->valuestring;
}

static bool
has_version(const cJSON *entry, const char *version)
{
	const char *name = entry_name(entry);
	size_t digits = strspn(name, "0123456789");

	return strlen(version) == digits && !strncmp(name, version, digits);
}

/* The entry of that version; a new one is put before the first later one. */
static cJSON *
make_entry(cJSON *entries, const char *version)
{
	cJSON *entry, *made;
	int place = 0;

	cJSON_ArrayForEach(entry, entries)
		if (has_version(entry, version))
			return entry;
	cJSON_ArrayForEach(entry, entries) {
		const char *name = entry_name(entry);
		struct arena arena = ARENA_INIT;
		bool later = strcmp(migration_version(&arena, name), version) > 0;

		arena_release(&arena);
		if (later)
			break;
		place++;
	}
	made = json_made(cJSON_CreateObject());
	cJSON_InsertItemInArray(entries, place, made);
	return made;
}

void
committed_put(struct committed *committed, const struct committed_migration *migration)
{
	cJSON *root = committed->file.root, *entries = json_member(root, "migrations"), *entry, *named;

	if (!cJSON_IsArray(entries)) { /* absent or null */
		cJSON_DeleteItemFromObjectCaseSensitive(root, "migrations");
		entries = json_made(cJSON_AddArrayToObject(root, "migrations"));
	}
	entry = make_entry(entries, migration->version);
	named = json_make_object(entry, "migrationFile");
	json_set_string(named, "name", migration->name);
	json_set_string(named, "path", migration->path);
	json_set_string(named, "timestamp", migration->version);
	json_set_string(entry, "description", migration->description);
	if (!json_member(entry, "sessionMigrations"))
		json_made(cJSON_AddArrayToObject(entry, "sessionMigrations"));
	json_set_string(entry, "committedAt", migration->committed_at);
	if (migration->checksum)
		json_set_string(entry, "checksum", migration->checksum);
	if (migration->fingerprint)
		json_set_string(entry, "fingerprint", migration->fingerprint);
	cJSON_DeleteItemFromObjectCaseSensitive(entry, "baseline");
	if (migration->baseline)
		json_made(cJSON_AddTrueToObject(entry, "baseline"));
}

void
committed_set_session(struct committed *committed, const char *version, const char *const *paths, size_t count)
{
	cJSON *entry = make_entry(json_member(committed->file.root, "migrations"), version), *list;

	cJSON_DeleteItemFromObjectCaseSensitive(entry, "sessionMigrations");
	list = json_made(cJSON_AddArrayToObject(entry, "sessionMigrations"));
	for (size_t i = 0; i < count; i++) {
		const char *slash = strrchr(paths[i], '/');
		cJSON *item = json_made(cJSON_CreateObject());

		json_set_string(item, "name", slash ? slash + 1 : paths[i]);
		json_set_string(item, "path", paths[i]);
		cJSON_AddItemToArray(list, item);
	}
}

void
committed_write(const struct committed *committed)
{
	struct sbuf text = SBUF_INIT;

	json_write(&text, committed->file.root);
	file_replace(committed->path, text.text, text.length);
	sbuf_release(&text);
}
