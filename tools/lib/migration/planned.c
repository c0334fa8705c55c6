#include "migration/planned.h"
#include "migration/protect.h"

#include "plan/hazard.h"
#include "plan/render.h"
#include "rule/preamble.h"
#include "rule/script.h"

#include <stdlib.h>
#include <string.h>

/* Steps that belong into one section: one or more transactions, or one statement without any. */
struct part {
	const struct step *steps;
	size_t count, transactions; /* 0: it runs outside of a transaction */
};

struct parts {
	struct part *items;
	size_t count, room;
};

static void
parts_make(struct parts *parts, const struct plan *plan)
{
	bool open = false;

	for (size_t i = 0; plan && i < plan->count; i++) {
		const struct step *step = &plan->steps[i];
		bool alone = step->flags & STATEMENT_OUTSIDE;

		if (!open || alone || (step->flags & STATEMENT_FRESH)) {
			GROW(parts->items, parts->count, parts->room);
			parts->items[parts->count++] = (struct part){ step, 0, alone ? 0 : 1 };
		}
		parts->items[parts->count - 1].count++;
		open = !alone && !(step->flags & STATEMENT_COMMITTED);
	}
}

/* Puts neighbouring transactions together until there are no more than `most` parts. */
static void
parts_join(struct parts *parts, size_t most)
{
	size_t kept = 0, excess = parts->count > most ? parts->count - most : 0;

	for (size_t i = 0; i < parts->count; i++) {
		const struct part *part = &parts->items[i];
		struct part *last = kept ? &parts->items[kept - 1] : NULL;

		if (excess && last && last->transactions && part->transactions) {
			last->count += part->count;
			last->transactions += part->transactions;
			excess--;
		} else {
			parts->items[kept++] = *part;
		}
	}
	parts->count = kept;
}

/* ----------------------------------------------------------------- writing */

/* A line of a comment: what is on several lines is put on one. */
static void
comment_write(struct sbuf *out, const char *text)
{
	sbuf_adds(out, "-- ");
	for (; *text; text++)
		sbuf_addc(out, *text == '\n' || *text == '\r' ? ' ' : *text);
	sbuf_addc(out, '\n');
}

/* What the part does, in words. */
static void
words_write(struct sbuf *out, const struct plan *plan, const struct part *part)
{
	struct summary summary;
	struct sbuf line = SBUF_INIT;

	summary_make(&summary, plan, part->steps, part->count);
	summary_write(&line, &summary);
	if (summary.count)
		comment_write(out, line.text);
	for (size_t i = 0; i < summary.count; i++) {
		sbuf_reset(&line);
		object_line_write(&line, summary.lines[i]);
		comment_write(out, line.text);
	}
	summary_release(&summary);
	sbuf_release(&line);
}

static void
hazards_write(struct sbuf *out, const struct step *step)
{
	struct sbuf line = SBUF_INIT;

	for (size_t i = 0; i < step->hazard_count; i++) {
		const struct hazard *hazard = hazard_find(step->hazards[i]);
		const char *object = step_object(step);

		sbuf_reset(&line);
		sbuf_addf(&line, "%s%s%s: %s: %s", step->flags & STATEMENT_LOSES ? "DATA LOSS, " : "",
		          object ? object : "", object ? "" : "this", step->hazards[i], hazard ? hazard->what : "");
		comment_write(out, line.text);
	}
	sbuf_release(&line);
}

/* What the way up has lost, and no way back brings again. */
static void
lost_write(struct sbuf *out, const struct part *up)
{
	struct sbuf line = SBUF_INIT;

	for (size_t i = 0; up && i < up->count; i++) {
		const struct step *step = &up->steps[i];

		if (!(step->flags & STATEMENT_LOSES))
			continue;
		sbuf_reset(&line);
		sbuf_addf(&line, "DATA LOSS: what the way up has lost does not come back: %s", step_object(step));
		comment_write(out, line.text);
	}
	sbuf_release(&line);
}

static void
statements_write(struct sbuf *out, const struct part *part)
{
	bool open = false;

	for (size_t i = 0; i < part->count; i++) {
		const struct step *step = &part->steps[i];

		if (part->transactions > 1 && open && (step->flags & STATEMENT_FRESH)) {
			sbuf_adds(out, "\nCOMMIT;\n");
			open = false;
		}
		if (!open && part->transactions) {
			sbuf_addf(out, "\n%s%s", part->transactions > 1 ? "BEGIN;\n" : "", render_preamble_local);
			open = true;
		}
		sbuf_addc(out, '\n');
		hazards_write(out, step);
		sbuf_addf(out, "%s;\n", step->sql);
		if (part->transactions > 1 && (i + 1 == part->count || (step->flags & STATEMENT_COMMITTED))) {
			sbuf_adds(out, "\nCOMMIT;\n");
			open = false;
		}
	}
}

/* One section; `part` NULL: there is nothing to do, which is said by a statement, since a section without
 * one is taken for a way that does not exist. `undone`: what it leads back from. */
static void
section_write(struct sbuf *out, const char *word, const struct plan *plan, const struct part *part,
              const struct part *undone)
{
	struct sbuf text = SBUF_INIT;
	struct arena arena = ARENA_INIT;

	sbuf_addf(out, "-- migrate:%s%s\n", word, part && part->transactions != 1 ? " transaction:false" : "");
	lost_write(&text, undone);
	if (part) {
		words_write(&text, plan, part);
		statements_write(&text, part);
	} else {
		sbuf_addf(&text, "-- all that there is to do on the way %s stands in the other parts\nSELECT 1;\n", word);
	}
	migration_protect(&arena, out, &text);
	sbuf_release(&text);
	arena_release(&arena);
}

void
migration_planned(struct sbuf *out, const struct plan *up, const struct plan *down)
{
	struct parts ups = { NULL, 0, 0 }, downs = { NULL, 0, 0 };
	size_t pairs;

	parts_make(&ups, up);
	parts_make(&downs, down);
	parts_join(&downs, ups.count ? ups.count : 1);
	pairs = ups.count > downs.count ? ups.count : downs.count;
	pairs = pairs ? pairs : 1;
	for (size_t i = 0; i < pairs; i++) {
		/* The last pair is undone first. */
		size_t back = pairs - 1 - i;
		const struct part *part = i < ups.count ? &ups.items[i] : NULL;

		if (part || pairs > 1)
			section_write(out, "up", up, part, NULL);
		else
			sbuf_adds(out, "-- migrate:up\n");
		sbuf_addc(out, '\n');
		if (down && pairs > 1)
			section_write(out, "down", down, back < downs.count ? &downs.items[back] : NULL, part);
		else if (downs.count)
			section_write(out, "down", down, &downs.items[0], part);
		else
			sbuf_adds(out, "-- migrate:down\n");
		if (i + 1 < pairs)
			sbuf_addc(out, '\n');
	}
	free(ups.items);
	free(downs.items);
}
