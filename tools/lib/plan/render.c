#include "plan/render.h"

#include "rule/preamble.h"
#include "rule/script.h"

void
plan_render_sql(FILE *stream, const struct plan *plan)
{
	bool open = false;

	if (!plan->count) {
		fputs("-- nothing to change\n", stream);
		return;
	}
	fputs(render_preamble, stream);
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
		fprintf(stream, "\n%s;\n", step->sql);
		if (open && (step->flags & STATEMENT_COMMITTED)) {
			fputs("\nCOMMIT;\n", stream);
			open = false;
		}
	}
	if (open)
		fputs("\nCOMMIT;\n", stream);
}
