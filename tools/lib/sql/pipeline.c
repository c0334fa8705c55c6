#include "sql/pipeline.h"

#include "pg/connection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

long
refusal_line(const char *text, long position, long line)
{
	for (; *text && position > 1; text++) {
		line += *text == '\n';
		/* Bytes inside a character do not count. */
		position -= (text[1] & 0xc0) != 0x80;
	}
	return line;
}

static const char *
field(struct arena *arena, const PGresult *result, int code)
{
	return arena_string(arena, PQresultErrorField(result, code));
}

static struct refusal
refusal_of(struct arena *arena, const PGresult *result, size_t step)
{
	const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
	const char *internal = PQresultErrorField(result, PG_DIAG_INTERNAL_POSITION);
	struct refusal refusal = {
		.step = step,
		.text = field(arena, result, PG_DIAG_MESSAGE_PRIMARY),
		.detail = field(arena, result, PG_DIAG_MESSAGE_DETAIL),
		.hint = field(arena, result, PG_DIAG_MESSAGE_HINT),
		.sqlstate = field(arena, result, PG_DIAG_SQLSTATE),
		.context = field(arena, result, PG_DIAG_CONTEXT),
		.position = position ? strtol(position, NULL, 10) : 0,
		.internal_position = internal ? strtol(internal, NULL, 10) : 0,
		.internal_query = field(arena, result, PG_DIAG_INTERNAL_QUERY),
	};

	if (!refusal.text)
		refusal.text = arena_string(arena, PQresultErrorMessage(result));
	return refusal;
}

/* Where the notices of the statement that is being read go. */
struct listener {
	struct arena *arena;
	struct refusal_list *warnings;
	size_t step;
};

/*
 * Each statement's ParseComplete stands between the answer to the one before and
 * its own notices, and libpq stops reading there: a notice belongs to the
 * statement whose result is read next.
 */
static void
listen_notice(void *listener, const PGresult *result)
{
	struct listener *l = listener;
	const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	if (!sqlstate || (strcmp(sqlstate, "01006") && strcmp(sqlstate, "01007")))
		return;
	GROW(l->warnings->items, l->warnings->count, l->warnings->room);
	l->warnings->items[l->warnings->count++] = refusal_of(l->arena, result, l->step);
}

struct refusal
pipeline_run(PGconn *connection, struct arena *arena, const char *const *steps, size_t count,
             struct refusal_list *warnings)
{
	struct refusal refusal = { .step = SIZE_MAX };
	struct listener listener = { .arena = arena, .warnings = warnings };
	PQnoticeReceiver receiver = PQsetNoticeReceiver(connection, NULL, NULL);
	PGresult *result;

	warnings->count = 0;
	PQsetNoticeReceiver(connection, listen_notice, &listener);
	if (!PQenterPipelineMode(connection))
		connection_fail(connection, NULL, "loading");
	for (size_t i = 0; i < count; i++)
		if (!PQsendQueryParams(connection, steps[i], 0, NULL, NULL, NULL, NULL, 0))
			connection_fail(connection, NULL, "loading");
	if (!PQpipelineSync(connection))
		connection_fail(connection, NULL, "loading");
	for (size_t i = 0; i < count; i++) {
		listener.step = i;
		while ((result = PQgetResult(connection))) {
			if (PQresultStatus(result) == PGRES_FATAL_ERROR) {
				if (PQstatus(connection) != CONNECTION_OK)
					connection_fail(connection, result, "loading");
				if (refusal.step == SIZE_MAX)
					refusal = refusal_of(arena, result, i);
			}
			PQclear(result);
		}
	}
	result = PQgetResult(connection);
	if (PQresultStatus(result) != PGRES_PIPELINE_SYNC)
		connection_fail(connection, result, "loading");
	PQclear(result);
	if (!PQexitPipelineMode(connection))
		connection_fail(connection, NULL, "loading");
	PQsetNoticeReceiver(connection, receiver, NULL);
	return refusal;
}
