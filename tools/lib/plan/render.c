#include "plan/render.h"
#include "plan/hazard.h"

#include "base/die.h"
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
plan_render_sql(FILE *stream, struct plan *plan)
{
	if (!plan->count) {
		fputs("-- nothing to change\n", stream);
		return;
	}
	for (size_t i = 0; i < plan->likely_count; i++) {
		struct sbuf text = SBUF_INIT;

		sbuf_addf(&text, "%s is dropped and %s is added: they may be the same", plan->likely[i].old_id,
		          plan->likely[i].new_id);
		report(&(struct report){ .severity = "note", .text = text.text,
		                         .hint = arena_printf(&plan->arena, "if they are, write before it: %s", plan->likely[i].directive) });
		sbuf_release(&text);
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
colour_of(char action)
{
	return action == '+' ? "\033[32m" : action == '-' ? "\033[31m" : "\033[33m";
}

static void
likely_write(FILE *stream, const struct plan *plan)
{
	if (plan->likely_count)
		fputs("\nWhat is dropped and what is added may be the same under another name. If it is, write before it:\n", stream);
	for (size_t i = 0; i < plan->likely_count; i++)
		fprintf(stream, "  %s  %s\n", plan->likely[i].new_id, plan->likely[i].directive);
}

void
plan_render_text(FILE *stream, const struct plan *plan, bool colour)
{
	struct summary summary;
	struct sbuf line = SBUF_INIT;

	summary_make(&summary, plan, plan->steps, plan->count);
	summary_write(&line, &summary);
	fprintf(stream, "%s\n", line.text);
	if (summary.count)
		fputc('\n', stream);
	for (size_t i = 0; i < summary.count; i++) {
		sbuf_reset(&line);
		object_line_write(&line, summary.lines[i]);
		fprintf(stream, "%s%s%s\n", colour ? colour_of(summary.lines[i]->action) : "", line.text,
		        colour ? "\033[0m" : "");
	}
	likely_write(stream, plan);
	statements_write(stream, plan, cost_write);
	sbuf_release(&line);
	summary_release(&summary);
}
