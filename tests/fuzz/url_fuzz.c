/* URLs of databases, and passwords in whatever is said. */
#include "fuzz.h"
#include "base/die.h"
#include "config/url.h"

#include <stdlib.h>

void
fuzz_one(const char *text, size_t size)
{
	static struct arena arena;

	(void)size;
	arena_release(&arena);
	free(mask_passwords(text));
	if (url_has_scheme(text) && !url_wrong(&arena, text))
		url_identity(&arena, text);
}
