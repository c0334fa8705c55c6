#include "plan/render.h"
#include "plan/hazard.h"

#include "rule/preamble.h"
#include "rule/script.h"

/* The statements, with transactions around them; `step` is told before each one. */
static void
statements_write(FILE *stream, const struct plan *plan, void (*before)(FILE *stream, const struct step *step))
{
	bool open = false;

	for (size_t i = 0; i < plan->count; i++) {
		const struct step *step = &plan->steps[i];
		bool alone = step->flags & STATEMENT_OUTSIDE;

		if (open && (alone || (step->flags & STATEMENT_FRESH))) {
			fputs("\nCOMMIT;\n", stream);
			open = false;
		}
		if (!open && !alone)
			fputs("\nBEGIN;\n", stream);
		open = !alone;
		fputc('\n', stream);
		before(stream, step);
		fprintf(stream, "%s;\n", step->sql);
		if (open && (step->flags & STATEMENT_COMMITTED)) {
			fputs("\nCOMMIT;\n", stream);
			open = false;
		}
	}
	if (open)
		fputs("\nCOMMIT;\n", stream);
}

static void
hazards_write(FILE *stream, const struct step *step)
{
	for (size_t i = 0; i < step->hazard_count; i++) {
		const struct hazard *hazard = hazard_find(step->hazards[i]);

		fprintf(stream, "-- %s: %s\n", step->hazards[i], hazard ? hazard->what : "");
	}
}

void
plan_render_sql(FILE *stream, const struct plan *plan)
{
	if (!plan->count) {
		fputs("-- nothing to change\n", stream);
		return;
	}
	fputs(render_preamble, stream);
	statements_write(stream, plan, hazards_write);
}

/* -------------------------------------------------------------------- text */

static void
cost_write(FILE *stream, const struct step *step)
{
	struct sbuf cost = SBUF_INIT;

	step_cost_write(&cost, step);
	if (cost.length)
		fprintf(stream, "-- %s\n", cost.text);
	sbuf_release(&cost);
	hazards_write(stream, step);
}

static const char *
colour_of(char sign)
{
	return sign == '+' ? "\033[32m" : sign == '-' ? "\033[31m" : "\033[33m";
}

void
plan_render_text(FILE *stream, const struct plan *plan, bool colour)
{
	struct summary summary;
	struct sbuf line = SBUF_INIT;

	summary_make(&summary, plan);
	summary_write(&line, &summary);
	fprintf(stream, "%s\n", line.text);
	if (summary.count)
		fputc('\n', stream);
	for (size_t i = 0; i < summary.count; i++)
		fprintf(stream, "%s  %c %s%s\n", colour ? colour_of(summary.lines[i].sign) : "",
		        summary.lines[i].sign, summary.lines[i].id, colour ? "\033[0m" : "");
	statements_write(stream, plan, cost_write);
	sbuf_release(&line);
	summary_release(&summary);
}

/* -------------------------------------------------------------------- html */

static void
html_write(FILE *stream, const char *text)
{
	for (; *text; text++)
		switch (*text) {
		case '&': fputs("&amp;", stream); break;
		case '<': fputs("&lt;", stream); break;
		case '>': fputs("&gt;", stream); break;
		case '"': fputs("&quot;", stream); break;
		default: fputc(*text, stream);
		}
}

static const char html_head[] =
	"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Plan</title>\n<style>\n"
	"body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;background:#fff}\n"
	"pre{background:#f5f5f5;padding:.6em .8em;overflow:auto;border-radius:4px}\n"
	"ul{list-style:none;padding:0}li{font-family:monospace}\n"
	".add{color:#176f2c}.drop{color:#b3261e}.change{color:#8a5a00}.cost{color:#555;font-size:90%}\n"
	".hazard{border-left:4px solid #b3261e;padding-left:.6em}\n"
	"@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}pre{background:#242424}.cost{color:#aaa}\n"
	".add{color:#7bd88f}.drop{color:#ff8a80}.change{color:#ffc66b}}\n"
	"</style></head><body>\n";

static void
html_step(FILE *stream, const struct step *step)
{
	struct sbuf cost = SBUF_INIT;

	step_cost_write(&cost, step);
	if (cost.length) {
		fputs("<p class=\"cost\">", stream);
		html_write(stream, cost.text);
		fputs("</p>\n", stream);
	}
	for (size_t i = 0; i < step->hazard_count; i++) {
		const struct hazard *hazard = hazard_find(step->hazards[i]);

		fputs("<p class=\"hazard\"><b>", stream);
		html_write(stream, step->hazards[i]);
		fputs("</b>: ", stream);
		html_write(stream, hazard ? hazard->what : "");
		if (hazard && hazard->instead) {
			fputs(". Instead: ", stream);
			html_write(stream, hazard->instead);
		}
		fputs("</p>\n", stream);
	}
	fputs("<pre>", stream);
	html_write(stream, step->sql);
	fputs(";</pre>\n", stream);
	sbuf_release(&cost);
}

void
plan_render_html(FILE *stream, const struct plan *plan)
{
	struct summary summary;
	struct sbuf line = SBUF_INIT;

	summary_make(&summary, plan);
	summary_write(&line, &summary);
	fputs(html_head, stream);
	fputs("<h1>", stream);
	html_write(stream, line.text);
	fputs("</h1>\n<ul>\n", stream);
	for (size_t i = 0; i < summary.count; i++) {
		char sign = summary.lines[i].sign;

		fprintf(stream, "<li class=\"%s\">%c ", sign == '+' ? "add" : sign == '-' ? "drop" : "change", sign);
		html_write(stream, summary.lines[i].id);
		fputs("</li>\n", stream);
	}
	fputs("</ul>\n", stream);
	for (size_t i = 0; i < plan->count; i++)
		html_step(stream, &plan->steps[i]);
	fputs("</body></html>\n", stream);
	sbuf_release(&line);
	summary_release(&summary);
}
