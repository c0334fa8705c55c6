#include "plan/plan.h"
#include "plan/fingerprint.h"

#include "plan/own.h"
#include "plan/objects.h"
#include "plan/closure.h"
#include "plan/row_type.h"
#include "plan/steps.h"

#include "base/die.h"
#include "pg/quote.h"
#include "rule/inherited.h"
#include "rule/rules.h"

#include <stdlib.h>
#include <string.h>

void
plan_release(struct plan *plan)
{
	free(plan->steps);
	free(plan->objects);
	free(plan->likely);
	arena_release(&plan->arena);
	*plan = (struct plan)PLAN_INIT;
}

void
plan_prepend(struct plan *plan, const struct plan *first)
{
	size_t count = first->count + plan->count;
	struct step *steps = memory_resize(NULL, (count + 1) * sizeof *steps);

	if (strcmp(first->to, plan->from) != 0)
		die(STATUS_USAGE, "the plan that comes first does not lead to the current state");
	strcpy(plan->from, first->from);
	if (first->count)
		memcpy(steps, first->steps, first->count * sizeof *steps);
	if (plan->count)
		memcpy(steps + first->count, plan->steps, plan->count * sizeof *steps);
	free(plan->steps);
	plan->steps = steps;
	plan->count = count;
	plan->room = count + 1;
	for (size_t i = 0; i < first->object_count; i++)
		if (first->objects[i].action)
			plan_add_renamed(plan, first->objects[i].id, first->objects[i].in, first->objects[i].was);
	plan_sort_objects(plan);
}

void
plan_append_undo(struct plan *plan, const struct plan *renames)
{
	if (strcmp(plan->to, renames->to) != 0)
		die(STATUS_USAGE, "the plan does not lead to where the renames led");
	strcpy(plan->to, renames->from);
	for (size_t i = renames->count; i-- > 0;) {
		struct step step = renames->steps[i];
		const char **changes = arena_array(&plan->arena, 1, sizeof *changes);

		if (!step.undo || step.changes_count != 1)
			die(STATUS_USAGE, "the plan that comes last holds more than renames");
		changes[0] = step.renames;
		step.renames = step.changes[0];
		step.changes = changes;
		step.on = step.on ? changes[0] : NULL;
		step.undo = step.sql;
		step.sql = renames->steps[i].undo;
		GROW(plan->steps, plan->count, plan->room);
		plan->steps[plan->count++] = step;
	}
}

/* ------------------------------------------------------------------- steps */

/* Ids of facts. */
struct ids {
	const char **items;
	size_t count, room;
};

/* What the statements of one node do. */
struct doing {
	struct ids makes, changes, destroys;
};

static void
doing_release(struct doing *doing)
{
	free(doing->makes.items);
	free(doing->changes.items);
	free(doing->destroys.items);
}

static void
ids_add(struct ids *ids, const struct fact *fact)
{
	GROW(ids->items, ids->count, ids->room);
	ids->items[ids->count++] = fact->id;
}

static const char **
copy_list(struct plan *plan, const char *const *items, size_t count, size_t *copied)
{
	const char **copy = arena_array(&plan->arena, count, sizeof *copy);

	for (size_t i = 0; i < count; i++)
		copy[i] = arena_string(&plan->arena, items[i]);
	*copied = count;
	return copy;
}

/* The id of the object that a statement about the fact locks: what the fact stands in,
 * up to what stands in a schema. */
static const char *
locked(struct snapshot *state, const struct fact *fact)
{
	while (fact->in) {
		const struct fact *parent = snapshot_find(state, fact->in);

		if (!parent || rule_of(parent->id)->holds)
			break;
		fact = parent;
	}
	return fact->id;
}

static void
add_steps(struct plan *plan, const struct script *script, struct doing *doing, const char *on)
{
	for (size_t i = 0; i < script->count; i++) {
		const struct script_item *statement = &script->statements[i];
		struct step step = { .sql = arena_string(&plan->arena, statement->sql.text),
			             .lock = statement->lock, .flags = statement->flags };

		if (step.lock)
			step.on = arena_string(&plan->arena, on);
		while (step.hazard_count < STATEMENT_HAZARDS && statement->hazards[step.hazard_count])
			step.hazard_count++;
		step.hazards = copy_list(plan, statement->hazards, step.hazard_count, &step.hazard_count);
		if (i == 0)
			step.destroys = copy_list(plan, doing->destroys.items, doing->destroys.count,
			                          &step.destroys_count);
		if (i + 1 == script->count) {
			step.makes = copy_list(plan, doing->makes.items, doing->makes.count, &step.makes_count);
			step.changes = copy_list(plan, doing->changes.items, doing->changes.count,
			                         &step.changes_count);
		}
		GROW(plan->steps, plan->count, plan->room);
		plan->steps[plan->count++] = step;
	}
}

/* ------------------------------------------------------------------- nodes */

/* The id of what has been renamed to be dropped later. */
static const char *
aside_id(struct arena *arena, const char *id)
{
	enum { ROOM = 63 };
	static const char suffix[] = "__postkit_old";
	const char *last = name_last_part(id_name(id));
	char *plain = identifier_plain(arena, last, strlen(last));
	size_t length = utf8_fit(plain, ROOM - (sizeof suffix - 1));
	struct sbuf quoted = SBUF_INIT;

	quote_identifier(&quoted, arena_printf(arena, "%.*s%s", (int)length, plain, suffix));
	id = arena_printf(arena, "%.*s%s", (int)(last - id), id, quoted.text);
	sbuf_release(&quoted);
	return id;
}

/* Who may do what is the same when it is only made again. */
static void
note_access(struct script *script, const struct item *item)
{
	const struct rule *rule = rule_of(item->new ? item->new->id : item->old->id);

	if (script->count && rule->access_hazard && !(item->fate == FATE_REPLACE && fact_same(item->old, item->new)))
		script_note(script, 0, NULL, rule->access_hazard);
}

/* What the rule says that dropping costs. */
static void
note_drop(struct script *script, const struct item *item)
{
	const struct rule *rule = rule_of(item->old->id);
	bool replaced = item->fate == FATE_REPLACE;
	const char *hazard = replaced && rule->replace_hazard ? rule->replace_hazard : rule->drop_hazard;

	if (!script->count)
		return;
	script_note_all(script, 0, rule->lock);
	/* One that stays in use until its successor is there does no harm. */
	if (!item->aside)
		script_note(script, rule->drop_loses ? STATEMENT_LOSES : 0, NULL,
		            hazard && *hazard ? hazard : NULL);
	note_access(script, item);
}

/* What needs it can be dropped then, and it at last. */
static void
drop_to_shell(struct plan *plan, const struct side *side, const struct node *node, struct script *script)
{
	const struct fact *fact = fact_marked(&plan->arena, node->item->old, "shell");
	const struct fact **parts = arena_array(&plan->arena, node->unit->part_count, sizeof *parts);

	if (fact_shell(fact) == SHELL_NAME)
		return;
	for (size_t i = 0; i < node->unit->part_count; i++)
		parts[i] = side->items[node->unit->parts[i]->number]->old;
	unit_create(script, &(struct unit){ fact_marked(&plan->arena, fact, "shelled"), parts,
	                                    node->unit->part_count });
}

static void
drop_steps(struct plan *plan, const struct steps *steps, const struct node *node)
{
	const struct side *side = &steps->drops;
	struct script script = SCRIPT_INIT;
	struct doing doing = { 0 };
	struct fact fact = node->item->only ? *fact_marked(&plan->arena, node->item->old, "only") : *node->item->old;

	if (node->item->aside)
		fact.id = aside_id(&plan->arena, fact.id);
	script.online = steps->diff->online && !item_goes(diff_old_parent(steps->diff, node->item)) &&
	                !needs_parked(steps->diff, node->item);
	ids_add(&doing.destroys, node->item->old);
	for (size_t i = 0; i < node->unit->part_count; i++)
		ids_add(&doing.destroys, side->items[node->unit->parts[i]->number]->old);
	if (node->unit->shell)
		drop_to_shell(plan, side, node, &script);
	else
		fact_drop(&script, &fact);
	note_drop(&script, node->item);
	add_steps(plan, &script, &doing, locked(steps->diff->from, node->item->old));
	script_release(&script);
	doing_release(&doing);
}

static void
aside_steps(struct plan *plan, const struct node *node)
{
	struct script script = SCRIPT_INIT;
	struct doing doing = { 0 };
	const char *id = node->item->old->id;

	fact_rename(&script, node->item->old, name_last_part(id_name(aside_id(&plan->arena, id))));
	script_note_all(&script, 0, rule_of(id)->lock);
	add_steps(plan, &script, &doing, id);
	script_release(&script);
}

static void
alter_steps(struct plan *plan, const struct steps *steps, const struct node *node)
{
	struct doing doing = { 0 };

	ids_add(&doing.changes, node->item->new);
	if (node->kind == NODE_ALTER)
		note_access(&node->item->script, node->item);
	add_steps(plan, node->kind == NODE_LET_GO ? &node->item->letting_go : &node->item->script, &doing,
	          locked(steps->diff->to, node->item->new));
	doing_release(&doing);
}

/* Privileges of new objects: what default privileges that stay in force gave is put right. */
static void
settle(struct plan *plan, const struct diff *diff, const struct fact *object)
{
	struct script script = SCRIPT_INIT;
	struct doing doing = { 0 };

	for (size_t i = snapshot_from(diff->from, "default_privilege "); i < diff->from->count; i++) {
		const struct fact *defaults = diff->from->facts[i];

		if (rule_of(defaults->id) != &default_privilege_rule)
			break;
		if (!item_goes(diff_old(diff, defaults->id)))
			default_privilege_settle(&script, defaults, object, diff->to);
	}
	add_steps(plan, &script, &doing, object->id);
	script_release(&script);
}

static void
create_followers(struct plan *plan, const struct steps *steps, const struct fact *copy)
{
	const struct side *side = &steps->creates;
	bool settled = false;

	for (const struct fact *f = side->units.facts[copy->number].followers; f;
	     f = side->units.facts[f->number].next) {
		const struct fact *fact = side->items[f->number]->new;
		struct script script = SCRIPT_INIT;
		struct doing doing = { 0 };

		if (!settled && rule_of(fact->id)->settled) {
			settle(plan, steps->diff, side->items[copy->number]->new);
			settled = true;
		}
		ids_add(&doing.makes, fact);
		unit_create(&script, &(struct unit){ fact, NULL, 0 });
		add_steps(plan, &script, &doing, locked(steps->diff->to, fact));
		script_release(&script);
		doing_release(&doing);
		create_followers(plan, steps, f);
	}
	if (!settled)
		settle(plan, steps->diff, side->items[copy->number]->new);
}

static int
compare_members(const void *a, const void *b)
{
	return strcmp(((const struct member *)a)->key, ((const struct member *)b)->key);
}

/* What a fact has besides what comes with its source. */
static void
inherited_steps(struct plan *plan, const struct steps *steps, const struct item *item, struct script *script)
{
	struct fact old = *item->source->new;
	struct alter alter = { .from = steps->diff->from, .to = steps->diff->to, .old = &old,
		               .new = item->new, .script = script, .bound = true, .online = steps->diff->online };
	const struct rule *rule = rule_of(item->new->id);
	const struct item *parent = diff_new(steps->diff, item->new->in);
	unsigned inherited = CHANGE_INHERITED | (parent && item_comes(parent) ? CHANGE_BORN_WITH : CHANGE_ADDED_WITH);
	size_t kept = 0;
	bool takes_down = false;

	old.id = item->new->id;
	old.in = item->new->in;
	old.members = arena_array(&plan->arena, old.member_count + item->new->member_count,
	                          sizeof *old.members);
	/* What is inherited is as it is there; what is no difference is as it shall be. */
	for (size_t i = 0; i < item->source->new->member_count; i++) {
		const struct change *change = change_of(rule, item->source->new->members[i].key);

		if (!change || (change->flags & inherited))
			old.members[kept++] = item->source->new->members[i];
	}
	for (size_t i = 0; i < item->new->member_count; i++)
		if (key_is_ignored(rule, item->new->members[i].key))
			old.members[kept++] = item->new->members[i];
	old.member_count = kept;
	if (kept)
		qsort(old.members, kept, sizeof *old.members, compare_members);
	if (!fact_alter(&alter, NULL, &takes_down))
		die(STATUS_BUG, "\"%s\" cannot be made from what it is inherited from", item->new->id);
}

/* Whether the fact comes with its parent, and something else that it needs is there already. */
static bool
ties_to_existing(const struct diff *diff, const struct fact *fact)
{
	if (!fact->in || !item_comes(diff_new(diff, fact->in)))
		return false;
	for (size_t i = 0; i < fact->needs_count; i++)
		if (!item_comes(diff_new(diff, fact->needs[i])))
			return true;
	return false;
}

static void
create_steps(struct plan *plan, const struct steps *steps, const struct node *node)
{
	const struct side *side = &steps->creates;
	const struct unit_node *unit = node->unit;
	struct script script = SCRIPT_INIT;
	struct doing doing = { 0 };
	const struct fact *fact = node->item->new;
	const struct fact **parts = arena_array(&plan->arena, unit->part_count, sizeof *parts);

	const struct item *parent = fact->in ? diff_new(steps->diff, fact->in) : NULL;

	script.existing = parent && !item_comes(parent) && !rule_of(parent->new->id)->holds;
	script.row_type_stored = script.existing && row_type_is_stored(steps->diff, parent);
	script.online = steps->diff->online;
	script.replaces = node->item->fate == FATE_REPLACE;
	script.ties = ties_to_existing(steps->diff, fact) ? steps->diff->to : NULL;
	if (!unit->shell_of)
		ids_add(&doing.makes, fact);
	for (size_t i = 0; i < unit->part_count; i++) {
		parts[i] = side->items[unit->parts[i]->number]->new;
		ids_add(&doing.makes, parts[i]);
	}
	if (unit->shell_of || unit->shell)
		fact = fact_marked(&plan->arena, fact, unit->shell_of ? "shell" : "shelled");
	if (node->item->aside)
		fact = fact_marked(&plan->arena, fact, "beside");
	if (item_create_inherited(node->item)) {
		inherited_steps(plan, steps, node->item, &script);
		if (node->item->aside)
			rule_of(fact->id)->take_over(&script, node->item->old, fact,
			                             name_last_part(id_name(aside_id(&plan->arena, fact->id))));
	} else {
		unit_create(&script, &(struct unit){ fact, parts, unit->part_count });
	}
	if (script.existing)
		script_note_all(&script, 0, rule_of(fact->id)->lock);
	if (parent && !item_comes(parent))
		note_access(&script, node->item);
	add_steps(plan, &script, &doing, locked(steps->diff->to, fact));
	script_release(&script);
	doing_release(&doing);
	if (unit->shell_of)
		return;
	create_followers(plan, steps, unit->root);
	for (size_t i = 0; i < unit->part_count; i++)
		create_followers(plan, steps, unit->parts[i]);
}

/* The statements of a node, at the end of the plan; they are put in order when all are known. */
static void
node_steps(struct plan *plan, const struct steps *steps, struct node *node)
{
	const unsigned ends = STATEMENT_OUTSIDE | STATEMENT_COMMITTED | STATEMENT_FRESH;

	node->first_step = plan->count;
	switch (node->kind) {
	case NODE_DROP: drop_steps(plan, steps, node); break;
	case NODE_ASIDE: aside_steps(plan, node); break;
	case NODE_LET_GO:
	case NODE_ALTER: alter_steps(plan, steps, node); break;
	case NODE_CREATE: create_steps(plan, steps, node); break;
	}
	node->step_count = plan->count - node->first_step;
	for (size_t i = node->first_step; i < plan->count; i++)
		node->ends |= (plan->steps[i].flags & ends) != 0;
}

static void
put_in_order(struct plan *plan, const struct steps *steps)
{
	struct step *ordered = memory_resize(NULL, (plan->count + 1) * sizeof *ordered);
	size_t count = 0;

	for (size_t i = 0; i < steps->count; i++) {
		const struct node *node = &steps->nodes[steps->order[i]];

		if (node->step_count)
			memcpy(ordered + count, plan->steps + node->first_step,
			       node->step_count * sizeof *ordered);
		count += node->step_count;
	}
	free(plan->steps);
	plan->steps = ordered;
	plan->room = plan->count + 1;
}

/* The statements and their order; an item where it has to be replaced before there can be one. */
static struct item *
sorted_steps(struct plan *plan, struct steps *steps, struct diff *diff)
{
	plan->count = 0;
	steps_make(steps, diff);
	for (size_t i = 0; i < steps->count; i++)
		node_steps(plan, steps, &steps->nodes[i]);
	steps_phase(steps);
	return steps_sort(steps);
}

void
plan_make(struct plan *plan, struct snapshot *from, struct snapshot *to, const struct plan_options *options)
{
	/* What states do not speak of is said in them during the plan only. */
	struct snapshot now = snapshot_alike(from), then = snapshot_alike(to);
	struct diff diff;
	struct steps steps;
	struct item *stuck;

	*plan = (struct plan)PLAN_INIT;
	snapshot_fingerprint(from, plan->from);
	snapshot_fingerprint(to, plan->to);
	if (options->own)
		own_settle(&now, &then, options->own);
	inherited_settle(&now, &then);
	not_nulls_settle(&now, &then); /* with the names that tables keep which leave a parent */
	diff_make(&diff, &now, &then, options->online);
	while ((stuck = sorted_steps(plan, &steps, &diff))) {
		steps_release(&steps);
		closure_replace(&diff, stuck);
	}
	put_in_order(plan, &steps);
	plan_describe(plan, &diff);
	steps_release(&steps);
	diff_release(&diff);
	snapshot_release(&now);
	snapshot_release(&then);
}
