/*
 * clock.h - the time that is written into files
 *
 * UTC. SOURCE_DATE_EPOCH, where it is set, is the time that it says, so that the same work gives the same bytes.
 */
#ifndef PK_CLOCK_H
#define PK_CLOCK_H

#include "base/arena.h"

/* As strftime writes it: CLOCK_ISO, CLOCK_VERSION. */
const char *
clock_text(struct arena *arena, const char *format);

#define CLOCK_ISO     "%Y-%m-%dT%H:%M:%SZ"
#define CLOCK_VERSION "%Y%m%d%H%M%S"

#endif
