#include "runner/run.h"
#include "runner/ending.h"
#include "runner/leftover.h"
#include "runner/observe.h"

#include "base/die.h"
#include "pg/quote.h"

#include <string.h>
#include <time.h>

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ------------------------------------------------------------ our own part */

static void
add_timeouts(struct sbuf *out, const struct run_options *options)
{
	sbuf_adds(out, "set lock_timeout = ");
	quote_literal(out, options->lock_timeout ? options->lock_timeout : "0");
	sbuf_adds(out, "; set statement_timeout = ");
	quote_literal(out, options->statement_timeout ? options->statement_timeout : "0");
	sbuf_adds(out, ";");
}

void
run_check_options(struct session *session, const struct run_options *options)
{
	struct sbuf sql = SBUF_INIT;

	add_timeouts(&sql, options);
	PQclear(session_query(session, sql.text));
	sbuf_release(&sql);
}

/*
 * What a migration finds: the settings that the connection began with, none that the one before
 * has left, and the lock, which a statement may have let go (DISCARD ALL). Divides by zero when it cannot be had, so
 * that nothing of what follows in the same query is done.
 */
enum { PRELUDE_STATEMENTS = 6 };

static void
add_prelude(const struct run *run, struct sbuf *sql)
{
	sbuf_adds(sql, "reset session authorization; reset role; reset all;");
	add_timeouts(sql, run->options);
	sbuf_adds(sql, "select 1 / pg_catalog.pg_try_advisory_lock(" TABLE_LOCK ")::integer;");
}

static void
check_lock(const struct failure *failure)
{
	if (failure->statement == PRELUDE_STATEMENTS - 1 && !strcmp(failure->sqlstate, "22012"))
		die_hint(STATUS_NO, "run it again; a connection pooler must be in session mode",
		         "the lock of this database was lost, and another runner has it now");
}

/* The SQL with which the migration counts as applied (or not any more). */
static void
add_record(const struct run *run, struct sbuf *sql)
{
	const struct migration *migration = run->job->migration;

	if (run->job->down)
		table_forget_sql(sql, migration->version);
	else
		table_applied_sql(sql, &(struct table_row){
		        .version = migration->version, .name = migration->name,
		        .checksum = migration->checksum,
		        .duration_ms = run->stepwise ? (long)((now() - run->start) * 1000)
		                                     : TABLE_DURATION_TRANSACTION });
	if (run->stepwise)
		table_no_progress_sql(sql, migration->version);
}

static void
add_progress(const struct run *run, struct sbuf *sql, size_t done, bool started)
{
	table_progress_sql(sql, &(struct table_progress){
	        .version = run->job->migration->version, .down = run->job->down, .done = done,
	        .started = started, .hash = done ? run->job->steps[done - 1].hash : "" });
}

/* The end of a transaction begins with being ourselves again and, on request, a look at its locks. */
static void
add_end(const struct run *run, struct sbuf *sql)
{
	sbuf_adds(sql, run->session->own_role);
	if (run->options->observer)
		sbuf_adds(sql, observe_sql);
}

static enum outcome
run_observed(struct run *run, const char *sql, struct failure *failure)
{
	struct observer *observer = run->options->observer;
	PGresult *rows = NULL;
	enum outcome outcome = session_run(run->session, sql, observer ? &rows : NULL, failure);

	if (outcome == OUTCOME_DONE && rows)
		observe_locks(observer, run->name, rows);
	PQclear(rows);
	return outcome;
}

/* ------------------------------------------------------------ a whole one */

/*
 * All of it is one query: the transaction's begin, the sections, the record, the commit. So a small migration costs
 * one message, and the connection of a runner that is gone leaves no transaction open.
 */
static enum outcome
try_whole(struct run *run, struct failure *failure)
{
	struct sbuf sql = SBUF_INIT;
	enum outcome outcome;

	run->start = now();
	add_prelude(run, &sql);
	sbuf_adds(&sql, "begin;");
	for (size_t i = 0; i < run->job->count; i++)
		/* A section may end in a comment, and need not end in a semicolon. */
		sbuf_addf(&sql, "%s\n;\n", run->job->steps[i].text);
	add_end(run, &sql);
	add_record(run, &sql);
	sbuf_adds(&sql, "commit");
	outcome = run_observed(run, sql.text, failure);
	sbuf_release(&sql);
	return outcome;
}

static size_t
count_characters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += (*text & 0xc0) != 0x80;
	return count;
}

/*
 * The section in which the query failed, and the failure's place as one of that section; NULL when it was
 * in what is ours (a deferred constraint, at the commit).
 */
static const struct step *
locate(const struct run *run, struct failure *failure)
{
	struct sbuf prelude = SBUF_INIT;
	size_t skipped;

	add_prelude(run, &prelude);
	skipped = prelude.length + strlen("begin;");
	sbuf_release(&prelude);
	/* What cannot be parsed has a position and nothing done; all else at least began. */
	if (!failure->position && failure->statement <= PRELUDE_STATEMENTS)
		return NULL;
	failure->statement -= failure->statement > PRELUDE_STATEMENTS ? PRELUDE_STATEMENTS + 1 : 0;
	for (size_t i = 0; i < run->job->count; i++) {
		const struct step *step = &run->job->steps[i];
		size_t characters = count_characters(step->text) + strlen("\n;\n");

		if (failure->position ? failure->position <= skipped + characters : failure->statement < step->count) {
			failure->position -= failure->position ? skipped : 0;
			return step;
		}
		skipped += characters;
		failure->statement -= failure->statement < step->count ? failure->statement : step->count;
	}
	return NULL;
}

static void
run_whole(struct run *run)
{
	struct failure failure = FAILURE_INIT;
	enum outcome outcome;

	while ((outcome = try_whole(run, &failure)) != OUTCOME_DONE) {
		check_lock(&failure);
		ending_handle(run, outcome, outcome == OUTCOME_REFUSED ? locate(run, &failure) : NULL, &failure);
	}
	failure_release(&failure);
}

/* -------------------------------------------------------------- step by step */

static void
prepare(struct run *run)
{
	struct failure failure = FAILURE_INIT;
	struct sbuf sql = SBUF_INIT;
	enum outcome outcome;

	add_prelude(run, &sql);
	while ((outcome = session_run(run->session, sql.text, NULL, &failure)) != OUTCOME_DONE) {
		check_lock(&failure);
		ending_handle(run, outcome, NULL, &failure);
	}
	failure_release(&failure);
	sbuf_release(&sql);
}

/* A transaction with nothing but our records in it. */
static void
record(struct run *run, const char *records)
{
	struct failure failure = FAILURE_INIT;
	struct sbuf sql = SBUF_INIT;
	enum outcome outcome;

	sbuf_addf(&sql, "begin; %s %s commit", run->session->own_role, records);
	while ((outcome = session_run(run->session, sql.text, NULL, &failure)) != OUTCOME_DONE)
		ending_handle(run, outcome, NULL, &failure);
	failure_release(&failure);
	sbuf_release(&sql);
}

static void
record_progress(struct run *run, size_t done, bool started)
{
	struct sbuf sql = SBUF_INIT;

	add_progress(run, &sql, done, started);
	record(run, sql.text);
	run->done = done;
	sbuf_release(&sql);
}

/* The step and its record in one transaction. */
static enum outcome
try_in_transaction(struct run *run, const struct step *step, struct failure *failure)
{
	struct sbuf sql = SBUF_INIT;
	enum outcome outcome = session_run(run->session, "begin", NULL, failure);

	if (outcome == OUTCOME_DONE)
		outcome = session_run(run->session, step->text, NULL, failure);
	if (outcome == OUTCOME_DONE) {
		add_end(run, &sql);
		add_progress(run, &sql, run->done + 1, false);
		sbuf_adds(&sql, "commit");
		outcome = run_observed(run, sql.text, failure);
	}
	if (outcome == OUTCOME_DONE)
		run->done++;
	sbuf_release(&sql);
	return outcome;
}

/* Without a transaction; what it may have left is cleared away first. */
static enum outcome
try_alone(struct run *run, const struct step *step, struct failure *failure)
{
	bool concurrent = leftover_is_concurrent(step->text);
	enum outcome outcome = OUTCOME_DONE;
	struct sbuf sql = SBUF_INIT;
	PGresult *rows = NULL;

	/* It may wait for others as long as it takes: nobody waits for it, and to begin anew is dear. */
	if (concurrent)
		outcome = session_run(run->session,
		                      "select pg_catalog.current_setting('lock_timeout'); set lock_timeout = 0",
		                      &rows, failure);
	if (outcome == OUTCOME_DONE)
		outcome = leftover_clear(run->session, step->text, failure);
	if (outcome == OUTCOME_DONE)
		outcome = session_run(run->session, step->text, NULL, failure);
	if (outcome == OUTCOME_DONE || outcome == OUTCOME_REFUSED) {
		enum outcome result = outcome;
		struct failure unused = FAILURE_INIT;

		if (concurrent) {
			sbuf_adds(&sql, "set lock_timeout = ");
			quote_literal(&sql, PQgetvalue(rows, 0, 0));
			outcome = session_run(run->session, sql.text, NULL, &unused);
		}
		if (outcome != OUTCOME_LOST)
			outcome = result;
		failure_release(&unused);
	}
	PQclear(rows);
	sbuf_release(&sql);
	return outcome;
}

static void
run_alone(struct run *run, const struct step *step)
{
	struct failure failure = FAILURE_INIT;
	enum outcome outcome;

	record_progress(run, run->done, true);
	while ((outcome = try_alone(run, step, &failure)) != OUTCOME_DONE) {
		/* It is known that it did not come to its end. */
		if (outcome == OUTCOME_REFUSED && ending_is_final(run, &failure))
			record_progress(run, run->done, false);
		ending_handle(run, outcome, step, &failure);
	}
	record_progress(run, run->done + 1, false);
	if (run->options->observer)
		observe_alone(run->options->observer, run->name, step->text);
	failure_release(&failure);
}

static void
run_step(struct run *run, const struct step *step)
{
	struct failure failure = FAILURE_INIT;
	enum outcome outcome;

	while ((outcome = try_in_transaction(run, step, &failure)) != OUTCOME_DONE) {
		if (outcome == OUTCOME_REFUSED && step->kind == STEP_STATEMENT &&
		    ending_wants_no_transaction(&failure)) {
			if (!session_rollback(run->session))
				ending_lost(run, &failure);
			run_alone(run, step);
			break;
		}
		ending_handle(run, outcome, step, &failure);
	}
	failure_release(&failure);
}

/* A transaction that the file begins and ends itself; the record is made before its COMMIT. */
static enum outcome
try_own_transaction(struct run *run, const struct step **at, struct failure *failure)
{
	const struct step *step = &run->job->steps[run->done];
	enum outcome outcome = session_run(run->session, step->text, NULL, failure);
	size_t done = run->done + 1;

	for (bool open = true; open && outcome == OUTCOME_DONE; done++) {
		struct sbuf sql = SBUF_INIT;

		step = &run->job->steps[done];
		open = step->kind == STEP_INSIDE;
		if (step->kind == STEP_COMMIT) {
			add_end(run, &sql);
			add_progress(run, &sql, done + 1, false);
			outcome = run_observed(run, sql.text, failure);
			sbuf_release(&sql);
		}
		if (outcome == OUTCOME_DONE)
			outcome = session_run(run->session, step->text, NULL, failure);
	}
	*at = step;
	if (outcome == OUTCOME_DONE)
		run->done = done;
	return outcome;
}

static void
run_own_transaction(struct run *run)
{
	struct failure failure = FAILURE_INIT;
	const struct step *at;
	enum outcome outcome;

	while ((outcome = try_own_transaction(run, &at, &failure)) != OUTCOME_DONE)
		ending_handle(run, outcome, at, &failure);
	failure_release(&failure);
}

/* --------------------------------------------------------------- taking up */

/* Decides about the step that was under way without a transaction when the last run was cut off. */
static void
resolve(struct run *run)
{
	const struct step *step = &run->job->steps[run->done];
	const char *decided = run->options->interrupted;
	struct failure failure = FAILURE_INIT;
	enum effect effect;
	enum outcome outcome;

	while ((outcome = leftover_effect(run->session, step->text, &effect, &failure)) != OUTCOME_DONE)
		ending_handle(run, outcome, step, &failure);
	if (effect == EFFECT_UNKNOWN && decided)
		effect = strcmp(decided, "done") ? EFFECT_NONE : EFFECT_DONE;
	if (effect == EFFECT_UNKNOWN)
		die_report(STATUS_NO, &(struct report){
		        .file = run->job->migration->path, .line = step->lines[0],
		        .text = "the run before was cut off while this statement ran, and whether it took effect cannot be known",
		        .detail = "it cannot run in a transaction",
		        .hint = "look what it did, and run again with --interrupted=done or --interrupted=again" });
	if (effect == EFFECT_DONE)
		record_progress(run, run->done + 1, false);
	failure_release(&failure);
}

/* A new session has none of the settings that the file has made so far. */
static void
restore_settings(struct run *run)
{
	struct failure failure = FAILURE_INIT;

	for (size_t i = 0; i < run->done; i++) {
		const struct step *step = &run->job->steps[i];
		enum outcome outcome = OUTCOME_DONE;

		if (step->setting)
			outcome = session_run(run->session, step->text, NULL, &failure);
		if (outcome == OUTCOME_LOST)
			ending_lost(run, &failure);
		if (outcome == OUTCOME_INTERRUPTED)
			ending_interrupted(run);
		if (outcome == OUTCOME_REFUSED)
			ending_refused(run, step, &failure);
	}
	failure_release(&failure);
}

static void
take_up(struct run *run, const struct table_progress *progress)
{
	const struct job *job = run->job;

	if (progress->done > job->count ||
	    (progress->done && strcmp(progress->hash, job->steps[progress->done - 1].hash) != 0))
		die_hint(STATUS_NO, "put the steps that are done back as they were; what follows may be changed",
		         "%s was changed where it is already %s: its first %zu steps are done",
		         run->job->migration->path, ending_verb(run), progress->done);
	run->done = progress->done;
	note("%s: taken up again, %zu of %zu steps are done", run->name, run->done, job->count);
	restore_settings(run);
	if (progress->started && run->done < job->count)
		resolve(run);
}

static void
run_steps(struct run *run, const struct table_progress *progress)
{
	struct sbuf sql = SBUF_INIT;

	run->start = now();
	run->stepwise = true;
	prepare(run);
	table_make_progress(run->session->connection);
	if (progress)
		take_up(run, progress);
	while (run->done < run->job->count) {
		const struct step *step = &run->job->steps[run->done];

		if (session_interrupted())
			ending_interrupted(run);
		if (step->kind == STEP_BEGIN)
			run_own_transaction(run);
		else
			run_step(run, step);
	}
	add_record(run, &sql);
	record(run, sql.text);
	sbuf_release(&sql);
}

long
run_job(struct session *session, const struct job *job, const struct run_options *options,
        const struct table_progress *progress)
{
	struct run run = { .session = session, .job = job, .options = options, .name = job->migration->name };

	session->running = run.name;
	if (job->whole && !progress)
		run_whole(&run);
	else
		run_steps(&run, progress);
	session->running = NULL;
	return (long)((now() - run.start) * 1000);
}
