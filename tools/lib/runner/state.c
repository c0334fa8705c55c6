#include "runner/state.h"

#include <stdlib.h>
#include <string.h>

const char *const state_names[] = {
	[STATE_APPLIED] = "applied", [STATE_EDITED] = "edited", [STATE_PENDING] = "pending",
	[STATE_UNFINISHED] = "unfinished", [STATE_UNKNOWN] = "unknown",
};

static enum state
state_of(const struct entry *entry)
{
	if (entry->progress)
		return STATE_UNFINISHED;
	if (!entry->row)
		return STATE_PENDING;
	if (entry->row->checksum && strcmp(entry->row->checksum, entry->migration->checksum) != 0)
		return STATE_EDITED;
	return STATE_APPLIED;
}

/* What stands in the file names' order: a name where it is known. */
static const char *
sort_key(const struct entry *entry)
{
	if (entry->migration)
		return entry->migration->name;
	return entry->row && entry->row->name ? entry->row->name : entry->version;
}

static int
compare_entries(const void *a, const void *b)
{
	return strcmp(sort_key(a), sort_key(b));
}

static bool
has_version(const struct entries *entries, const char *version)
{
	for (size_t i = 0; i < entries->count; i++)
		if (!strcmp(entries->items[i].version, version))
			return true;
	return false;
}

static int
compare_versions(const void *a, const void *b)
{
	return strcmp((*(const struct migration *const *)a)->version,
	              (*(const struct migration *const *)b)->version);
}

/* Whether one of the files has the version. */
static bool
is_file(const struct migration *const *by_version, size_t count, const char *version)
{
	const struct migration key = { .version = version }, *wanted = &key;

	return count && bsearch(&wanted, by_version, count, sizeof *by_version, compare_versions);
}

struct entries
state_compare(struct arena *arena, const struct migration *const *files, size_t count,
              const struct table *table, bool all)
{
	size_t most = count + table->count + table->progress_count;
	struct entries entries = { arena_array(arena, most, sizeof *entries.items), 0 };
	const struct migration **by_version = arena_array(arena, count, sizeof *by_version);
	bool later = false;

	for (size_t i = 0; i < count; i++) {
		struct entry entry = { .migration = files[i], .version = files[i]->version,
			               .row = table_row(table, files[i]->version),
			               .progress = table_progress(table, files[i]->version) };

		entry.state = state_of(&entry);
		entries.items[entries.count++] = entry;
		by_version[i] = files[i];
	}
	if (count)
		qsort(by_version, count, sizeof *by_version, compare_versions);
	for (size_t i = 0; i < table->count; i++)
		if (!is_file(by_version, count, table->rows[i].version))
			entries.items[entries.count++] = (struct entry){
				.state = STATE_UNKNOWN, .version = table->rows[i].version, .row = &table->rows[i],
				.progress = table_progress(table, table->rows[i].version) };
	for (size_t i = 0; i < table->progress_count; i++)
		if (!has_version(&entries, table->progress[i].version))
			entries.items[entries.count++] = (struct entry){
				.state = STATE_UNKNOWN, .version = table->progress[i].version,
				.progress = &table->progress[i] };
	if (entries.count)
		qsort(entries.items, entries.count, sizeof *entries.items, compare_entries);
	for (size_t i = entries.count; i-- > 0;) {
		struct entry *entry = &entries.items[i];

		entry->late = later && !entry->row;
		later = later || entry->row;
	}
	if (!all) {
		size_t kept = 0;

		for (size_t i = 0; i < entries.count; i++)
			if (entries.items[i].state != STATE_UNKNOWN || entries.items[i].progress)
				entries.items[kept++] = entries.items[i];
		entries.count = kept;
	}
	return entries;
}
