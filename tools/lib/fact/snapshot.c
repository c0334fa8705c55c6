#include "fact/snapshot.h"

#include "base/die.h"
#include "base/io.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void
snapshot_release(struct snapshot *snapshot)
{
	free(snapshot->facts);
	free(snapshot->slots);
	arena_release(&snapshot->arena);
	*snapshot = (struct snapshot)SNAPSHOT_INIT;
}

/* Eight bytes at a time: ids are long and looked up often. */
static uint32_t
hash_text(const char *text)
{
	size_t length = strlen(text);
	uint64_t hash = 0xcbf29ce484222325u ^ length, word;

	for (; length >= sizeof word; text += sizeof word, length -= sizeof word) {
		memcpy(&word, text, sizeof word);
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, text, length);
	hash = (hash ^ word) * 0xff51afd7ed558ccdu;
	return (uint32_t)(hash ^ (hash >> 32));
}

/* The slot that has the id, or is free for it. */
static struct snapshot_slot *
slot_of(const struct snapshot *snapshot, const char *id, uint32_t hash)
{
	size_t at = hash & (snapshot->slot_count - 1);

	while (snapshot->slots[at].place &&
	       (snapshot->slots[at].hash != hash || strcmp(snapshot->facts[snapshot->slots[at].place - 1]->id, id) != 0))
		at = (at + 1) & (snapshot->slot_count - 1);
	return &snapshot->slots[at];
}

static void
index_put(struct snapshot *snapshot, size_t number)
{
	const char *id = snapshot->facts[number]->id;
	uint32_t hash = hash_text(id);

	*slot_of(snapshot, id, hash) = (struct snapshot_slot){ hash, (uint32_t)number + 1 };
}

/* Whether so many facts leave a third of so many slots free. */
static bool
is_enough(size_t slot_count, size_t count)
{
	return count + count / 2 <= slot_count;
}

static void
index_build(struct snapshot *snapshot)
{
	size_t size = 64;

	while (!is_enough(size, snapshot->count))
		size *= 2;
	snapshot->slots = memory_resize(NULL, size * sizeof *snapshot->slots);
	memset(snapshot->slots, 0, size * sizeof *snapshot->slots);
	snapshot->slot_count = size;
	for (size_t i = 0; i < snapshot->count; i++)
		index_put(snapshot, i);
}

void
snapshot_forget_places(struct snapshot *snapshot)
{
	free(snapshot->slots);
	snapshot->slots = NULL;
	snapshot->slot_count = 0;
}

struct snapshot
snapshot_alike(const struct snapshot *snapshot)
{
	struct snapshot other = SNAPSHOT_INIT;

	if (!snapshot->count)
		return other;
	other.count = other.room = snapshot->count;
	other.facts = memory_resize(NULL, other.room * sizeof *other.facts);
	memcpy(other.facts, snapshot->facts, other.count * sizeof *other.facts);
	if (snapshot->slots) {
		other.slot_count = snapshot->slot_count;
		other.slots = memory_resize(NULL, other.slot_count * sizeof *other.slots);
		memcpy(other.slots, snapshot->slots, other.slot_count * sizeof *other.slots);
	}
	return other;
}

void
snapshot_add(struct snapshot *snapshot, struct fact *fact)
{
	GROW(snapshot->facts, snapshot->count, snapshot->room);
	snapshot->facts[snapshot->count++] = fact;
	if (snapshot->slots && is_enough(snapshot->slot_count, snapshot->count)) {
		index_put(snapshot, snapshot->count - 1);
	} else {
		snapshot_forget_places(snapshot);
	}
}

struct fact *
snapshot_find(struct snapshot *snapshot, const char *id)
{
	size_t place;

	if (!snapshot->count)
		return NULL;
	if (!snapshot->slots)
		index_build(snapshot);
	place = slot_of(snapshot, id, hash_text(id))->place;
	return place ? snapshot->facts[place - 1] : NULL;
}

void
snapshot_replace(struct snapshot *snapshot, size_t number, struct fact *fact)
{
	snapshot->facts[number] = fact;
}

static int
compare_id(const void *a, const void *b)
{
	return id_compare((*(struct fact *const *)a)->id, (*(struct fact *const *)b)->id);
}

void
snapshot_sort(struct snapshot *snapshot)
{
	snapshot_forget_places(snapshot);
	if (snapshot->count)
		qsort(snapshot->facts, snapshot->count, sizeof *snapshot->facts, compare_id);
	for (size_t i = 1; i < snapshot->count; i++)
		if (!compare_id(&snapshot->facts[i - 1], &snapshot->facts[i]))
			die(STATUS_BUG, "two facts have the id \"%s\"", snapshot->facts[i]->id);
}

size_t
snapshot_from(const struct snapshot *snapshot, const char *id)
{
	size_t first = 0, end = snapshot->count;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (id_compare(snapshot->facts[middle]->id, id) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

static const char *
closing_word(bool ordered)
{
	return ordered ? "ordered" : "snapshot";
}

/* Whether the line is the closing one; checks it when it is. */
static bool
closing_line(const char *path, long number, const char *line, size_t length, size_t count, bool ordered)
{
	char word[16];
	long format;
	size_t facts;
	struct sbuf text = SBUF_INIT;
	bool closing;

	if (length > 4 && !strncmp(line, "{\"id\"", 5))
		return false;
	sbuf_add(&text, line, length);
	closing = sscanf(text.text, "{\"%15[a-z]\":%ld,\"facts\":%zu}", word, &format, &facts) == 3;
	sbuf_release(&text);
	if (!closing)
		return false;
	if (strcmp(word, closing_word(ordered)) != 0)
		die_report(STATUS_USAGE,
		           &(struct report){ .file = path, .line = number,
		                             .text = ordered ? "these facts are not in the order of creation"
		                                             : "these facts are not a sorted snapshot",
		                             .hint = ordered ? "put pk-order in between" : NULL });
	if (format != SNAPSHOT_FORMAT)
		die_report(STATUS_USAGE,
		           &(struct report){ .file = path, .line = number,
		                             .text = "the snapshot is of another format version",
		                             .hint = "write it anew with the pk-dump of this version" });
	if (facts != count)
		die_report(STATUS_USAGE, &(struct report){ .file = path, .line = number,
		                                           .text = "facts are missing from the snapshot" });
	return true;
}

void
snapshot_read(struct snapshot *snapshot, const char *path, bool ordered)
{
	FILE *stream = strcmp(path, "-") ? fopen(path, "r") : stdin;
	const char *shown = strcmp(path, "-") ? path : "standard input";
	char *line = NULL;
	size_t room = 0;
	long number = 0;
	ssize_t length;
	bool closed = false;

	if (!stream) {
		struct sbuf nothing = SBUF_INIT;

		file_must_read(path, &nothing); /* dies with the cause */
	}
	while ((length = getline(&line, &room, stream)) >= 0) {
		const char *error = NULL;
		size_t column = 0;
		struct fact *fact;

		number++;
		if (length && line[length - 1] == '\n')
			length--;
		if (closed)
			die_report(STATUS_USAGE, &(struct report){ .file = shown, .line = number,
			                                           .text = "something follows the closing line" });
		if (closing_line(shown, number, line, (size_t)length, snapshot->count, ordered)) {
			closed = true;
			continue;
		}
		fact = fact_read(&snapshot->arena, line, (size_t)length, &error, &column);
		if (!fact)
			die_report(STATUS_USAGE, &(struct report){ .file = shown, .line = number,
			                                           .column = (long)column, .text = error });
		if (!ordered && snapshot->count &&
		    id_compare(snapshot->facts[snapshot->count - 1]->id, fact->id) >= 0)
			die_report(STATUS_USAGE,
			           &(struct report){ .file = shown, .line = number,
			                             .text = "the facts are not sorted by id",
			                             .hint = "sort them with LC_ALL=C sort" });
		snapshot_add(snapshot, fact);
	}
	if (ferror(stream))
		die(STATUS_USAGE, "cannot read %s", shown);
	if (!closed)
		die_report(STATUS_USAGE,
		           &(struct report){ .file = shown, .line = number + 1,
		                             .text = "the closing line is missing: the snapshot has been cut off" });
	free(line);
	if (stream != stdin)
		fclose(stream);
}

void
snapshot_write(FILE *stream, struct fact *const *facts, size_t count, bool ordered)
{
	struct sbuf line = SBUF_INIT;

	for (size_t i = 0; i < count; i++) {
		fact_write(&line, facts[i]);
		sbuf_addc(&line, '\n');
		if (line.length > 60000) {
			fwrite(line.text, 1, line.length, stream);
			sbuf_reset(&line);
		}
	}
	sbuf_addf(&line, "{\"%s\":%d,\"facts\":%zu}\n", closing_word(ordered), SNAPSHOT_FORMAT, count);
	fwrite(line.text, 1, line.length, stream);
	sbuf_release(&line);
}

void
snapshot_text(struct sbuf *out, struct fact *const *facts, size_t count, bool ordered)
{
	for (size_t i = 0; i < count; i++) {
		fact_write(out, facts[i]);
		sbuf_addc(out, '\n');
	}
	sbuf_addf(out, "{\"%s\":%d,\"facts\":%zu}\n", closing_word(ordered), SNAPSHOT_FORMAT, count);
}
