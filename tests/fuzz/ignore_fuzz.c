/* .pgschemaignore, and lists of names: the text is taken for both. */
#include "fuzz.h"
#include "config/ignore.h"
#include "pg/name_list.h"

#include <stdlib.h>
#include <string.h>

void
fuzz_one(const char *text, size_t size)
{
	static struct arena arena;
	struct ignore ignore;
	struct sbuf again = SBUF_INIT;
	const char **names;
	size_t count;
	long line;

	(void)size;
	arena_release(&arena);
	if (!ignore_parse(&arena, text, &ignore, &line))
		for (size_t i = 0; ignore_sections[i]; i++)
			ignore_matches(&ignore, ignore_sections[i], "public", text);
	names = name_list_parse(&arena, text, &count);
	for (size_t i = 0; names && i < count; i++) {
		const char **one;
		size_t ones;

		sbuf_reset(&again);
		name_list_add(&again, names[i]);
		one = name_list_parse(&arena, again.text, &ones);
		if (!one || ones != 1 || strcmp(one[0], names[i]) != 0)
			abort();
	}
	sbuf_release(&again);
}
