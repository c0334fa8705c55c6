#include "tree/statements.h"

#include "sql/splitter.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a of its tokens, each with an end; never 0. Words without quotes are the same in any case. */
static uint64_t
hash_statement(const struct statement *statement)
{
	struct lexer lexer = { statement->text, statement->length, 0 };
	uint64_t hash = 0xcbf29ce484222325u;

	for (;;) {
		struct token token = lexer_next_solid(&lexer);

		if (token.type == TOKEN_END)
			return hash ? hash : 1;
		for (size_t i = 0; i < token.length; i++) {
			unsigned char c = (unsigned char)statement->text[token.start + i];

			if (token.type == TOKEN_WORD && c >= 'A' && c <= 'Z')
				c |= 0x20;
			hash = (hash ^ c) * 0x100000001b3u;
		}
		hash = (hash ^ 0xff) * 0x100000001b3u;
	}
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

bool
statements_equal(const char *a, size_t a_length, const char *b, size_t b_length)
{
	struct arena arena = ARENA_INIT;
	struct splitter first, second;
	bool equal;

	splitter_start(&first, &arena, "", a, a_length);
	splitter_start(&second, &arena, "", b, b_length);
	for (;;) {
		enum split found = splitter_next(&first), other = splitter_next(&second);

		equal = found == other && found != SPLIT_WRONG && found != SPLIT_META;
		if (!equal || found == SPLIT_END)
			break;
		equal = hash_statement(&first.statement) == hash_statement(&second.statement);
		if (!equal)
			break;
	}
	arena_release(&arena);
	return equal;
}

void
statement_set_release(struct statement_set *set)
{
	free(set->slots);
	*set = (struct statement_set){ NULL, 0, 0 };
}
