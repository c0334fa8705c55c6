#include "sql/load.h"

#include "base/die.h"
#include "pg/connection.h"
#include "sql/load_order.h"
#include "sql/pipeline.h"
#include "sql/validate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * How many statements are sent at once. Releasing a savepoint costs the server
 * time for every relation and lock that the transaction holds so far, so many
 * small pieces would make the cost quadratic.
 */
enum { BATCH_FIRST = 64, BATCH_MAX = 512, BATCH_BYTES = 1 << 20 };

struct list {
	size_t *items;
	size_t count, room;
};

struct run {
	PGconn *connection;
	struct arena *arena;
	const struct load_options *options;
	struct load_result *result;
	struct load_order order;
	struct functions functions; /* that were there before */
	struct refusal *refusals; /* the last one of each node */
	bool *loaded, *failed;
	const struct settings *settings; /* that are in force in the session */
	struct setting_steps switching;
	const char **steps; /* of the batch at hand, */
	size_t step_count, step_room;
	struct list places; /* and which of its statements each belongs to */
	struct refusal_list warnings;
	struct list failing;  /* tried, to be tried again */
	struct list doubtful; /* a GRANT or REVOKE that has not done what it says */
	size_t batch;
	bool own_transaction, may_be_piecemeal, piecemeal;
	bool restart; /* all over again, piecemeal */
	bool stop;    /* nothing more can work */
};

static void
list_add(struct list *list, size_t item)
{
	GROW(list->items, list->count, list->room);
	list->items[list->count++] = item;
}

/* ------------------------------------------------------------- one batch */

static void
add_step(struct run *run, const char *sql, size_t place)
{
	GROW(run->steps, run->step_count, run->step_room);
	run->steps[run->step_count++] = sql;
	list_add(&run->places, place);
}

/* How many statements from here on make one batch. */
static size_t
batch_size(const struct run *run, const size_t *nodes, size_t count)
{
	size_t n = 0, bytes = 0;

	while (n < count && n < run->batch && bytes < BATCH_BYTES)
		bytes += run->order.nodes[nodes[n++]].item->statement.length;
	return n;
}

static void
note_warnings(struct run *run, const size_t *nodes)
{
	for (size_t i = 0; i < run->warnings.count; i++) {
		size_t node = nodes[run->places.items[run->warnings.items[i].step]];

		/* The same statement may warn several times. */
		if (!run->doubtful.count || run->doubtful.items[run->doubtful.count - 1] != node)
			list_add(&run->doubtful, node);
		run->refusals[node] = run->warnings.items[i];
	}
}

/*
 * Runs these nodes, all of them or none. Returns how many were run: `count`, or
 * the place of the one that failed, its refusal noted.
 */
static size_t
run_batch(struct run *run, const size_t *nodes, size_t count)
{
	const struct settings *settings = run->settings;
	struct refusal refusal;
	size_t place;

	run->step_count = run->places.count = 0;
	add_step(run, run->piecemeal ? "BEGIN" : "SAVEPOINT pk_batch", 0);
	for (size_t i = 0; i < count; i++) {
		const struct load_node *node = &run->order.nodes[nodes[i]];

		settings_switch(settings, node->item->settings, run->arena, &run->switching);
		for (size_t k = 0; k < run->switching.count; k++)
			add_step(run, run->switching.items[k], i);
		settings = node->item->settings;
		add_step(run, node->sql, i);
	}
	add_step(run, run->piecemeal ? "COMMIT" : "RELEASE SAVEPOINT pk_batch", count - 1);
	refusal = pipeline_run(run->connection, run->arena, run->steps, run->step_count, &run->warnings);
	if (refusal.step == SIZE_MAX) {
		run->settings = settings;
		note_warnings(run, nodes);
		return count;
	}
	if (!run->piecemeal)
		connection_execute(run->connection, "ROLLBACK TO SAVEPOINT pk_batch; "
		                                    "RELEASE SAVEPOINT pk_batch");
	else if (PQtransactionStatus(run->connection) != PQTRANS_IDLE)
		connection_execute(run->connection, "ROLLBACK");
	place = run->places.items[refusal.step];
	run->refusals[nodes[place]] = refusal;
	return place;
}

/* ---------------------------------------------------------------- rounds */

static bool
is_state(const struct refusal *refusal, const char *sqlstate)
{
	return refusal->sqlstate && !strcmp(refusal->sqlstate, sqlstate);
}

/*
 * What is to be done about the failure of the statement at `place` of a batch of
 * `count`, but for trying it again later. Returns whether that was all.
 */
static bool
mend(struct run *run, const struct refusal *refusal, size_t place, size_t count)
{
	/* The lock table is full; a new value of an enum is used. Both need a commit. */
	bool full = is_state(refusal, "53200"), enum_value = is_state(refusal, "55P04");

	if (!full && !enum_value)
		return false;
	if (run->piecemeal) {
		if (count == 1)
			return false;
		run->batch = place ? place : 1;
		return true;
	}
	if (run->may_be_piecemeal)
		run->restart = true;
	else if (full)
		run->stop = true;
	return run->restart;
}

/*
 * Runs nodes in order, in batches as large as they go well; what fails is added
 * to `failing`. The statements before a failed one go again, as a batch of their own.
 */
static void
run_list(struct run *run, const size_t *nodes, size_t count)
{
	for (size_t at = 0; at < count && !run->restart && !run->stop;) {
		size_t n = batch_size(run, nodes + at, count - at);
		size_t done = run_batch(run, nodes + at, n);

		if (done == n) {
			for (size_t i = 0; i < n; i++)
				run->loaded[nodes[at + i]] = true;
			at += n;
			run->batch = run->batch * 2 < BATCH_MAX ? run->batch * 2 : BATCH_MAX;
			continue;
		}
		const struct refusal *refusal = &run->refusals[nodes[at + done]];

		if (mend(run, refusal, done, n))
			continue;
		if (run->stop) {
			list_add(&run->failing, nodes[at + done]);
			break;
		}
		/* Deferred constraints fail at the commit: who it was shows one by one. */
		if (n > 1 && refusal->step == run->step_count - 1) {
			run->batch = 1;
			continue;
		}
		run->batch = done / 2 > 1 ? done / 2 : 1;
		if (done && run_batch(run, nodes + at, done) != done) {
			run->batch = 1;
			continue;
		}
		for (size_t i = 0; i < done; i++)
			run->loaded[nodes[at + i]] = true;
		list_add(&run->failing, nodes[at + done]);
		at += done + 1;
	}
}

/* Tries what has failed again, in its order, until nothing moves any more. */
static void
run_failing(struct run *run)
{
	struct list again = { 0 };
	size_t before;

	do {
		size_t hopeless = 0;

		before = run->failing.count + run->doubtful.count;
		again.count = 0;
		for (size_t i = 0; i < run->failing.count; i++) {
			/* What cannot be parsed stays so. */
			if (is_state(&run->refusals[run->failing.items[i]], "42601"))
				run->failing.items[hopeless++] = run->failing.items[i];
			else
				list_add(&again, run->failing.items[i]);
		}
		for (size_t i = 0; i < run->doubtful.count; i++)
			list_add(&again, run->doubtful.items[i]);
		run->failing.count = hopeless;
		run->doubtful.count = 0;
		run_list(run, again.items, again.count);
	} while (run->failing.count + run->doubtful.count < before && !run->restart && !run->stop);
	free(again.items);
}

static void
run_sequence(struct run *run)
{
	const struct load_order *order = &run->order;

	for (size_t from = 0, to; from < order->count && !run->restart && !run->stop; from = to) {
		for (to = from + 1; to < order->count; to++)
			if (order->nodes[order->sequence[to]].barrier)
				break;
		run_list(run, order->sequence + from, to - from);
		if (run->failing.count + run->doubtful.count && !run->restart && !run->stop)
			run_failing(run);
	}
}

/* --------------------------------------------------------------- the whole */

static bool
is_empty(PGconn *connection)
{
	char *value = connection_value(connection,
	                               "select not exists (select from pg_catalog.pg_class where oid >= 16384) and "
	                               "not exists (select from pg_catalog.pg_proc where oid >= 16384)");
	bool yes = value && *value == 't';

	free(value);
	return yes;
}

/* Whether one transaction can plainly not hold the locks of all that will be made. */
static bool
is_too_much(const struct run *run)
{
	static const char sql[] =
		"select pg_catalog.current_setting('max_locks_per_transaction')::bigint * "
		"(pg_catalog.current_setting('max_connections')::bigint + "
		"pg_catalog.current_setting('max_prepared_transactions')::bigint)";
	char *capacity = connection_value(run->connection, sql);
	long locks = 0, room = strtol(capacity, NULL, 10);

	/* A table has its key's index, its TOAST table and the index of that. */
	for (size_t n = 0; n < run->order.count; n++) {
		enum stage stage = run->order.nodes[n].subject.stage;

		locks += stage == STAGE_TABLE ? 4 : stage == STAGE_INDEX || stage == STAGE_VIEW;
	}
	free(capacity);
	return locks > 2 * room;
}

static void
begin(struct run *run)
{
	run->settings = &settings_none;
	run->batch = BATCH_FIRST;
	run->failing.count = run->doubtful.count = 0;
	run->restart = false;
	memset(run->loaded, 0, run->order.count * sizeof *run->loaded);
	if (run->own_transaction && !run->piecemeal)
		connection_execute(run->connection, "BEGIN");
	else if (!run->piecemeal)
		connection_execute(run->connection, "SAVEPOINT pk_load");
	connection_execute(run->connection, settings_start);
}

/* Takes everything back, unless it is committed already. */
static void
give_up(struct run *run)
{
	run->result->partial = run->piecemeal && !run->restart;
	if (run->piecemeal)
		connection_execute(run->connection, settings_end);
	else if (run->own_transaction)
		connection_execute(run->connection, "ROLLBACK");
	else
		connection_execute(run->connection, "ROLLBACK TO SAVEPOINT pk_load; RELEASE SAVEPOINT pk_load");
}

/* Commits; a deferred constraint may still object. */
static void
finish(struct run *run)
{
	const char *end = run->piecemeal         ? ""
	                  : run->own_transaction ? "COMMIT"
	                                         : "RELEASE SAVEPOINT pk_load";
	PGresult *result;

	settings_switch(run->settings, &settings_none, run->arena, &run->switching);
	for (size_t i = 0; i < run->switching.count; i++)
		connection_execute(run->connection, run->switching.items[i]);
	connection_execute(run->connection, settings_end);
	result = PQexec(run->connection, end);
	if (PQresultStatus(result) == PGRES_FATAL_ERROR)
		connection_fail(run->connection, result, "committing what was loaded");
	PQclear(result);
}

/* -------------------------------------------------------------- the result */

static struct load_failure
failure_of(const struct run *run, size_t n, bool warning)
{
	const struct refusal *refusal = &run->refusals[n];
	const struct statement *statement = &run->order.nodes[n].item->statement;
	bool full = is_state(refusal, "53200");

	return (struct load_failure){
		.item = run->order.nodes[n].item,
		.file = statement->file,
		.line = refusal_line(statement->text, refusal->position, statement->line),
		.text = refusal->text,
		.detail = refusal->detail,
		.hint = full ? "raise max_locks_per_transaction: all of it is one transaction"
		             : refusal->hint,
		.sqlstate = refusal->sqlstate,
		.consequence = !warning && load_order_is_consequence(&run->order, n, run->failed,
		                                                     refusal->text),
		.warning = warning,
	};
}

static int
compare_numbers(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

static void
list_sort(struct list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, compare_numbers);
}

static struct load_failure
failure_of_body(const struct run *run, const struct invalid_function *invalid)
{
	const struct load_node *node = invalid->node;

	return (struct load_failure){
		.item = node ? node->item : NULL,
		.file = node ? node->item->statement.file : NULL,
		.line = invalid->line,
		.text = arena_printf(run->arena, "the body of %s: %s", invalid->signature,
		                     invalid->refusal.text),
		.detail = invalid->refusal.detail,
		.hint = invalid->refusal.hint,
		.sqlstate = invalid->refusal.sqlstate,
		.warning = run->options->bodies != LOAD_BODIES_STRICT,
	};
}

static int
compare_invalid(const void *a, const void *b)
{
	const struct invalid_function *x = a, *y = b;

	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void
collect_failures(struct run *run)
{
	struct load_result *result = run->result;
	struct list *failing = &run->failing, *doubtful = &run->doubtful;
	struct invalid_function *invalid = NULL;
	size_t invalid_count = 0;

	list_sort(failing);
	list_sort(doubtful);
	for (size_t i = 0; i < failing->count; i++)
		run->failed[failing->items[i]] = true;
	for (size_t n = 0; n < run->order.count; n++) {
		result->statements += run->loaded[n];
		if (!run->loaded[n] && !run->failed[n] && !run->stop)
			die(STATUS_BUG, "%s:%ld was never run", run->order.nodes[n].item->statement.file,
			    run->order.nodes[n].item->statement.line);
	}
	if (!failing->count && run->options->bodies != LOAD_BODIES_UNSEEN)
		invalid_count = functions_validate(run->connection, run->arena, &run->order,
		                                   &run->functions, &invalid);
	result->failures = arena_array(run->arena, failing->count + doubtful->count + invalid_count,
	                               sizeof *result->failures);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < failing->count; i++) {
			struct load_failure failure = failure_of(run, failing->items[i], false);

			if (failure.consequence == (pass == 1))
				result->failures[result->count++] = failure;
		}
	if (invalid_count)
		qsort(invalid, invalid_count, sizeof *invalid, compare_invalid);
	for (size_t i = 0; i < invalid_count; i++)
		result->failures[result->count++] = failure_of_body(run, &invalid[i]);
	if (run->options->bodies == LOAD_BODIES_STRICT || failing->count)
		result->errors = result->count;
	for (size_t i = 0; i < doubtful->count; i++)
		result->failures[result->count++] = failure_of(run, doubtful->items[i], true);
}

bool
load_sources(PGconn *connection, const struct sources *sources, const struct load_options *options,
            struct arena *arena, struct load_result *result)
{
	struct run run = {
		.connection = connection,
		.arena = arena,
		.options = options,
		.result = result,
		.own_transaction = PQtransactionStatus(connection) == PQTRANS_IDLE,
	};

	*result = (struct load_result){ 0 };
	load_order_make(&run.order, arena, sources);
	run.refusals = arena_array(arena, sources->count, sizeof *run.refusals);
	run.failed = arena_array(arena, sources->count, sizeof *run.failed);
	run.loaded = arena_array(arena, sources->count, sizeof *run.loaded);
	if (run.own_transaction)
		run.may_be_piecemeal = options->piecemeal || is_empty(connection);
	if (options->bodies != LOAD_BODIES_UNSEEN)
		run.functions = functions_before(connection, arena);
	run.piecemeal = run.may_be_piecemeal && (options->piecemeal || is_too_much(&run));
	begin(&run);
	run_sequence(&run);
	if (run.restart) {
		give_up(&run);
		run.piecemeal = true;
		begin(&run);
		run_sequence(&run);
	}
	collect_failures(&run);
	if (result->errors)
		give_up(&run);
	else
		finish(&run);
	free(run.switching.items);
	free(run.steps);
	free(run.places.items);
	free(run.warnings.items);
	free(run.failing.items);
	free(run.doubtful.items);
	return !result->errors;
}
