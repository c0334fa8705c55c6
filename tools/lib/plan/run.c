#include "plan/run.h"

#include "rule/preamble.h"
#include "rule/script.h"

/* NULL: it worked. */
static PGresult *
attempt(PGconn *connection, const char *sql)
{
	PGresult *result = PQexec(connection, sql);

	if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
		return result;
	PQclear(result);
	return NULL;
}

PGresult *
plan_try_run(PGconn *connection, const struct plan *plan, size_t *at)
{
	bool open = false;
	PGresult *failure = attempt(connection, render_preamble);

	for (*at = 0; !failure && *at < plan->count; (*at)++) {
		const struct step *step = &plan->steps[*at];
		bool alone = step->flags & STATEMENT_OUTSIDE;

		if (open && (alone || (step->flags & STATEMENT_FRESH))) {
			failure = attempt(connection, "COMMIT");
			open = false;
		}
		if (!failure && !open && !alone)
			failure = attempt(connection, "BEGIN");
		open = !alone;
		if (!failure)
			failure = attempt(connection, step->sql);
		if (!failure && open && (step->flags & STATEMENT_COMMITTED)) {
			failure = attempt(connection, "COMMIT");
			open = false;
		}
		if (failure)
			return failure;
	}
	return !failure && open ? attempt(connection, "COMMIT") : failure;
}

void
plan_run(PGconn *connection, const struct plan *plan)
{
	size_t at;
	PGresult *failure = plan_try_run(connection, plan, &at);

	if (failure)
		connection_fail(connection, failure, at < plan->count ? plan->steps[at].sql : "COMMIT");
}
