#include "plan/run.h"

#include "rule/preamble.h"
#include "rule/script.h"

void
plan_run(PGconn *connection, const struct plan *plan)
{
	bool open = false;

	connection_execute(connection, render_preamble);
	for (size_t i = 0; i < plan->count; i++) {
		const struct step *step = &plan->steps[i];
		bool alone = step->flags & STATEMENT_OUTSIDE;

		if (open && (alone || (step->flags & STATEMENT_FRESH))) {
			connection_execute(connection, "COMMIT");
			open = false;
		}
		if (!open && !alone)
			connection_execute(connection, "BEGIN");
		open = !alone;
		connection_execute(connection, step->sql);
		if (open && (step->flags & STATEMENT_COMMITTED)) {
			connection_execute(connection, "COMMIT");
			open = false;
		}
	}
	if (open)
		connection_execute(connection, "COMMIT");
}
