#include "tree/statements.h"

#include "sql/splitter.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a; never 0. */
static uint64_t
hash_statement(const struct statement *statement)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < statement->length; i++)
		hash = (hash ^ (unsigned char)statement->text[i]) * 0x100000001b3u;
	return hash ? hash : 1;
}

static uint64_t *
slot_of(const struct statement_set *set, uint64_t hash)
{
	size_t at = (size_t)(hash ^ (hash >> 32)) & (set->size - 1);

	while (set->slots[at] && set->slots[at] != hash)
		at = (at + 1) & (set->size - 1);
	return &set->slots[at];
}

static void
put(struct statement_set *set, uint64_t hash)
{
	uint64_t *slot;

	if (set->count * 2 >= set->size) {
		struct statement_set old = *set;

		set->size = old.size ? old.size * 2 : 1024;
		set->slots = memory_resize(NULL, set->size * sizeof *set->slots);
		memset(set->slots, 0, set->size * sizeof *set->slots);
		for (size_t i = 0; i < old.size; i++)
			if (old.slots[i])
				*slot_of(set, old.slots[i]) = old.slots[i];
		free(old.slots);
	}
	slot = slot_of(set, hash);
	if (!*slot)
		set->count++;
	*slot = hash;
}

void
statement_set_add(struct statement_set *set, const char *file, const char *text, size_t length)
{
	struct arena arena = ARENA_INIT;
	struct splitter splitter;
	enum split found;

	splitter_start(&splitter, &arena, file, text, length);
	while ((found = splitter_next(&splitter)) != SPLIT_END)
		if (found == SPLIT_STATEMENT)
			put(set, hash_statement(&splitter.statement));
	/* So that an empty set counts as made. */
	if (!set->slots)
		put(set, 1);
	arena_release(&arena);
}

bool
statement_set_has_all(const struct statement_set *set, const char *text, size_t length)
{
	struct arena arena = ARENA_INIT;
	struct splitter splitter;
	enum split found;
	bool all = set->size > 0;

	splitter_start(&splitter, &arena, "", text, length);
	while (all && (found = splitter_next(&splitter)) != SPLIT_END)
		all = found == SPLIT_STATEMENT && *slot_of(set, hash_statement(&splitter.statement));
	arena_release(&arena);
	return all;
}

void
statement_set_release(struct statement_set *set)
{
	free(set->slots);
	*set = (struct statement_set){ NULL, 0, 0 };
}
