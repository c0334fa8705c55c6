#include "base/clock.h"
#include "base/die.h"

#include <stdlib.h>
#include <time.h>

const char *
clock_text(struct arena *arena, const char *format)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t seconds = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct tm utc;
	char text[32];

	if (!gmtime_r(&seconds, &utc) || !strftime(text, sizeof text, format, &utc))
		die(STATUS_BUG, "the clock cannot be read");
	return arena_string(arena, text);
}
