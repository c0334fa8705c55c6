#include "plan/namesake.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* The length of what it is called, its arguments aside; 0: it has none. */
static size_t
called_length(const char *id)
{
	const char *end = identifier_end(name_last_part(id_name(id)));

	return *end == '(' ? (size_t)(end - id_name(id)) : 0;
}

bool
calls_namesake(const struct fact *fact, const char *id)
{
	size_t length = called_length(id);

	for (size_t i = 0; i < fact->needs_count && length; i++)
		if (strcmp(fact->needs[i], id) != 0 && called_length(fact->needs[i]) == length &&
		    !strncmp(id_name(fact->needs[i]), id_name(id), length))
			return true;
	return false;
}

void
namesakes_find(struct namesakes *found, const struct snapshot *state, const char *id)
{
	static const char *const functions[] = { "aggregate", "function", "procedure", NULL };
	static const char *const operators[] = { "operator", NULL };
	size_t length = called_length(id);

	for (const char *const *kind = id_is(id, "operator") ? operators : functions; length && *kind; kind++) {
		struct sbuf start = SBUF_INIT;

		sbuf_addf(&start, "%s %.*s(", *kind, (int)length, id_name(id));
		for (size_t i = snapshot_from(state, start.text);
		     i < state->count && !strncmp(state->facts[i]->id, start.text, start.length); i++) {
			GROW(found->ids, found->count, found->room);
			found->ids[found->count++] = state->facts[i]->id;
		}
		sbuf_release(&start);
	}
}

void
namesakes_release(struct namesakes *found)
{
	free(found->ids);
	*found = (struct namesakes)NAMESAKES_INIT;
}
