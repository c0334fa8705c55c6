#include "plan/likely.h"

#include "pg/quote.h"

#include <stdlib.h>
#include <string.h>

/* A fact that comes or goes, and all that is said of it but its name. */
struct candidate {
	const struct fact *fact;
	const char *says;
	long position; /* of a column */
};

struct candidates {
	struct candidate *items;
	size_t count, room;
};

/* Whether a directive can be written for it: it has a name, and ALTER … RENAME. */
static bool
can_be_renamed(const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);

	if (!rule->words || rule->follows)
		return false;
	return rule->spaces || rule->named_on_parent || rule->rename || !strcmp(rule->words, "SCHEMA");
}

/* The part of the name that a rename changes is left out: what is before and behind it. */
static void
add_name(struct sbuf *out, const char *id)
{
	const char *last = name_last_part(id_name(id));

	sbuf_add(out, id, (size_t)(last - id));
	sbuf_addc(out, '*');
	sbuf_adds(out, identifier_end(last));
}

static void
add_members(struct sbuf *out, const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);
	struct member *members = memory_resize(NULL, (fact->member_count + 1) * sizeof *members);
	struct fact copy = *fact;

	copy.id = copy.in = "";
	copy.needs_count = copy.member_count = 0;
	copy.members = members;
	for (size_t i = 0; i < fact->member_count; i++) {
		const struct change *change = change_of(rule, fact->members[i].key);

		if (!change || !(change->flags & CHANGE_IGNORED))
			members[copy.member_count++] = fact->members[i];
	}
	fact_write(out, &copy);
	free(members);
}

/* Whether a fact that stands in another one is a part of what that is, rather than a thing with a name of its own. */
static bool
is_shape(const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->id);

	return !rule->follows && rule->fold && (!rule->words || rule->fold(fact) == FOLD_MUST);
}

/* The facts by what they stand in. */
struct children {
	const struct fact **items; /* sorted by in, id */
	size_t count;
};

static int
compare_children(const void *a, const void *b)
{
	const struct fact *x = *(const struct fact *const *)a, *y = *(const struct fact *const *)b;
	int order = strcmp(x->in, y->in);

	return order ? order : id_compare(x->id, y->id);
}

static void
children_make(struct children *children, const struct snapshot *state)
{
	children->items = memory_resize(NULL, (state->count + 1) * sizeof *children->items);
	children->count = 0;
	for (size_t i = 0; i < state->count; i++)
		if (state->facts[i]->in)
			children->items[children->count++] = state->facts[i];
	if (children->count)
		qsort(children->items, children->count, sizeof *children->items, compare_children);
}

static void
add_shape(struct sbuf *out, const struct children *children, const struct fact *fact, bool names_only)
{
	size_t at = 0, high = children->count;

	while (at < high) {
		size_t middle = at + (high - at) / 2;

		if (strcmp(children->items[middle]->in, fact->id) < 0)
			at = middle + 1;
		else
			high = middle;
	}
	for (; at < children->count && !strcmp(children->items[at]->in, fact->id); at++) {
		const struct fact *child = children->items[at];
		const char *last = name_last_part(id_name(child->id));

		if (names_only ? rule_of(child->id)->follows : !is_shape(child))
			continue;
		sbuf_addf(out, "\n%.*s ", (int)id_kind_length(child->id), child->id);
		/* A default has the name of its column. */
		if (strcmp(last, name_last_part(id_name(fact->id))) != 0)
			sbuf_adds(out, last);
		if (names_only)
			continue;
		add_members(out, child);
		add_shape(out, children, child, false);
	}
}

static void
add_candidate(struct candidates *list, struct arena *arena, const struct children *children, const struct fact *fact)
{
	const char *spaces = rule_of(fact->id)->spaces;
	bool holds = rule_of(fact->id)->holds;
	struct sbuf says = SBUF_INIT;
	size_t length;

	add_name(&says, fact->id);
	sbuf_addf(&says, " in %s ", fact->in ? fact->in : "");
	add_members(&says, fact);
	length = says.length;
	add_shape(&says, children, fact, holds);
	/* Empty schemas, and tables without columns, look all alike. */
	if ((holds || (spaces && strchr(spaces, 't'))) && !fact->member_count && says.length == length) {
		sbuf_release(&says);
		return;
	}
	GROW(list->items, list->count, list->room);
	list->items[list->count++] = (struct candidate){
		.fact = fact, .says = arena_string(arena, says.text),
		.position = fact_text(fact, "position") ? strtol(fact_text(fact, "position"), NULL, 10) : 0,
	};
	sbuf_release(&says);
}

static int
compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = strcmp(x->says, y->says);

	if (!order)
		order = (x->position > y->position) - (x->position < y->position);
	return order ? order : id_compare(x->fact->id, y->fact->id);
}

/* What a part of something that comes or goes is called is no question. */
static bool
stands_in_what_stays(const struct diff *diff, const struct item *item)
{
	const struct fact *fact = item->new ? item->new : item->old;
	const struct item *parent;

	if (!fact->in)
		return true;
	parent = item->new ? diff_new(diff, fact->in) : diff_old(diff, fact->in);
	return !parent || (parent->fate != FATE_CREATE && parent->fate != FATE_DROP);
}

static void
add_likely(struct plan *plan, const char *old_id, const char *new_id, const char *plain)
{
	struct sbuf directive = SBUF_INIT;

	sbuf_adds(&directive, "-- postkit:renamed from=");
	quote_identifier(&directive, plain);
	GROW(plan->likely, plan->likely_count, plan->likely_room);
	plan->likely[plan->likely_count++] = (struct likely_rename){
		arena_string(&plan->arena, old_id), arena_string(&plan->arena, new_id),
		arena_string(&plan->arena, directive.text),
	};
	sbuf_release(&directive);
}

static bool
has(const char **labels, size_t count, const char *label)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(labels[i], label))
			return true;
	return false;
}

/* Labels that stand in the place of others. */
static void
compare_labels(struct plan *plan, const struct item *item)
{
	size_t old_count, new_count;
	const char **old = fact_list(item->old, "labels", &old_count), **new = fact_list(item->new, "labels", &new_count);

	for (size_t i = 0; old_count == new_count && i < old_count; i++)
		if (!has(old, old_count, new[i]) && !has(new, new_count, old[i]))
			add_likely(plan, arena_printf(&plan->arena, "value %s of %s", old[i], item->old->id),
			           arena_printf(&plan->arena, "value %s of %s", new[i], item->new->id), old[i]);
}

static void
pair(struct plan *plan, const struct candidates *gone, const struct candidates *come)
{
	for (size_t i = 0, k = 0; i < gone->count && k < come->count;) {
		const struct candidate *a = &gone->items[i], *b = &come->items[k];
		int order = strcmp(a->says, b->says);
		const char *last = name_last_part(id_name(a->fact->id));

		if (!order)
			add_likely(plan, a->fact->id, b->fact->id,
			           identifier_plain(&plan->arena, last, (size_t)(identifier_end(last) - last)));
		i += order <= 0;
		k += order >= 0;
	}
}

void
find_likely_renames(struct plan *plan, const struct diff *diff)
{
	struct candidates gone = { NULL, 0, 0 }, come = { NULL, 0, 0 };
	struct children before = { NULL, 0 }, after = { NULL, 0 };
	struct arena arena = ARENA_INIT;
	bool drops = false, creates = false;

	for (size_t i = 0; i < diff->count; i++) {
		drops |= diff->items[i].fate == FATE_DROP;
		creates |= diff->items[i].fate == FATE_CREATE;
		if (diff->items[i].old && diff->items[i].new && diff->items[i].fate != FATE_KEEP)
			compare_labels(plan, &diff->items[i]);
	}
	if (!drops || !creates)
		return;
	children_make(&before, diff->from);
	children_make(&after, diff->to);
	for (size_t i = 0; i < diff->count; i++) {
		const struct item *item = &diff->items[i];

		if (item->fate == FATE_DROP && can_be_renamed(item->old) && stands_in_what_stays(diff, item))
			add_candidate(&gone, &arena, &before, item->old);
		if (item->fate == FATE_CREATE && can_be_renamed(item->new) && stands_in_what_stays(diff, item))
			add_candidate(&come, &arena, &after, item->new);
	}
	if (gone.count && come.count) {
		qsort(gone.items, gone.count, sizeof *gone.items, compare_candidates);
		qsort(come.items, come.count, sizeof *come.items, compare_candidates);
		pair(plan, &gone, &come);
	}
	free(gone.items);
	free(come.items);
	free(before.items);
	free(after.items);
	arena_release(&arena);
}
