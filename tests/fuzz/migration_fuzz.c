/* Migration files, and SQL made safe to stand in one. */
#include "fuzz.h"
#include "migration/migration.h"
#include "migration/protect.h"

#include <stdlib.h>
#include <string.h>

void
fuzz_one(const char *text, size_t size)
{
	static struct arena arena;
	static struct sbuf sql, safe;
	struct migration migration;
	long line;

	arena_release(&arena);
	if (strlen(text) != size)
		return;
	migration_parse(&arena, text, &migration, &line);
	sql = safe = (struct sbuf)SBUF_INIT;
	sbuf_add(&sql, text, size);
	migration_protect(&arena, &safe, &sql);
	if (migration_directive_line(safe.text))
		abort();
	sbuf_release(&sql);
	sbuf_release(&safe);
}
