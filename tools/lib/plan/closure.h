/*
 * closure.h - what goes along with what is dropped, replaced or changed (diff.h)
 */
#ifndef PK_CLOSURE_H
#define PK_CLOSURE_H

#include "plan/diff.h"

/* Gives items more work until no step would meet something in its way. */
void
closure_make(struct diff *diff);

/* The item is dropped and made again instead of changed in place, with all that follows from that. */
void
closure_replace(struct diff *diff, struct item *item);

#endif
