/* What a plan does, object by object (declared in render.h). */
#include "plan/render.h"

#include "rule/script.h"
#include "fact/fact.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The ids that some steps are about. */
struct mentions {
	const char **ids;
	size_t count, room;
};

static void
mention(struct mentions *mentions, const char *const *ids, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		GROW(mentions->ids, mentions->count, mentions->room);
		mentions->ids[mentions->count++] = ids[i];
	}
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
mentioned(const struct mentions *mentions, const char *id)
{
	return mentions->count && bsearch(&id, mentions->ids, mentions->count, sizeof id, compare);
}

static void
add_line(struct summary *summary, const struct object *object, bool counts)
{
	GROW(summary->lines, summary->count, summary->room);
	summary->lines[summary->count++] = object;
	if (!counts)
		return;
	summary->adds += object->action == '+';
	summary->drops += object->action == '-';
	summary->changes += object->action == '~' || object->action == '=';
}

void
summary_make(struct summary *summary, const struct plan *plan, const struct step *steps, size_t count)
{
	struct mentions mentions = { NULL, 0, 0 };
	const struct object *head = NULL; /* not written yet */

	*summary = (struct summary){ NULL, 0, 0, 0, 0, 0, 0 };
	for (size_t i = 0; i < count; i++) {
		mention(&mentions, steps[i].makes, steps[i].makes_count);
		mention(&mentions, steps[i].changes, steps[i].changes_count);
		mention(&mentions, steps[i].destroys, steps[i].destroys_count);
		summary->hazards += steps[i].hazard_count;
	}
	if (mentions.count)
		qsort(mentions.ids, mentions.count, sizeof *mentions.ids, compare);
	for (size_t i = 0; i < plan->object_count; i++) {
		const struct object *object = &plan->objects[i];

		if (!object->in)
			head = object;
		if (count != plan->count && !mentioned(&mentions, object->id))
			continue;
		if (object->in && head)
			add_line(summary, head, false);
		head = NULL;
		add_line(summary, object, true);
	}
	free(mentions.ids);
}

void
summary_release(struct summary *summary)
{
	free(summary->lines);
}

void
summary_write(struct sbuf *out, const struct summary *summary)
{
	if (!summary->count) {
		sbuf_adds(out, "nothing to change");
		return;
	}
	sbuf_addf(out, "%zu to add, %zu to change, %zu to drop", summary->adds, summary->changes, summary->drops);
	if (summary->hazards)
		sbuf_addf(out, "; %zu hazard%s", summary->hazards, summary->hazards == 1 ? "" : "s");
}

void
object_line_write(struct sbuf *out, const struct object *object)
{
	sbuf_addf(out, "  %s%c %s", object->in ? "    " : "", object->action ? object->action : '~', object->id);
	if (object->was)
		sbuf_addf(out, ", was %s", id_name(object->was));
	if (object->action == '=')
		sbuf_adds(out, ", rebuilt");
}

static void
size_write(struct sbuf *out, int64_t bytes)
{
	static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB", "PB" };
	size_t unit = 0;

	while (bytes >= 10 * 1024 && unit + 1 < sizeof units / sizeof *units) {
		bytes = (bytes + 512) / 1024;
		unit++;
	}
	sbuf_addf(out, "%" PRId64 " %s", bytes, units[unit]);
}

/* What of a table's use waits for a lock. */
static const char *
blocked_by(const char *lock)
{
	static const struct {
		const char *lock, *blocked;
	} locks[] = {
		{ "ACCESS EXCLUSIVE", "reads and writes" }, { "EXCLUSIVE", "writes" }, { "SHARE", "writes" },
		{ "SHARE ROW EXCLUSIVE", "writes" },
	};

	for (size_t i = 0; i < sizeof locks / sizeof *locks; i++)
		if (!strcmp(lock, locks[i].lock))
			return locks[i].blocked;
	return NULL;
}

void
step_cost_write(struct sbuf *out, const struct step *step)
{
	const char *blocked = step->lock ? blocked_by(step->lock) : NULL;
	bool takes_long = step->flags & (STATEMENT_REWRITES | STATEMENT_SCANS);

	if (step->flags & STATEMENT_LOSES)
		sbuf_adds(out, "loses data; ");
	if (takes_long) {
		sbuf_adds(out, step->flags & STATEMENT_REWRITES ? "rewrites " : "reads ");
		if (step->bytes)
			size_write(out, step->bytes);
		else
			sbuf_adds(out, "every row");
		if (step->rows)
			sbuf_addf(out, " (%" PRId64 " rows)", step->rows);
		sbuf_adds(out, ", ");
	}
	if (step->lock)
		sbuf_addf(out, "%s%s of %s%s (%s); ", blocked ? "blocks " : "blocks neither reads nor writes",
		          blocked ? blocked : "", step->on, takes_long || !blocked ? "" : " for a moment", step->lock);
	if (step->flags & STATEMENT_OUTSIDE)
		sbuf_adds(out, "not in a transaction; ");
	if (out->length)
		sbuf_cut(out, out->length - 2);
}
