/* SQL files: statements, the settings they run under, the order they are loaded in. */
#include "fuzz.h"
#include "sql/load_order.h"

#include <string.h>

void
fuzz_one(const char *text, size_t size)
{
	static struct arena arena;
	struct sources sources;
	struct splitter splitter;
	struct load_order order;
	enum split found;

	arena_release(&arena);
	splitter_start(&splitter, &arena, "fuzz.sql", text, size);
	while ((found = splitter_next(&splitter)) != SPLIT_END)
		if (found == SPLIT_STATEMENT &&
		    (splitter.statement.offset + splitter.statement.length > size ||
		     memcmp(text + splitter.statement.offset, splitter.statement.text,
		            splitter.statement.length)))
			__builtin_trap();
	/* An included file is whatever lies here. */
	if (strstr(text, "\\i"))
		return;
	sources_init(&sources, &arena);
	sources_add_text(&sources, "fuzz.sql", text, size, SOURCE_MAIN);
	load_order_make(&order, &arena, &sources);
	sources_release(&sources);
}
