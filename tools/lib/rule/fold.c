#include "rule/fold.h"

#include <string.h>

/* Whether the unit holds the fact of that id: its root or one of its parts. */
static bool
holds(const struct unit *unit, const char *id)
{
	if (!strcmp(unit->fact->id, id))
		return true;
	for (size_t i = unit->part_count; i-- > 0;)
		if (!strcmp(unit->parts[i]->id, id))
			return true;
	return false;
}

bool
unit_next(struct unit_reader *reader)
{
	struct unit *unit = &reader->unit;

	if (reader->at == reader->count)
		return false;
	unit->fact = reader->facts[reader->at++];
	unit->parts = (const struct fact *const *)&reader->facts[reader->at];
	unit->part_count = 0;
	while (reader->at < reader->count) {
		const struct fact *fact = reader->facts[reader->at];

		if (fact_fold(fact) == FOLD_NEVER || !fact->in || !holds(unit, fact->in))
			break;
		unit->part_count++;
		reader->at++;
	}
	return true;
}
