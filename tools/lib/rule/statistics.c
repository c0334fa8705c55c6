/* Extended statistics. */
#include "rule/changes.h"
#include "rule/rules.h"

static void
statistics_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;

	script_add(script, "CREATE STATISTICS %s %s FROM %s", id_name(fact->id), fact_text(fact, "elements"),
	           id_name(fact->in));
	if (fact_has(fact, "statistics"))
		script_add(script, "ALTER STATISTICS %s SET STATISTICS %s", id_name(fact->id),
		           fact_text(fact, "statistics"));
}

/* From 14 on the server makes them anew when a column gets another type, but without their owner and their target. */
const struct rule statistics_rule = {
	.kind = "statistics", .words = "STATISTICS", .rank = RANK_STATISTICS, .create = statistics_create,
	.changes = statistics_changes,
};
