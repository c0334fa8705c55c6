#include "plan/edges.h"
#include "plan/names.h"
#include "plan/namesake.h"
#include "plan/row_type.h"

#include "base/die.h"
#include "rule/rules.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------------------- nodes */

static size_t
add_node(struct steps *steps, enum node_kind kind, struct item *item, struct unit_node *unit)
{
	GROW(steps->nodes, steps->count, steps->room);
	steps->nodes[steps->count] = (struct node){ .kind = kind, .item = item, .unit = unit };
	return steps->count++;
}

static void
add_nodes(struct steps *steps)
{
	struct diff *diff = steps->diff;
	struct side *side = &steps->drops;

	for (size_t i = 0; i < side->units.count; i++)
		add_node(steps, NODE_DROP, side->items[side->units.units[i].root->number],
		         &side->units.units[i]);
	steps->first_create = steps->count;
	side = &steps->creates;
	for (size_t i = 0; i < side->units.count; i++)
		add_node(steps, NODE_CREATE, side->items[side->units.units[i].root->number],
		         &side->units.units[i]);
	steps->alters = memory_resize(NULL, (diff->count + 1) * sizeof *steps->alters);
	memset(steps->alters, 0, (diff->count + 1) * sizeof *steps->alters);
	for (size_t i = 0; i < diff->count; i++) {
		if (diff->items[i].fate != FATE_ALTER)
			continue;
		if (diff->items[i].letting_go.count)
			add_node(steps, NODE_LET_GO, &diff->items[i], NULL);
		steps->alters[i] = add_node(steps, NODE_ALTER, &diff->items[i], NULL) + 1;
	}
}

/* One that is the first to be given up. */
static void
add_wish(struct steps *steps, size_t from, size_t to)
{
	size_t before = steps->edge_count;

	add_edge(steps, from, to, false);
	if (steps->edge_count > before)
		steps->edges[before].wish = true;
}

/* --------------------------------------------- parts of what stays as it is */

/* What is written into the statement that makes its parent. */
static bool
is_folded(const struct item *item)
{
	const struct fact *fact = item->new ? item->new : item->old;
	const struct rule *rule = rule_of(fact->id);

	return item->fate != FATE_KEEP && fact->in && rule->fold && rule->fold(fact) == FOLD_MUST;
}

/* What only speaks of a part that the parent's definition gives it. */
static bool
is_defined(const struct item *item)
{
	return is_folded(item) && rule_of(item->new ? item->new->in : item->old->in)->defines_parts;
}

static bool
is_shape(const struct item *item)
{
	return is_folded(item) && !is_defined(item);
}

/* The item of the parent, when it stays. */
static const struct item *
staying_parent(const struct diff *diff, const struct item *item)
{
	const struct fact *fact = item->new ? item->new : item->old;
	const struct item *parent = item->new ? diff_new(diff, fact->in) : diff_old(diff, fact->in);

	return parent && !item_goes(parent) && !item_comes(parent) ? parent : NULL;
}

static void
parts_make(struct steps *steps)
{
	struct diff *diff = steps->diff;
	struct links *links = &steps->parts;
	size_t total = 0;

	links->start = memory_resize(NULL, (diff->count + 2) * sizeof *links->start);
	memset(links->start, 0, (diff->count + 2) * sizeof *links->start);
	for (int fill = 0; fill < 2; fill++) {
		for (size_t i = 0; i < diff->count; i++) {
			const struct item *parent = is_shape(&diff->items[i]) ?
			                            staying_parent(diff, &diff->items[i]) : NULL;

			if (!parent)
				continue;
			if (fill)
				links->to[--links->start[parent - diff->items]] = i;
			else
				links->start[parent - diff->items]++;
		}
		if (fill)
			break;
		for (size_t i = 0; i < diff->count; i++) {
			total += links->start[i];
			links->start[i] = total;
		}
		links->start[diff->count] = total;
		links->to = memory_resize(NULL, (total + 1) * sizeof *links->to);
	}
}

/* ------------------------------------------------------------------- edges */

/* `node` makes `fact`, which stands in or needs what has this id. With `shape` it wants that as it is in the end, with all of
 * its parts; a part of it cannot. */
static void
needs_new(struct steps *steps, size_t node, const struct fact *fact, const char *id, bool shape)
{
	const struct diff *diff = steps->diff;
	const struct item *need = diff_new(diff, id);
	size_t number;

	if (!need)
		die(STATUS_USAGE, "\"%s\" refers to \"%s\", which is not in the snapshot", fact->id, id);
	add_edge(steps, create_node(steps, need), node, true);
	/* What has a shape may be changed by it: it lets go before, the rest comes afterwards (part_edges). */
	if (!shape && fact->in && !strcmp(fact->in, id) && !need->takes_down)
		add_edge(steps, need->letting_go.count ? let_go_node(steps, need) : SIZE_MAX, node, false);
	else
		add_edge(steps, alter_node(steps, need), node, need->takes_down);
	if (!shape || item_comes(need))
		return;
	number = (size_t)(need - diff->items);
	for (size_t i = steps->parts.start[number]; i < steps->parts.start[number + 1]; i++) {
		const struct item *part = &diff->items[steps->parts.to[i]];

		add_edge(steps, drop_node(steps, part), node, false);
		add_edge(steps, create_node(steps, part), node, false);
		add_edge(steps, alter_node(steps, part), node, false);
	}
}

/* `node` drops or lets go of `fact`, which stood in or needed what has this id. */
static void
needed_old(struct steps *steps, size_t node, const char *id, bool shape)
{
	const struct diff *diff = steps->diff;
	const struct item *need = diff_old(diff, id);
	size_t number = (size_t)(need - diff->items);

	add_edge(steps, node, drop_node(steps, need), true);
	if (need->parks)
		add_edge(steps, node, let_go_node(steps, item_top(need)), true);
	/* What stands aside stays in use as long as it can. */
	if (need->takes_down || !steps->nodes[node].item->aside)
		add_edge(steps, node, alter_node(steps, need), need->takes_down);
	if (!shape || item_goes(need) || steps->nodes[node].item->aside)
		return;
	for (size_t i = steps->parts.start[number]; i < steps->parts.start[number + 1]; i++) {
		const struct item *part = &diff->items[steps->parts.to[i]];

		add_edge(steps, node, drop_node(steps, part), false);
		add_edge(steps, node, create_node(steps, part), false);
		add_edge(steps, node, alter_node(steps, part), false);
	}
}

/* The node makes a user of what comes, or drops one, or frees it, of what goes: what that is inherited from changes, in a
 * way that users do not bear, while there is none. */
static void
sources_edges(struct steps *steps, struct snapshot *state, const struct item *used, size_t node)
{
	bool makes = state == steps->diff->to;
	const struct fact *fact = makes ? used->new : used->old;
	const struct rule *rule = rule_of(fact->id);
	struct arena arena = ARENA_INIT;
	const char **ids = NULL;
	size_t count = 0;

	if (rule->sources && (makes ? item_comes(used) : item_goes(used)))
		ids = rule->sources(state, fact, &arena, &count);
	for (size_t i = 0; i < count; i++) {
		const struct item *source = makes ? diff_new(steps->diff, ids[i]) : diff_old(steps->diff, ids[i]);
		size_t change = source && source->takes_down ? alter_node(steps, source) : SIZE_MAX;

		add_edge(steps, makes ? change : node, makes ? node : change, true);
	}
	arena_release(&arena);
}

/* What may undo it comes before it is made, and after it is dropped: then it is known still as it was. */
static void
undone_edges(struct steps *steps, size_t node, const struct item *item)
{
	struct arena arena = ARENA_INIT;
	struct item *others[UNDOERS_MOST];
	size_t count = diff_undone_by(steps->diff, item, &arena, others);

	for (size_t i = 0; i < count; i++) {
		if (node == drop_node(steps, item)) {
			add_edge(steps, node, alter_node(steps, others[i]), true);
			continue;
		}
		/* What is made together with it has not been there before. */
		if (create_node(steps, others[i]) == node)
			continue;
		add_edge(steps, drop_node(steps, others[i]), node, true);
		add_edge(steps, alter_node(steps, others[i]), node, true);
		add_edge(steps, create_node(steps, others[i]), node, true);
	}
	arena_release(&arena);
}

/* `node` comes after what makes this item, and makes it complete. */
static void
parent_edges(struct steps *steps, const struct item *item, size_t node)
{
	const struct side *side = &steps->creates;
	size_t number = side->numbers[item - steps->diff->items];

	if (!number)
		return;
	add_edge(steps, create_node(steps, item), node, true);
	for (const struct fact *f = side->units.facts[number - 1].completers; f;
	     f = side->units.facts[f->number].next_completer)
		add_edge(steps, steps->first_create + side->units.facts[f->number].unit, node, true);
}

/* What stands in the item and goes is gone when the node's turn comes. */
static void
parts_gone(struct steps *steps, const struct item *item, size_t node)
{
	const struct diff *diff = steps->diff;
	size_t number = item ? (size_t)(item - diff->items) : 0;

	if (!item || item_goes(item))
		return;
	for (size_t i = diff->users.start[number]; i < diff->users.start[number + 1]; i++) {
		const struct item *part = &diff->items[diff->users.to[i]];

		if (part->old->in && !strcmp(part->old->in, item->old->id))
			add_edge(steps, drop_node(steps, part), node, false);
		/* A partition that goes may hold the values of one that comes: there is no other order. */
		else if (rule_of(part->old->id)->leaves && !part->new)
			add_edge(steps, drop_node(steps, part), node, true);
	}
}

/* What is attached is matched with what both have then: not with what goes. */
static void
leaving_edges(struct steps *steps, const struct fact *fact, size_t node)
{
	if (!rule_of(fact->id)->leaves)
		return;
	parts_gone(steps, diff_old(steps->diff, fact->in), node);
	for (size_t i = 0; i < fact->needs_count; i++)
		parts_gone(steps, diff_old(steps->diff, fact->needs[i]), node);
}

/* What the parent of the fact must have before it inherits that, and cannot have as long as it inherits another one. False:
 * it is no such fact. */
static bool
inherits_edges(struct steps *steps, const struct fact *fact, size_t node)
{
	const struct rule *rule = rule_of(fact->id);
	struct diff *diff = steps->diff;
	struct arena arena = ARENA_INIT;
	size_t count = 0;
	const char **ids = rule->held_by ? rule->held_by(diff->from, fact, &arena, &count) : NULL;
	bool held = false;

	for (size_t i = 0; i < count; i++)
		add_edge(steps, drop_node(steps, diff_old(diff, ids[i])), node, true);
	ids = rule->held_by ? rule->held_by(diff->to, fact, &arena, &count) : NULL;
	for (size_t i = 0; i < count; i++)
		held |= snapshot_find(diff->to, ids[i]) != NULL;
	if (held)
		add_edge(steps, node, alter_node(steps, diff_new(diff, fact->in)), true);
	arena_release(&arena);
	return held;
}

static void
create_edges(struct steps *steps)
{
	const struct side *side = &steps->creates;

	for (size_t i = 0; i < side->units.count; i++)
		for (size_t k = 0; k < side->units.units[i].next_count; k++)
			add_edge(steps, steps->first_create + i,
			         steps->first_create + side->units.units[i].next[k], true);
	for (size_t i = 0; i < side->subset.count; i++) {
		const struct fact *fact = side->items[i]->new;
		size_t node = create_node(steps, side->items[i]);

		undone_edges(steps, node, side->items[i]);
		leaving_edges(steps, fact, node);
		if (fact->in)
			sources_edges(steps, steps->diff->to, diff_new(steps->diff, fact->in), node);
		/* Among creations the units' own edges know of shells. */
		if (fact->in && !item_comes(diff_new(steps->diff, fact->in)) && !inherits_edges(steps, fact, node))
			needs_new(steps, node, fact, fact->in, !is_shape(side->items[i]));
		for (size_t k = 0; k < fact->needs_count; k++) {
			const struct item *need = diff_new(steps->diff, fact->needs[k]);

			if (!need || !item_comes(need))
				needs_new(steps, node, fact, fact->needs[k], true);
			else
				sources_edges(steps, steps->diff->to, need, node);
			/* ATTACH PARTITION, by whose opposite it is undone, would make one by itself. */
			if (fact_let_go_by(fact, fact->needs[k]))
				parent_edges(steps, diff_new(steps->diff, fact->in), create_node(steps, need));
		}
	}
}

/* What is inherited is dropped when it is that no longer. */
static void
held_edges(struct steps *steps, const struct item *item, size_t node)
{
	const struct rule *rule = rule_of(item->old->id);
	struct item *parent = diff_old_parent(steps->diff, item);
	struct arena arena = ARENA_INIT;
	size_t count = 0;
	const char **ids = rule->held_by ? rule->held_by(steps->diff->from, item->old, &arena, &count) : NULL;

	if (count && parent->letting_go.count)
		add_edge(steps, let_go_node(steps, parent), node, true);
	for (size_t i = 0; i < count; i++) {
		size_t holder = drop_node(steps, diff_old(steps->diff, ids[i]));

		if (parent->letting_go.count)
			add_edge(steps, let_go_node(steps, parent), holder, false);
		else
			add_edge(steps, holder, node, true);
	}
	if (!item_drop_inherited(item) && !item_goes(parent))
		add_edge(steps, drop_node(steps, item->source), node, true);
	arena_release(&arena);
}

static void
drop_edges(struct steps *steps)
{
	const struct side *side = &steps->drops;

	for (size_t i = 0; i < side->units.count; i++)
		for (size_t k = 0; k < side->units.units[i].next_count; k++)
			add_edge(steps, side->units.units[i].next[k], i, true);
	for (size_t i = 0; i < side->subset.count; i++) {
		const struct fact *fact = side->items[i]->old;
		size_t node = drop_node(steps, side->items[i]);

		undone_edges(steps, node, side->items[i]);
		if (fact->in)
			sources_edges(steps, steps->diff->from, diff_old(steps->diff, fact->in), node);
		if (fact->in && !item_goes(diff_old(steps->diff, fact->in)) && !is_defined(side->items[i]))
			needed_old(steps, node, fact->in, !is_shape(side->items[i]));
		for (size_t k = 0; k < fact->needs_count; k++) {
			const struct item *need = diff_old(steps->diff, fact->needs[k]);

			if (!item_goes(need))
				needed_old(steps, node, fact->needs[k], true);
			else
				sources_edges(steps, steps->diff->from, need, node);
		}
		for (size_t k = 0; k < fact->needs_count; k++)
			if (fact_let_go_by(fact, fact->needs[k]))
				add_edge(steps, drop_node(steps, diff_old(steps->diff, fact->needs[k])), node, true);
		/* With its table it may go at any time. */
		if (fact->in && drop_node(steps, diff_old(steps->diff, fact->in)) != node)
			held_edges(steps, side->items[i], node);
	}
}

/* Its own parts: a table that is to inherit has all columns before, one that no longer does has them still. */
static void
part_edges(struct steps *steps, size_t number, size_t node)
{
	for (size_t i = steps->parts.start[number]; i < steps->parts.start[number + 1]; i++) {
		const struct item *part = &steps->diff->items[steps->parts.to[i]];

		add_edge(steps, create_node(steps, part), node, false);
		add_edge(steps, let_go_node(steps, &steps->diff->items[number]), drop_node(steps, part), false);
		if (let_go_node(steps, &steps->diff->items[number]) != node)
			add_edge(steps, let_go_node(steps, &steps->diff->items[number]), alter_node(steps, part), false);
		add_edge(steps, alter_node(steps, part), node, false);
	}
}

/* What is left is left as it was. */
static void
left_edges(struct steps *steps, const struct item *item, size_t node)
{
	size_t number = (size_t)(item - steps->diff->items);

	for (size_t i = steps->parts.start[number]; i < steps->parts.start[number + 1]; i++) {
		const struct item *part = &steps->diff->items[steps->parts.to[i]];

		add_edge(steps, node, drop_node(steps, part), false);
		add_edge(steps, node, create_node(steps, part), false);
		add_edge(steps, node, alter_node(steps, part), false);
	}
}

static void
alter_edges(struct steps *steps)
{
	struct diff *diff = steps->diff;

	for (size_t i = 0; i < diff->count; i++) {
		const struct item *item = &diff->items[i];
		size_t node = alter_node(steps, item);

		if (node == SIZE_MAX)
			continue;
		undone_edges(steps, node, item);
		/* What brings the change comes before what the item itself has to add. */
		add_edge(steps, alter_node(steps, item->source), node, true);
		add_edge(steps, drop_node(steps, item->source), node, true);
		for (size_t k = 0; k < item->new->needs_count; k++) {
			needs_new(steps, node, item->new, item->new->needs[k], true);
			sources_edges(steps, diff->to, diff_new(diff, item->new->needs[k]), node);
		}
		part_edges(steps, i, node);
		for (size_t k = 0; k < item->old->needs_count; k++) {
			const struct item *need = diff_old(diff, item->old->needs[k]);

			add_edge(steps, let_go_node(steps, item), drop_node(steps, need), true);
			if (need->takes_down && item_top(item)->letting_go.count && !fact_uses(item->new, item->old->needs[k]))
				add_edge(steps, let_go_node(steps, item_top(item)), alter_node(steps, need), true);
			sources_edges(steps, diff->from, need, let_go_node(steps, item));
			if (item->letting_go.count && !item->parks)
				left_edges(steps, need, let_go_node(steps, item));
		}
		add_edge(steps, let_go_node(steps, item), node, true);
	}
}

/* What stays can bind the changes of two things to each other. */
static void
binding_edges(struct steps *steps)
{
	struct diff *diff = steps->diff;

	for (size_t i = 0; i < diff->count; i++) {
		const struct item *item = &diff->items[i];
		const struct rule *rule = rule_of((item->new ? item->new : item->old)->id);
		const struct item *parent = item->old && item->new && rule->binds && item->new->in ?
		                            diff_new(diff, item->new->in) : NULL;
		size_t node = alter_node(steps, parent);
		int order = node == SIZE_MAX ? 0 : rule->binds(item->new, parent->old, parent->new);
		const char *into = order ? rule->looks_into(diff->to, item->new) : NULL;
		size_t other = into ? alter_node(steps, diff_new(diff, into)) : SIZE_MAX;

		add_edge(steps, order > 0 ? node : other, order > 0 ? other : node, false);
	}
}

/* A change that comes with its source's happens there: what must come before it, must come before that. */
static void
inherited_edges(struct steps *steps)
{
	size_t count = steps->edge_count;

	for (size_t i = 0; i < count; i++) {
		const struct edge *edge = &steps->edges[i];
		const struct node *node = &steps->nodes[edge->to];

		for (const struct item *item = node->item;
		     node->kind == NODE_ALTER && alter_node(steps, item->source) != SIZE_MAX;
		     item = item->source)
			if (edge->from != alter_node(steps, item->source))
				add_edge(steps, edge->from, alter_node(steps, item->source), false);
	}
}

/* What stands aside is renamed before its name is taken, and dropped afterwards. What is
 * dropped before knows it by its name still (functions by their arguments). */
static void
aside_edges(struct steps *steps)
{
	for (size_t i = 0; i < steps->diff->count; i++) {
		struct item *item = &steps->diff->items[i];

		if (!item->aside)
			continue;
		steps->alters[i] = add_node(steps, NODE_ASIDE, item, NULL) + 1;
		add_edge(steps, steps->alters[i] - 1, drop_node(steps, item), true);
		add_wish(steps, create_node(steps, item), drop_node(steps, item));
		for (size_t k = steps->diff->users.start[i]; k < steps->diff->users.start[i + 1]; k++) {
			size_t user = drop_node(steps, &steps->diff->items[steps->diff->users.to[k]]);

			/* What stands aside itself stays as long. */
			if (user != SIZE_MAX && user != drop_node(steps, item) && !steps->nodes[user].item->aside)
				add_edge(steps, user, steps->alters[i] - 1, false);
		}
	}
}

/* What is called as the item is goes first where it can, so that all who call that mean the new one. */
static void
namesake_edges(struct steps *steps, const struct item *item)
{
	struct namesakes namesakes = NAMESAKES_INIT;

	namesakes_find(&namesakes, steps->diff->from, item->new->id);
	for (size_t i = 0; i < namesakes.count; i++)
		add_edge(steps, drop_node(steps, diff_old(steps->diff, namesakes.ids[i])), create_node(steps, item), false);
	namesakes_release(&namesakes);
}

static void
name_edges(struct steps *steps)
{
	const struct side *drops = &steps->drops;
	struct names names = NAMES_INIT;

	for (size_t i = 0; i < drops->subset.count; i++) {
		size_t node = drop_node(steps, drops->items[i]);
		const struct item *item = drops->items[i], *root = steps->nodes[node].item;

		/* What goes with another one can stand aside by itself. */
		if (item->aside || root->aside)
			node = steps->alters[(item->aside ? item : root) - steps->diff->items] - 1;
		else if (steps->nodes[node].unit->shell)
			node = steps->nodes[node].unit->shell - 1;
		names_free(&names, drops->items[i]->old, node);
	}
	names_sort(&names);
	for (size_t i = 0; i < steps->creates.subset.count; i++) {
		const struct item *item = steps->creates.items[i];
		size_t found[NAMES_MOST], count = names_find(&names, item->new, found);
		size_t shell = steps->nodes[create_node(steps, item)].unit->shell;

		namesake_edges(steps, item);
		for (size_t k = 0; k < count; k++) {
			add_edge(steps, found[k], create_node(steps, item), true);
			if (shell)
				add_edge(steps, found[k], steps->first_create + shell - 1, true);
			if (item_create_inherited(item))
				add_edge(steps, found[k], create_node(steps, item->source), true);
		}
	}
	names_release(&names);
}

/* --------------------------------------------------------------- the whole */

void
steps_make(struct steps *steps, struct diff *diff)
{
	*steps = (struct steps){ .diff = diff };
	side_make(&steps->drops, diff, true);
	side_make(&steps->creates, diff, false);
	add_nodes(steps);
	parts_make(steps);
	create_edges(steps);
	drop_edges(steps);
	alter_edges(steps);
	binding_edges(steps);
	row_type_edges(steps);
	inherited_edges(steps);
	aside_edges(steps);
	name_edges(steps);
	steps_of_all(steps);
	steps_place(steps);
}

void
steps_release(struct steps *steps)
{
	side_release(&steps->drops);
	side_release(&steps->creates);
	free(steps->nodes);
	free(steps->alters);
	free(steps->edges);
	free(steps->parts.start);
	free(steps->parts.to);
	free(steps->order);
}
