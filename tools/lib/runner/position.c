/* Where a target stands, for scripts (runner.h). */
#include "runner/runner.h"

#include "base/sha256.h"

#include <string.h>

/* What is applied and how far. */
static void
digest(const struct table *table, char hex[SHA256_HEX])
{
	struct sha256 digest;
	struct sbuf line = SBUF_INIT;

	for (size_t i = 0; i < table->count; i++)
		sbuf_addf(&line, "%s\n", table->rows[i].version);
	for (size_t i = 0; i < table->progress_count; i++)
		sbuf_addf(&line, "%s %d %zu %d %s\n", table->progress[i].version, table->progress[i].down,
		          table->progress[i].done, table->progress[i].started, table->progress[i].hash);
	sha256_init(&digest);
	sha256_add(&digest, line.text, line.length);
	sha256_end(&digest, hex);
	sbuf_release(&line);
}

/*
 * Why the state that the target ought to be in cannot be told from what is applied there; NULL: it is what the
 * files up to the last applied one give.
 */
static const char *
why_unknown(struct arena *arena, const struct entries *entries)
{
	bool pending = false;

	for (size_t i = 0; i < entries->count; i++) {
		const struct entry *entry = &entries->items[i];
		const char *name = entry->migration ? entry->migration->name
		                   : entry->row && entry->row->name ? entry->row->name : entry->version;

		if (entry->progress)
			return arena_printf(arena, "%s is half done there", name);
		if (entry->state == STATE_UNKNOWN)
			return arena_printf(arena, "%s is applied there and not among the files", name);
		if (entry->state == STATE_EDITED)
			return arena_printf(arena, "%s was changed since it was applied there", name);
		if (entry->row && pending)
			return arena_printf(arena, "%s was applied there before others that come before it", name);
		pending = pending || !entry->row;
	}
	return NULL;
}

static const char *
fingerprint(const struct committed *committed, const struct entry *entry)
{
	const struct committed_migration *found = entry ? committed_find(committed, entry->version) : NULL;

	return found && found->fingerprint ? found->fingerprint : "";
}

static const char *
version(const struct entry *entry)
{
	return entry ? entry->version : "";
}

/* The baseline where that is to be applied, else NULL. */
static const struct committed_migration *
pending_baseline(const struct entries *entries, const struct committed *committed)
{
	const struct committed_migration *baseline = committed_baseline(committed);

	for (size_t i = 0; baseline && i < entries->count; i++)
		if (entries->items[i].state == STATE_PENDING && !strcmp(entries->items[i].version, baseline->version))
			return baseline;
	return NULL;
}

void
runner_position(struct runner *runner, const struct committed *committed, FILE *out)
{
	const char *to = runner->options->to, *why;
	const struct entry *applied = NULL, *last = NULL;
	const struct committed_migration *baseline;
	char hex[SHA256_HEX];
	size_t pending = 0;

	runner_look(runner);
	why = why_unknown(runner->arena, &runner->entries);
	digest(&runner->table, hex);
	for (size_t i = 0; i < runner->entries.count; i++) {
		const struct entry *entry = &runner->entries.items[i];

		if (entry->row)
			applied = entry;
		if (entry->state == STATE_PENDING || entry->state == STATE_UNFINISHED) {
			if (last && to && !strcmp(last->version, to))
				break;
			pending++;
		}
		last = entry;
	}
	if (!why && !applied)
		why = "nothing is applied there";
	if (!why && !*fingerprint(committed, applied))
		why = arena_printf(runner->arena, "no fingerprint is recorded with %s", applied->migration->name);
	fprintf(out, "table=%s\n", hex);
	fprintf(out, "pending=%zu\n", pending);
	fprintf(out, "applied=%s\n", version(applied));
	fprintf(out, "applied_fingerprint=%s\n", why ? "" : fingerprint(committed, applied));
	fprintf(out, "unknown=%s\n", why ? why : "");
	baseline = pending_baseline(&runner->entries, committed);
	fprintf(out, "baseline=%s\n", baseline ? baseline->name : "");
	fprintf(out, "baseline_fingerprint=%s\n", baseline && baseline->fingerprint ? baseline->fingerprint : "");
	fprintf(out, "last=%s\n", version(last));
	fprintf(out, "last_fingerprint=%s\n", fingerprint(committed, last));
}
