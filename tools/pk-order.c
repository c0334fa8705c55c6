/* pk-order: the facts of a snapshot in the order in which they can be created. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "graph/order.h"

static const struct usage usage = {
	.name = "pk-order",
	.summary = "puts facts into the order of creation",
	.operands = "[SNAPSHOT]",
	.description =
		"Reads a snapshot (standard input without an operand) and writes its facts in an\n"
		"order in which they can be created: by kind and name, moved only as far as their\n"
		"needs ask. Loops of dependencies are broken where that can be done: by a\n"
		"constraint or default that comes later, or by a shell that is replaced later.",
	.least = 0, .most = 1,
};

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct snapshot snapshot = SNAPSHOT_INIT;
	struct fact **ordered;

	snapshot_read(&snapshot, count ? operands[0] : "-", false);
	ordered = order_facts(&snapshot, &count);
	snapshot_write(stdout, ordered, count, true);
	output_close();
	return STATUS_DONE;
}
