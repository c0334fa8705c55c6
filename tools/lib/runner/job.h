/*
 * job.h - one migration in one direction, divided into what can be done at one blow
 *
 * Where all its sections are transactional a job is `whole`: its steps and the migration's row are one
 * transaction. Otherwise each step is done, and recorded, by itself: a transactional section is one
 * step, in a section with transaction:false each statement is. A transactional section that ends its
 * transaction itself (BEGIN … COMMIT written in the file) is taken for one with transaction:false, for so it would
 * run elsewhere too, but without anybody noticing.
 */
#ifndef PK_RUNNER_JOB_H
#define PK_RUNNER_JOB_H

#include "base/arena.h"
#include "migration/migration.h"

#include <stdbool.h>
#include <stddef.h>

enum step_kind {
	STEP_SECTION,   /* a whole section */
	STEP_STATEMENT,
	STEP_BEGIN,     /* the file's own transaction: from here */
	STEP_INSIDE,    /* … a statement of it … */
	STEP_COMMIT,    /* … to here, or */
	STEP_ROLLBACK   /* to here, nothing of it done */
};

struct step {
	enum step_kind kind;
	const char *text;   /* NUL-ended */
	long line;          /* of the file where the text begins */
	const long *lines;  /* … and each of its statements, `count` of them */
	size_t count;
	bool setting;       /* SET, RESET, set_config(): made again in a new session */
	char hash[SHA256_HEX]; /* of this and all steps before */
};

struct job {
	const struct migration *migration;
	bool down, whole;
	struct step *steps;
	size_t count;
};

/*
 * Dies (status 2) naming the line where the file holds what no runner can do: psql's meta-commands, a quote that is
 * not closed, a transaction that is not ended.
 */
struct job
job_make(struct arena *arena, const struct migration *migration, bool down);

/*
 * The line of the file where the server found an error: at a character (from 1) of the step's text, or else in the
 * statement after the `done` first ones.
 */
long
step_error_line(const struct step *step, size_t character, size_t done);

#endif
