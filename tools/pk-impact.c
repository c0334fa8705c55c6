/* pk-impact: what migrations will lock in a database, and for how long. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "runner/impact.h"

#include <stdio.h>

static const struct usage usage = {
	.name = "pk-impact",
	.summary = "says what migrations will lock in a database, and for how long",
	.operands = "OBSERVED DATABASE",
	.description =
		"OBSERVED is what pk-apply --observe wrote when the migrations ran on a copy. DATABASE is only asked\n"
		"how large its tables are. A line says what will be locked against reading or writing by which migration; the\n"
		"time is a rough one, from the size of what is read (200 MB/s) and written anew (50 MB/s) meanwhile.",
	.least = 2, .most = 2,
};

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct arena arena = ARENA_INIT;
	struct impact impact = impact_read(&arena, operands[0]);

	impact_measure(&impact, config_database(&arena, operands[1]));
	impact_print(&impact, stdout);
	output_close();
	return STATUS_DONE;
}
