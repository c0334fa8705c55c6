#include "plan/closure.h"
#include "plan/namesake.h"
#include "plan/row_type.h"

#include "base/die.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------- users */

static size_t
old_number(struct diff *diff, const struct fact *from, const char *id)
{
	struct fact *fact = snapshot_find(diff->from, id);

	if (!fact)
		die(STATUS_USAGE, "\"%s\" refers to \"%s\", which is not in the snapshot", from->id, id);
	return fact->number;
}

/* `user` stands in, needs or inherits from `used`. */
struct link {
	size_t used, user;
};

struct link_list {
	struct link *items;
	size_t count, room;
};

static void
add_link(struct link_list *list, size_t used, size_t user)
{
	GROW(list->items, list->count, list->room);
	list->items[list->count++] = (struct link){ used, user };
}

/* Each link of the current state. */
static void
find_links(struct diff *diff, struct link_list *list)
{
	for (size_t i = 0; i < diff->count; i++) {
		const struct item *item = &diff->items[i];
		const struct fact *fact = item->old;

		if (!fact)
			continue;
		if (fact->in)
			add_link(list, old_number(diff, fact, fact->in), i);
		for (size_t k = 0; k < fact->needs_count; k++)
			add_link(list, old_number(diff, fact, fact->needs[k]), i);
		if (item->source && item->source->old)
			add_link(list, (size_t)(item->source - diff->items), i);
		if (item->tie)
			add_link(list, (size_t)(item->tie - diff->items), i);
	}
}

/* Sorts them by what is used: counted, then put into each part from its end. */
static void
links_make(struct diff *diff)
{
	struct links *links = &diff->users;
	struct link_list list = { NULL, 0, 0 };

	find_links(diff, &list);
	links->start = memory_resize(NULL, (diff->count + 1) * sizeof *links->start);
	memset(links->start, 0, (diff->count + 1) * sizeof *links->start);
	links->to = memory_resize(NULL, (list.count + 1) * sizeof *links->to);
	for (size_t i = 0; i < list.count; i++)
		links->start[list.items[i].used]++;
	for (size_t i = 1; i <= diff->count; i++)
		links->start[i] += links->start[i - 1];
	for (size_t i = 0; i < list.count; i++)
		links->to[--links->start[list.items[i].used]] = list.items[i].user;
	free(list.items);
}

/* -------------------------------------------------------------- spreading */

struct queue {
	struct item **items;
	size_t count, room;
};

static void
enqueue(struct queue *queue, struct item *item)
{
	if (item->queued)
		return;
	item->queued = true;
	GROW(queue->items, queue->count, queue->room);
	queue->items[queue->count++] = item;
}

static void
take(struct diff *diff, struct queue *queue, struct item *item);

static void
replaced_with_parent(struct diff *diff, struct queue *queue, const struct item *item)
{
	const struct rule *rule = rule_of((item->old ? item->old : item->new)->id);
	bool with_parent = item->fate == FATE_REPLACE && rule->with_parent && rule->with_parent(item->new);
	struct item *parent = with_parent ? diff_old(diff, item->new->in) : NULL;

	if (parent)
		take(diff, queue, parent);
}

/* The item goes, and comes again where the desired state has it. */
static void
take(struct diff *diff, struct queue *queue, struct item *item)
{
	if (item_goes(item))
		return;
	script_release(&item->script);
	script_release(&item->letting_go);
	item->takes_down = item->parks = false;
	item->fate = item->new ? FATE_REPLACE : FATE_DROP;
	enqueue(queue, item);
	replaced_with_parent(diff, queue, item);
}

struct item *
item_successor(const struct diff *diff, const struct item *item, const struct fact *user)
{
	if (item->fate == FATE_REPLACE)
		return fact_uses(user, item->new->id) ? &diff->items[item->new->number] : NULL;
	for (size_t i = 0; i < user->needs_count; i++) {
		struct item *need = diff_new(diff, user->needs[i]);

		if (need && item_comes(need) && !strcmp(id_name(need->new->id), id_name(item->old->id)))
			return need;
	}
	return NULL;
}

/* Changes its type even if that has the same name; false where that cannot be. */
static bool
move(struct diff *diff, struct queue *queue, struct item *user, bool source_moves)
{
	struct alter alter = {
		.from = diff->from, .to = diff->to, .old = user->old, .new = user->new, .script = &user->script,
		.before = &user->letting_go, .bound = user->source != NULL, .online = diff->online, .moves = true,
		.source_moves = source_moves,
	};

	if (!rule_moves(rule_of(user->old->id)))
		return false;
	script_release(&user->script);
	script_release(&user->letting_go);
	if (!fact_alter(&alter, user->source, &user->takes_down))
		return false;
	user->fate = FATE_ALTER;
	user->takes_down = true;
	enqueue(queue, user);
	return true;
}

/* Its values leave their type for a while; what is inherited does so with its source. */
static bool
park(struct diff *diff, struct queue *queue, struct item *user)
{
	const struct rule *rule = rule_of(user->old->id);

	if (user->parks)
		return true;
	if (!rule->park || !user->new || !move(diff, queue, user, user->source != NULL))
		return false;
	if (!user->source)
		rule->park(&user->letting_go, user->old);
	else if (!item_goes(user->source) && !park(diff, queue, user->source))
		return false;
	user->parks = true;
	return true;
}

static bool
can_stand_aside(const struct diff *diff, const struct item *item);

/* Whether nothing that the item needs, which goes, has to make room for a successor before. */
static bool
needs_can_stand_aside(const struct diff *diff, const struct item *item)
{
	for (size_t i = 0; i < item->old->needs_count; i++) {
		const struct item *need = diff_old(diff, item->old->needs[i]);

		if (need && item->new && item_goes(need) && item_successor(diff, need, item->new) &&
		    !can_stand_aside(diff, need))
			return false;
	}
	return true;
}

/* Whether it can be there as long as its successor is made, with all that it and its parts need. */
static bool
can_stand_aside(const struct diff *diff, const struct item *item)
{
	size_t number = (size_t)(item - diff->items);

	if (!rule_of(item->old->id)->stands_aside || !needs_can_stand_aside(diff, item))
		return false;
	for (size_t i = diff->users.start[number]; i < diff->users.start[number + 1]; i++) {
		const struct item *part = &diff->items[diff->users.to[i]];

		if (part->old->in && !strcmp(part->old->in, item->old->id) && !needs_can_stand_aside(diff, part))
			return false;
	}
	return true;
}

/* Moves over in place to what replaces `used`; false where that cannot be. */
static bool
move_over(struct diff *diff, struct queue *queue, struct item *user, const struct item *used)
{
	if (rule_moves(rule_of(user->old->id)) && !keeps_fields(diff, user, used))
		return false;
	if (user->parks || !can_stand_aside(diff, used))
		return park(diff, queue, user);
	return move(diff, queue, user, user->source && user->source->old && fact_uses(user->source->old, used->old->id));
}

static void
used_goes(struct diff *diff, struct queue *queue, struct item *user, struct item *used);

/* What happens to the item's source does not happen to it: it has to be changed by itself, and to move over to what takes
 * the place of what it needs. */
static void
stand_alone(struct diff *diff, struct queue *queue, struct item *item)
{
	item->source = NULL;
	if (item_goes(item) || !item->new)
		return;
	script_release(&item->script);
	script_release(&item->letting_go);
	item->takes_down = item->parks = false;
	item->fate = FATE_KEEP;
	if (!fact_same(item->old, item->new))
		diff_alter(diff, item);
	if (item_goes(item) || item->takes_down)
		enqueue(queue, item);
	replaced_with_parent(diff, queue, item);
	for (size_t i = 0; i < item->old->needs_count; i++) {
		struct item *need = diff_old(diff, item->old->needs[i]);

		if (need && item_goes(need))
			used_goes(diff, queue, item, need);
	}
}

/* `used` goes: what becomes of one that uses it. */
static void
used_goes(struct diff *diff, struct queue *queue, struct item *user, struct item *used)
{
	const struct fact *old = user->old;

	if (user->tie && (user->tie == used || (user->source == used && item_goes(diff_old_parent(diff, used))))) {
		stand_alone(diff, queue, user);
		return;
	}
	if (item_goes(user))
		return;
	/* It has been its source. */
	if (user->source != used && user->tie != used && !fact_uses(old, used->old->id))
		return;
	if (old->in && !strcmp(old->in, used->old->id)) {
		take(diff, queue, user);
		return;
	}
	if (user->source == used && !fact_uses(old, used->old->id)) {
		/* It stays without its source: that goes by itself. */
		if (user->new && used->fate == FATE_DROP && rule_of(old->id)->drops_only)
			used->only = true;
		else
			take(diff, queue, user);
		return;
	}
	if (user->new && item_successor(diff, used, user->new)) {
		if (move_over(diff, queue, user, used))
			return;
	} else if (user->fate == FATE_ALTER && !calls_namesake(user->new, used->old->id)) {
		return; /* it lets go before */
	}
	take(diff, queue, user);
}

/* `used` changes under what uses it. */
static void
used_changes(struct diff *diff, struct queue *queue, struct item *user, struct item *used)
{
	const struct rule *rule = rule_of(user->old->id);

	if (item_goes(user) || !fact_uses(user->old, used->old->id))
		return;
	/* It lets go before. */
	if (user->new && !fact_uses(user->new, used->old->id) && item_top(user)->letting_go.count)
		return;
	if (rule->follows || (!used->parks && rule->rides && rule->rides(user->old)))
		return;
	take(diff, queue, user);
}

/* What takes the parent of something along that cannot let go of it by itself, and goes; NULL: something
 * else that it needs goes and undoes it. */
static struct item *
find_taker(struct diff *diff, const struct item *item)
{
	const struct rule *rule = rule_of(item->old->id);

	if (!rule->never_lets_go || !item_goes(item))
		return NULL;
	for (size_t i = 0; i < item->old->needs_count; i++)
		if (fact_let_go_by(item->old, item->old->needs[i]) &&
		    item_goes(diff_old(diff, item->old->needs[i])))
			return NULL;
	return diff_old(diff, rule->taken_by(item->old));
}

/* The parent goes along. */
static void
taken_along(struct diff *diff, struct queue *queue, const struct item *item)
{
	const struct item *taker = find_taker(diff, item);

	if (taker && item_goes(taker))
		take(diff, queue, diff_old(diff, item->old->in));
}

/* What nothing undoes is undone by its taker. */
static bool
find_stuck(struct diff *diff, struct queue *queue)
{
	size_t before = queue->count;

	for (size_t i = 0; i < diff->count; i++) {
		struct item *taker = diff->items[i].old ? find_taker(diff, &diff->items[i]) : NULL;

		if (!taker || item_goes(taker))
			continue;
		take(diff, queue, taker);
		taken_along(diff, queue, &diff->items[i]);
	}
	return queue->count != before;
}

/* Whether the item ties one of them to another one: they change together, and it bears that. */
static bool
ties(const struct item *item, struct item *const *others, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (others[i]->tie == item && others[i]->source)
			return true;
	return false;
}

/* What stays, but is undone by a change of something else, is made again. */
static bool
find_undone(struct diff *diff, struct queue *queue)
{
	struct arena arena = ARENA_INIT;
	size_t before = queue->count;

	for (size_t i = 0; i < diff->count; i++) {
		struct item *item = &diff->items[i];
		struct item *others[UNDOERS_MOST];
		size_t count;

		if (!item->old || !item->new || item_goes(item) || !rule_of(item->new->id)->undone_by)
			continue;
		count = diff_undone_by(diff, item, &arena, others);
		for (size_t k = 0; k < count && !ties(item, others, count); k++)
			if (item_undoes(others[k]))
				take(diff, queue, item);
	}
	arena_release(&arena);
	return queue->count != before;
}

/* What stores values of a row type that changes lets go of them, or is made again. */
static bool
find_refused(struct diff *diff, struct queue *queue)
{
	size_t before = queue->count;

	row_types_find(diff);
	for (size_t i = 0; i < diff->refusal_count; i++) {
		struct item *user = diff->refusals[i].user;

		if (!item_goes(user) && !park(diff, queue, user))
			take(diff, queue, user);
	}
	return queue->count != before;
}

static void
stand_aside(struct diff *diff, struct item *item);

/* What the old fact needs is there as long as it is, and does not keep the successor of that waiting. */
static void
needs_stand_aside(struct diff *diff, const struct fact *old)
{
	for (size_t i = 0; i < old->needs_count; i++) {
		struct item *need = diff_old(diff, old->needs[i]);

		if (need && item_goes(need) && rule_of(need->old->id)->stands_aside && diff_new(diff, need->old->id))
			stand_aside(diff, need);
	}
}

/* The item stays under another name until all have moved over to its successor: so does what it, or a part of it, needs. */
static void
stand_aside(struct diff *diff, struct item *item)
{
	size_t number = (size_t)(item - diff->items);

	if (item->aside)
		return;
	item->aside = true;
	needs_stand_aside(diff, item->old);
	for (size_t i = diff->users.start[number]; i < diff->users.start[number + 1]; i++) {
		const struct fact *part = diff->items[diff->users.to[i]].old;

		if (part->in && !strcmp(part->in, item->old->id))
			needs_stand_aside(diff, part);
	}
}

/* Whether the item needs something that goes and whose name another one gets: calls of that could mean either as long as
 * it is there. */
static bool
holds_namesake(const struct diff *diff, const struct item *item)
{
	bool holds = false;

	for (size_t i = 0; i < item->old->needs_count && !holds; i++) {
		const char *id = item->old->needs[i];
		struct namesakes namesakes = NAMESAKES_INIT;

		if (!item_goes(diff_old(diff, id)))
			continue;
		namesakes_find(&namesakes, diff->to, id);
		for (size_t k = 0; k < namesakes.count; k++)
			holds |= strcmp(namesakes.ids[k], id) != 0 && item_comes(diff_new(diff, namesakes.ids[k]));
		namesakes_release(&namesakes);
	}
	return holds;
}

/* What is dropped while something still moves over to its successor. */
static void
find_asides(struct diff *diff)
{
	for (size_t i = 0; i < diff->count; i++) {
		struct item *item = &diff->items[i];

		if (!item_goes(item))
			continue;
		if (diff->online && item->fate == FATE_REPLACE && !fact_has(item->old, "invalid") &&
		    rule_of(item->old->id)->stands_aside_online &&
		    !item_goes(diff_old_parent(diff, item)) && !holds_namesake(diff, item) &&
		    !needs_parked(diff, item))
			item->aside = true;
		if (item_create_inherited(item) && !item_goes(item->source) && rule_of(item->old->id)->take_over)
			item->aside = true;
		if (!rule_of(item->old->id)->stands_aside)
			continue;
		for (size_t k = diff->users.start[i]; k < diff->users.start[i + 1]; k++) {
			const struct item *user = &diff->items[diff->users.to[k]];

			if (user->fate == FATE_ALTER && !user->parks && item_successor(diff, item, user->new))
				stand_aside(diff, item);
		}
	}
}

/* Goes on until nothing more is taken down. */
static void
spread(struct diff *diff, struct queue *queue)
{
	while (queue->count || find_undone(diff, queue) || find_stuck(diff, queue) || find_refused(diff, queue)) {
		struct item *item = queue->items[--queue->count];
		size_t number = (size_t)(item - diff->items);

		item->queued = false;
		for (size_t i = diff->users.start[number]; i < diff->users.start[number + 1]; i++) {
			struct item *user = &diff->items[diff->users.to[i]];

			if (item_goes(item))
				used_goes(diff, queue, user, item);
			else if (item->takes_down)
				used_changes(diff, queue, user, item);
		}
		if (item_goes(item))
			taken_along(diff, queue, item);
	}
	free(queue->items);
	for (size_t i = 0; i < diff->count; i++) {
		diff->items[i].aside = false;
		diff->items[i].only = diff->items[i].only && diff->items[i].fate == FATE_DROP;
		if (diff->items[i].tie && item_goes(diff->items[i].tie))
			diff->items[i].source = NULL; /* of what only comes, too */
	}
	find_asides(diff);
}

void
closure_make(struct diff *diff)
{
	struct queue queue = { NULL, 0, 0 };

	links_make(diff);
	for (size_t i = 0; i < diff->count; i++) {
		struct item *item = &diff->items[i];

		if (item_goes(item) || item->takes_down)
			enqueue(&queue, item);
		replaced_with_parent(diff, &queue, item);
	}
	spread(diff, &queue);
}

void
closure_replace(struct diff *diff, struct item *item)
{
	struct queue queue = { NULL, 0, 0 };

	take(diff, &queue, item);
	spread(diff, &queue);
}
