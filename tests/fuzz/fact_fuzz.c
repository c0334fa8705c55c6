/* A line of a snapshot: what can be read is written again as the same fact. */
#include "fuzz.h"
#include "fact/fact.h"

#include <stdlib.h>

void
fuzz_one(const char *text, size_t size)
{
	static struct arena arena;
	struct sbuf line = SBUF_INIT;
	const char *error;
	size_t column;
	struct fact *fact, *again;

	arena_release(&arena);
	if (!(fact = fact_read(&arena, text, size, &error, &column)))
		return;
	fact_write(&line, fact);
	again = fact_read(&arena, line.text, line.length, &error, &column);
	if (!again || !fact_equal(fact, again, true))
		abort();
	sbuf_release(&line);
}
