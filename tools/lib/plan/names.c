#include "plan/names.h"

#include <stdlib.h>
#include <string.h>

/* The fact's names, in `into`. */
static size_t
names_of(const struct fact *fact, struct arena *arena, char *into[NAMES_MOST])
{
	const struct rule *rule = rule_of(fact->id);
	const char *name = id_name(fact->id);
	size_t count = 0, length;

	into[count++] = arena_string(arena, fact->id);
	for (const char *space = rule->spaces; space && *space && count < NAMES_MOST; space++) {
		if (*space == 'c' && id_is(fact->id, "trigger") && !fact_has(fact, "constraint"))
			continue;
		if (*space != 'i') {
			into[count++] = arena_printf(arena, "%c %s", *space, name);
		} else if (fact_text(fact, "type") && strchr("pux", *fact_text(fact, "type"))) {
			const char *schema = name_schema(name, &length);

			into[count++] = arena_printf(arena, "r %.*s.%s", (int)length, schema, name_last_part(name));
			/* There is one of a table. */
			if (fact_is(fact, "type", "p"))
				into[count++] = arena_printf(arena, "p %s", fact->in);
		}
	}
	return count;
}

void
names_free(struct names *names, const struct fact *fact, size_t node)
{
	char *list[NAMES_MOST];
	size_t count = names_of(fact, &names->arena, list);

	for (size_t i = 0; i < count; i++) {
		GROW(names->entries, names->count, names->room);
		names->entries[names->count++] = (struct name_entry){ list[i], node };
	}
}

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct name_entry *)a)->name, ((const struct name_entry *)b)->name);
}

void
names_sort(struct names *names)
{
	if (names->count)
		qsort(names->entries, names->count, sizeof *names->entries, compare);
}

size_t
names_find(const struct names *names, const struct fact *fact, size_t found[NAMES_MOST])
{
	struct arena arena = ARENA_INIT;
	char *list[NAMES_MOST];
	size_t count = names_of(fact, &arena, list), hits = 0;

	for (size_t i = 0; i < count && names->count; i++) {
		struct name_entry key = { list[i], 0 };
		const struct name_entry *entry = bsearch(&key, names->entries, names->count,
		                                         sizeof *names->entries, compare);

		if (entry)
			found[hits++] = entry->node;
	}
	arena_release(&arena);
	return hits;
}

void
names_release(struct names *names)
{
	free(names->entries);
	arena_release(&names->arena);
	*names = (struct names)NAMES_INIT;
}
