/*
 * fold.h - ordered facts as units
 *
 * The order of creation says what is folded: a fact that folds and directly
 * follows the facts of its parent's unit belongs to that unit.
 */
#ifndef PK_FOLD_H
#define PK_FOLD_H

#include "rule/rule.h"

struct unit_reader {
	struct fact *const *facts;
	size_t count, at;
	struct unit unit; /* the current one */
};

#define UNIT_READER_INIT(facts, count) { (facts), (count), 0, { NULL, NULL, 0 } }

/* Goes to the next unit; false at the end. */
bool
unit_next(struct unit_reader *reader);

#endif
