#include "pg/parallel.h"

#include "base/arena.h"
#include "base/die.h"
#include "pg/quote.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { HELPERS_MAX = 7 };

struct worker {
	PGconn *connection;
	const struct parallel_query *query; /* NULL: idle */
};

struct parallel {
	struct worker workers[HELPERS_MAX + 1]; /* the first is the caller's */
	int count;
};

/* Another connection with the same parameters. NULL when the server has none left. */
static PGconn *
connect_like(PGconn *connection)
{
	PQconninfoOption *options = PQconninfo(connection);
	const char *keywords[64], *values[64];
	size_t count = 0;
	PGconn *other;

	for (PQconninfoOption *o = options; o && o->keyword && count < 63; o++)
		if (o->val) {
			keywords[count] = o->keyword;
			values[count++] = o->val;
		}
	keywords[count] = values[count] = NULL;
	other = PQconnectdbParams(keywords, values, 0);
	PQconninfoFree(options);
	if (PQstatus(other) == CONNECTION_OK)
		return other;
	PQfinish(other);
	return NULL;
}

/* Whether the helper could be made to see the same snapshot. */
static bool
join_snapshot(PGconn *helper, const char *snapshot)
{
	struct sbuf sql = SBUF_INIT;
	PGresult *result;
	bool joined;

	connection_begin_reading(helper);
	sbuf_adds(&sql, "set transaction snapshot ");
	quote_literal(&sql, snapshot);
	result = PQexec(helper, sql.text);
	joined = PQresultStatus(result) == PGRES_COMMAND_OK;
	PQclear(result);
	sbuf_release(&sql);
	return joined;
}

struct parallel *
parallel_begin(PGconn *connection, int helpers)
{
	struct parallel *parallel = memory_resize(NULL, sizeof *parallel);
	PGresult *result;

	*parallel = (struct parallel){ .workers = { { connection, NULL } }, .count = 1 };
	connection_begin_reading(connection);
	if (helpers <= 0)
		return parallel;
	result = PQexec(connection, "select pg_catalog.pg_export_snapshot()");
	if (PQresultStatus(result) != PGRES_TUPLES_OK) {
		/* Some servers (standbys, poolers) cannot: no reason to fail. */
		connection_execute(connection, "rollback");
		connection_begin_reading(connection);
		helpers = 0;
	}
	while (parallel->count <= helpers && parallel->count <= HELPERS_MAX) {
		PGconn *helper = connect_like(connection);

		if (helper && !join_snapshot(helper, PQgetvalue(result, 0, 0))) {
			PQfinish(helper);
			helper = NULL;
		}
		if (!helper)
			break;
		parallel->workers[parallel->count++].connection = helper;
	}
	PQclear(result);
	return parallel;
}

void
parallel_end(struct parallel *parallel)
{
	for (int i = 1; i < parallel->count; i++)
		PQfinish(parallel->workers[i].connection);
	free(parallel);
}

static void
give(struct worker *worker, const struct parallel_query *query)
{
	worker->query = query;
	if (query && !PQsendQuery(worker->connection, query->sql))
		connection_fail(worker->connection, NULL, query->name);
}

/* The worker's result; it is idle afterwards. */
static PGresult *
receive(struct worker *worker)
{
	PGresult *result = PQgetResult(worker->connection), *more;

	if (PQresultStatus(result) != PGRES_TUPLES_OK) {
		struct sbuf what = SBUF_INIT;

		sbuf_addf(&what, "reading %s", worker->query->name);
		connection_fail(worker->connection, result, what.text);
	}
	while ((more = PQgetResult(worker->connection)))
		PQclear(more);
	return result;
}

/* Waits until a worker has its whole result. */
static struct worker *
wait_for_one(struct worker *workers, int count)
{
	for (;;) {
		struct pollfd sockets[HELPERS_MAX + 1];
		nfds_t busy = 0;

		for (int i = 0; i < count; i++) {
			if (!workers[i].query)
				continue;
			if (!PQisBusy(workers[i].connection))
				return &workers[i];
			sockets[busy++] = (struct pollfd){ PQsocket(workers[i].connection), POLLIN, 0 };
		}
		if (poll(sockets, busy, -1) < 0 && errno != EINTR)
			die(STATUS_BUG, "poll: %s", strerror(errno));
		for (int i = 0; i < count; i++)
			if (workers[i].query && !PQconsumeInput(workers[i].connection))
				connection_fail(workers[i].connection, NULL, workers[i].query->name);
	}
}

/*
 * The next query for this worker: those that belong together come first on the first
 * connection and never run on another. NULL when there is none for it.
 */
static const struct parallel_query *
next_for(bool first, const struct parallel_query *list, size_t count, bool *given)
{
	size_t chosen = count;

	for (size_t i = 0; i < count; i++) {
		if (given[i] || (list[i].together && !first))
			continue;
		if (chosen == count)
			chosen = i;
		if (list[i].together == first) {
			chosen = i;
			break;
		}
	}
	if (chosen == count)
		return NULL;
	given[chosen] = true;
	return &list[chosen];
}

void
parallel_run(struct parallel *parallel, const struct parallel_query *list, size_t count)
{
	bool *given = memory_resize(NULL, count * sizeof *given);

	memset(given, 0, count * sizeof *given);
	for (int i = 0; i < parallel->count; i++)
		give(&parallel->workers[i], next_for(i == 0, list, count, given));
	for (size_t done = 0; done < count; done++) {
		struct worker *worker = wait_for_one(parallel->workers, parallel->count);
		const struct parallel_query *query = worker->query;
		PGresult *result = receive(worker);

		/* The server gets its next work before this result is looked at. */
		give(worker, next_for(worker == parallel->workers, list, count, given));
		query->take(query->context, query, result);
		PQclear(result);
	}
	free(given);
}
