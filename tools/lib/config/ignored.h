/*
 * ignored.h - what .pgschemaignore leaves of a snapshot
 *
 * Which section is for which kind: ignore_sections, with views also for materialized views, functions also
 * for aggregates, types also for enums and domains, tables also for foreign tables. What matches goes with
 * all that stands in it (columns, indexes, comments, privileges) and with the sequences that its columns own.
 * A schema that matches goes with everything in it.
 */
#ifndef PK_IGNORED_H
#define PK_IGNORED_H

#include "config/ignore.h"
#include "fact/snapshot.h"

/*
 * Takes what is ignored out of the snapshot. What stays and needs something of that cannot be made without it: each
 * such thing is said on stderr, as a warning, and the need is forgotten. With `say` the objects that are ignored are
 * said too.
 */
void
ignore_apply(const struct ignore *ignore, struct snapshot *snapshot, bool say);

#endif
