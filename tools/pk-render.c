/* pk-render: facts as SQL; plans as SQL and for people. */
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "fact/snapshot.h"
#include "migration/planned.h"
#include "pg/quote.h"
#include "plan/render.h"
#include "rule/fold.h"
#include "rule/preamble.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *format, *down;
static bool with_invalid;

static const struct opt options[] = {
	{ OPT_STRING, 'f', "format", "FORMAT", "reads a plan and writes it as text, sql, json, html or migration", &format },
	{ OPT_FLAG, 0, "with-invalid", NULL, "facts: mark indexes as invalid that are, for a scratch copy (as a superuser)", &with_invalid },
	{ OPT_STRING, 0, "down", "PLAN", "with --format migration: the plan that leads back", &down },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-render",
	.summary = "writes ordered facts, or a plan, as SQL",
	.operands = "[FACTS | PLAN]",
	.description =
		"Reads facts in the order of creation (from pk-order) and writes one SQL script\n"
		"that creates them all in an empty database:\n\n"
		"  pk-dump \"$SOURCE\" | pk-order | pk-render | psql -v ON_ERROR_STOP=1 \"$EMPTY\"\n\n"
		"With --format it reads a plan (from pk-diff). As sql that is a script for psql, with as few\n"
		"transactions as are right; as text or html it is for people; as json one object:\n\n"
		"  pk-diff current desired | pk-render --format sql | psql -v ON_ERROR_STOP=1 \"$CURRENT\"\n\n"
		"As migration it is sections as dbmate has them, in as many pairs of up and down as the plan has\n"
		"transactions and statements that run outside of one; each pair can stand in a file of its own, in order. The\n"
		"way back, from --down, stands in the down sections from the last to the first; what data is lost is named there.",
	.options = options, .least = 0, .most = 1,
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
	for (size_t i = 0; with_invalid && i < count; i++)
		if (fact_has(facts[i], "invalid")) {
			sbuf_adds(&text, "UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = ");
			quote_literal(&text, id_name(facts[i]->id));
			sbuf_adds(&text, "::pg_catalog.regclass;\n");
		}
	fputs(text.text, stream);
	sbuf_release(&text);
}

static void
write_migration(const struct plan *up)
{
	struct plan back = PLAN_INIT;
	struct sbuf text = SBUF_INIT;

	if (down) {
		plan_read(&back, down);
		if (strcmp(back.from, up->to) != 0 || strcmp(back.to, up->from) != 0)
			die(STATUS_USAGE, "%s does not lead back from where the plan leads to", down);
	}
	migration_planned(&text, up, down ? &back : NULL);
	fputs(text.text, stdout);
	sbuf_release(&text);
	plan_release(&back);
}

static void
render_plan(const char *path)
{
	static const char *const formats[] = { "text", "sql", "json", "html", "migration", NULL };
	const char *const *wanted;
	struct plan plan = PLAN_INIT;

	for (wanted = formats; *wanted && strcmp(*wanted, format) != 0; wanted++)
		;
	if (!*wanted)
		die_hint(STATUS_USAGE, "one of text, sql, json, html, migration", "there is no format %s", format);
	plan_read(&plan, path);
	switch (**wanted) {
	case 't': plan_render_text(stdout, &plan, isatty(STDOUT_FILENO) && !getenv("NO_COLOR")); break;
	case 's': plan_render_sql(stdout, &plan); break;
	case 'j': plan_write_json(stdout, &plan); break;
	case 'h': plan_render_html(stdout, &plan); break;
	case 'm': write_migration(&plan); break;
	}
	plan_release(&plan);
}

int
main(int argc, char **argv)
{
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	struct snapshot facts = SNAPSHOT_INIT;

	if (down && (!format || strcmp(format, "migration") != 0))
		die(STATUS_USAGE, "--down is for --format migration");
	if (format) {
		render_plan(count ? operands[0] : "-");
	} else {
		snapshot_read(&facts, count ? operands[0] : "-", true);
		render(stdout, facts.facts, facts.count);
	}
	output_close();
	return STATUS_DONE;
}
