/*
 * state.h - migration files beside what the target says of them
 */
#ifndef PK_RUNNER_STATE_H
#define PK_RUNNER_STATE_H

#include "base/arena.h"
#include "migration/migration.h"
#include "migration/table.h"

#include <stdbool.h>
#include <stddef.h>

enum state {
	STATE_APPLIED,
	STATE_EDITED,     /* applied, and the file was changed since */
	STATE_PENDING,
	STATE_UNFINISHED, /* begun, some of its steps are done */
	STATE_UNKNOWN     /* applied or begun there, no such file here */
};

/* "applied" … */
extern const char *const state_names[];

struct entry {
	enum state state;
	bool late; /* pending or unfinished, though one that comes after it is applied */
	const char *version;
	const struct migration *migration;       /* NULL: unknown */
	const struct table_row *row;             /* NULL: not applied as a whole */
	const struct table_progress *progress;   /* NULL: not under way */
};

struct entries {
	struct entry *items; /* files in dbmate's order (by name), unknown ones where their version belongs */
	size_t count;
};

/*
 * `all` says that `files` (sorted by name) are all there are, so that what else is applied is unknown.
 */
struct entries
state_compare(struct arena *arena, const struct migration *const *files, size_t count,
              const struct table *table, bool all);

#endif
