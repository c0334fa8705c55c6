/* What a plan does, object by object (declared in render.h). */
#include "plan/render.h"

#include "rule/rule.h"

#include <stdlib.h>
#include <string.h>

enum { ADDS = 1, CHANGES = 2, DROPS = 4 };

struct mention {
	const char *id;
	unsigned what;
	bool root; /* it is made or dropped by a statement of its own, not with something else */
};

struct mentions {
	struct mention *items;
	size_t count, room;
};

static void
mention(struct mentions *mentions, const char *const *ids, size_t count, unsigned what)
{
	for (size_t i = 0; i < count; i++) {
		GROW(mentions->items, mentions->count, mentions->room);
		mentions->items[mentions->count++] = (struct mention){ ids[i], what, i == 0 };
	}
}

static int
compare(const void *a, const void *b)
{
	return id_compare(((const struct mention *)a)->id, ((const struct mention *)b)->id);
}

/* One for each id. */
static void
join(struct mentions *mentions)
{
	size_t kept = 0;

	if (mentions->count)
		qsort(mentions->items, mentions->count, sizeof *mentions->items, compare);
	for (size_t i = 0; i < mentions->count; i++) {
		const struct mention *m = &mentions->items[i];

		if (kept && !strcmp(mentions->items[kept - 1].id, m->id)) {
			mentions->items[kept - 1].what |= m->what;
			mentions->items[kept - 1].root |= m->root;
		} else {
			mentions->items[kept++] = *m;
		}
	}
	mentions->count = kept;
}

static const struct mention *
find(const struct mentions *mentions, const char *id)
{
	struct mention key = { id, 0, false };

	return mentions->count ? bsearch(&key, mentions->items, mentions->count, sizeof key, compare) : NULL;
}

/* Whether it says something about an object that is itself added or dropped. */
static bool
goes_without_saying(const struct mentions *mentions, const struct mention *m)
{
	const char *about = strchr(id_name(m->id), ' ');
	bool found = false;

	if (!rule_of(m->id)->follows || !about)
		return false;
	/* "owner of table public.t", "privilege on table public.t to alice" */
	for (size_t length = strlen(++about); length && !found; length--) {
		char *id;
		const struct mention *object;

		if (about[length] && about[length] != ' ')
			continue;
		id = memory_resize(NULL, length + 1);
		memcpy(id, about, length);
		id[length] = '\0';
		object = find(mentions, id);
		found = object && (object->what & (ADDS | DROPS));
		free(id);
	}
	return found;
}

void
summary_make(struct summary *summary, const struct plan *plan)
{
	struct mentions mentions = { NULL, 0, 0 };

	*summary = (struct summary){ NULL, 0, 0, 0, 0, 0, 0 };
	for (size_t i = 0; i < plan->count; i++) {
		const struct step *step = &plan->steps[i];

		mention(&mentions, step->makes, step->makes_count, ADDS);
		mention(&mentions, step->changes, step->changes_count, CHANGES);
		mention(&mentions, step->destroys, step->destroys_count, DROPS);
		summary->hazards += step->hazard_count;
	}
	join(&mentions);
	for (size_t i = 0; i < mentions.count; i++) {
		const struct mention *m = &mentions.items[i];
		char sign = m->what == ADDS ? '+' : m->what == DROPS ? '-' : '~';

		if (!m->root || goes_without_saying(&mentions, m))
			continue;
		GROW(summary->lines, summary->count, summary->room);
		summary->lines[summary->count++] = (struct change_line){ sign, m->id };
		summary->adds += sign == '+';
		summary->drops += sign == '-';
		summary->changes += sign == '~';
	}
	free(mentions.items);
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
step_cost_write(struct sbuf *out, const struct step *step)
{
	static const struct {
		unsigned flag;
		const char *words;
	} words[] = {
		{ STATEMENT_LOSES, "loses data" },
		{ STATEMENT_REWRITES, "writes every row anew" },
		{ STATEMENT_SCANS, "reads every row" },
		{ STATEMENT_OUTSIDE, "not in a transaction" },
	};

	if (step->lock)
		sbuf_addf(out, "%s on %s", step->lock, step->on);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (step->flags & words[i].flag)
			sbuf_addf(out, "%s%s", out->length ? "; " : "", words[i].words);
}
