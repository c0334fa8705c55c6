#include "runner/ending.h"
#include "runner/lock.h"

#include "base/arena.h"
#include "base/die.h"

#include <stdlib.h>
#include <string.h>

const char *
ending_verb(const struct run *run)
{
	return run->job->down ? "rolled back" : "applied";
}

/* What is done of the migration, for a message. */
static void
add_state(const struct run *run, struct sbuf *out)
{
	if (!run->done)
		sbuf_addf(out, "nothing of %s is %s", run->name, ending_verb(run));
	else
		sbuf_addf(out, "%zu of the %zu steps of %s are %s", run->done, run->job->count, run->name,
		          ending_verb(run));
}

_Noreturn void
ending_interrupted(struct run *run)
{
	struct sbuf text = SBUF_INIT;

	session_rollback(run->session);
	sbuf_adds(&text, "interrupted: ");
	add_state(run, &text);
	report(&(struct report){ .text = text.text, .hint = "run it again to go on" });
	session_end_interrupted();
}

bool
ending_wants_no_transaction(const struct failure *failure)
{
	/* active_sql_transaction: VACUUM, CREATE INDEX CONCURRENTLY …; invalid_transaction_termination: a
	 * procedure that commits, of which what it did until then is undone. */
	return !strcmp(failure->sqlstate, "25001") || !strcmp(failure->sqlstate, "2D000");
}

_Noreturn void
ending_refused(struct run *run, const struct step *step, const struct failure *failure)
{
	const struct migration *migration = run->job->migration;
	long line = step ? step_error_line(step, failure->position, failure->statement) : 0;
	struct sbuf detail = SBUF_INIT;

	session_rollback(run->session);
	if (failure->detail.length)
		sbuf_addf(&detail, "%s\n  ", failure->detail.text);
	add_state(run, &detail);
	die_report(STATUS_REFUSED, &(struct report){
	        .file = migration->path, .line = line, .text = failure->text.text,
	        .detail = detail.text,
	        .hint = run->stepwise || !ending_wants_no_transaction(failure) ? failure->hint.text
	                : run->job->down ? "write \"-- migrate:down transaction:false\""
	                                 : "write \"-- migrate:up transaction:false\"",
	        .sqlstate = failure->sqlstate });
}

_Noreturn void
ending_lost(struct run *run, const struct failure *failure)
{
	const char *version = run->job->migration->version;
	struct arena arena = ARENA_INIT;
	struct sbuf why = SBUF_INIT, detail = SBUF_INIT;
	const struct table_progress *progress;
	struct table table;
	bool is_there;

	report(&(struct report){ .file = run->name, .text = "the connection is lost",
	                         .detail = failure->text.text });
	if (!session_reopen(run->session, &why))
		die_report(STATUS_UNREACHABLE, &(struct report){
		        .text = why.text,
		        .hint = "what the server did last is not known yet: run it again to find out and to go on" });
	if (!lock_try(run->session, run->options->lock_wait, &why, &detail))
		die_report(STATUS_UNREACHABLE, &(struct report){
		        .text = arena_printf(&arena, "what the server did last is not known yet: %s has the lock", why.text),
		        .detail = detail.text, .hint = "run it again when that has ended" });
	sbuf_reset(&detail);
	table_read(run->session->connection, &arena, &table);
	is_there = table_row(&table, version) != NULL;
	progress = table_progress(&table, version);
	run->done = progress ? progress->done : 0;
	if (is_there != run->job->down)
		sbuf_addf(&detail, "%s is %s as a whole", run->name, ending_verb(run));
	else
		add_state(run, &detail);
	die_report(STATUS_UNREACHABLE, &(struct report){
	        .text = "the connection was lost, and could be made again", .detail = detail.text,
	        .hint = "run it again to go on" });
}

static bool
is_worth_trying_again(const struct failure *failure)
{
	static const char *const states[] = { "55P03", "40P01", "40001" };

	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (!strcmp(failure->sqlstate, states[i]))
			return true;
	return false;
}

bool
ending_is_final(const struct run *run, const struct failure *failure)
{
	return !is_worth_trying_again(failure) || run->tries >= run->options->retries;
}

void
ending_handle(struct run *run, enum outcome outcome, const struct step *step, const struct failure *failure)
{
	double pause;

	if (outcome == OUTCOME_LOST)
		ending_lost(run, failure);
	if (outcome == OUTCOME_INTERRUPTED)
		ending_interrupted(run);
	if (ending_is_final(run, failure))
		ending_refused(run, step, failure);
	if (!session_rollback(run->session))
		ending_lost(run, failure);
	/* Half a second, doubled each time up to half a minute, of which a random part is left out, so
	 * that two that are in each other's way part. */
	pause = 0.5 * (double)(1 << (run->tries < 6 ? run->tries : 6));
	pause *= 0.5 + (double)random() / (double)RAND_MAX / 2;
	run->tries++;
	report(&(struct report){ .severity = "note", .file = run->name, .text = failure->text.text,
	                         .sqlstate = failure->sqlstate });
	note("trying again in %.1f s (%ld of %ld)", pause, run->tries, run->options->retries);
	if (!session_sleep(pause))
		ending_interrupted(run);
}
