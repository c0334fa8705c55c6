/* pk-render: facts as SQL. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "fact/snapshot.h"
#include "rule/fold.h"
#include "rule/preamble.h"

#include <stdio.h>

static const struct usage usage = {
	.name = "pk-render",
	.summary = "writes ordered facts as SQL",
	.operands = "[FACTS]",
	.description =
		"Reads facts in the order of creation (from pk-order) and writes one SQL script\n"
		"that creates them all in an empty database:\n\n"
		"  pk-dump \"$SOURCE\" | pk-order | pk-render | psql -v ON_ERROR_STOP=1 \"$EMPTY\"",
	.least = 0, .most = 1,
};

static void
render(FILE *stream, struct fact *const *facts, size_t count)
{
	struct unit_reader reader = UNIT_READER_INIT(facts, count);
	struct script script = SCRIPT_INIT;
	struct sbuf text = SBUF_INIT;

	fputs(render_preamble, stream);
	while (unit_next(&reader)) {
		unit_create(&script, &reader.unit);
		script_write(&text, &script);
		if (text.length)
			fprintf(stream, "\n%s", text.text);
		sbuf_reset(&text);
		script_release(&script);
	}
	sbuf_release(&text);
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct snapshot facts = SNAPSHOT_INIT;

	snapshot_read(&facts, count ? operands[0] : "-", true);
	render(stdout, facts.facts, facts.count);
	output_close();
	return STATUS_DONE;
}
