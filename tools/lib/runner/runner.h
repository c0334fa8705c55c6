/*
 * runner.h - the verbs of the migration runner
 *
 * What pk-apply does, for whoever wants it done as a part of something larger. The
 * target's own tables (migration/table.h) say what is applied; files are given by path. Each verb
 * but the reading ones takes the lock (lock.h), looks at everything that may forbid the work, and begins only
 * then. Whatever forbids or interrupts it ends the program (die.h), after saying what is done and what is
 * not; run again, each goes on where it was.
 *
 *     struct runner runner = RUNNER_INIT(&arena, &options);
 *     runner_add_path(&runner, "migrations");
 *     runner_open(&runner, conninfo);
 *     runner_apply(&runner);
 *     runner_close(&runner);
 */
#ifndef PK_RUNNER_H
#define PK_RUNNER_H

#include "migration/committed.h"
#include "runner/run.h"
#include "runner/session.h"
#include "runner/state.h"

#include <stdio.h>

struct runner_options {
	struct run_options run;
	const char *to;           /* a version; NULL: all */
	bool allow_edited, allow_out_of_order;
	/* Nothing is applied unless the target's definitions have this stamp (catalog/stamp.h), once the
	 * lock is taken; NULL: whatever they have. */
	const char *if_stamp;
	bool dry_run;             /* say what would be done, write nothing */
	bool quiet;               /* do not print what is done */
};

struct runner {
	struct arena *arena;
	const struct runner_options *options;
	struct session session;
	const struct migration **files; /* sorted by name */
	size_t count, room;
	bool whole_directory; /* one was given: what is not in it is unknown */
	struct table table;
	struct entries entries;
};

#define RUNNER_INIT(arena_, options_) { .arena = (arena_), .options = (options_) }

/* Adds a directory's migrations or one file. Dies (status 2) when there is no such thing. */
void
runner_add_path(struct runner *runner, const char *path);

/* Connects. `conninfo` must stay as long as the runner. */
void
runner_open(struct runner *runner, const char *conninfo);

void
runner_close(struct runner *runner);

/* Applies what is pending. Returns how many there were. */
size_t
runner_apply(struct runner *runner);

/* Undoes the newest `steps` migrations, or with options->to all that are newer than that. */
size_t
runner_rollback(struct runner *runner, long steps);

/* Takes over the table of its own that dbmate has used: what is applied there counts as applied. */
size_t
runner_adopt(struct runner *runner);

/*
 * Prints each migration and its state, as text or as one JSON object a line. Returns whether
 * all is applied as it stands in the files.
 */
bool
runner_list(struct runner *runner, FILE *out, bool json);

/* Reads what is applied, without the lock: table and entries. */
void
runner_look(struct runner *runner);

/*
 * Prints where the target stands, for scripts, one `key=value` a line:
 *     table                a digest of what is applied and half done
 *     pending              how many are to be applied (up to options->to)
 *     applied              the version of the last applied; nothing: none is
 *     applied_fingerprint  of the state that it ought to be in, as recorded with that
 *     unknown              why that is not known, then the fingerprint is empty
 *     baseline             the baseline's name, where it is pending
 *     baseline_fingerprint recorded with it
 *     last                 the version of the last when all is applied
 *     last_fingerprint     recorded with that; nothing: none is
 */
void
runner_position(struct runner *runner, const struct committed *committed, FILE *out);

#endif
