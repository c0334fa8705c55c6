/* The steps of what speaks of all that is done or made from then on (steps_of_all in steps.h). */
#include "plan/edges.h"

#include "rule/rules.h"

static const struct fact *
either(const struct item *item)
{
	return item->new ? item->new : item->old;
}

/* Default privileges, event triggers and what is said of them. */
static bool
speaks_of_all(const struct fact *fact)
{
	const struct rule *rule = rule_of(fact->in && !id_is(fact->in, "schema") ? fact->in : fact->id);

	return rule == &default_privilege_rule || rule == &event_trigger_rule;
}

/* Whether it is an event trigger that fires. */
static bool
fires(const struct fact *fact)
{
	return fact && rule_of(fact->id) == &event_trigger_rule && !fact_is(fact, "enabled", "DISABLE") &&
	       !fact_is(fact, "enabled", "ENABLE REPLICA");
}

static bool
begins(const struct node *node)
{
	return (node->kind == NODE_CREATE && speaks_of_all(node->item->new)) ||
	       (node->kind == NODE_ALTER && fires(node->item->new));
}

/* One that is only dropped to be made again would be missing for longer than it has to be. */
static bool
stops(const struct node *node)
{
	return (node->kind == NODE_DROP && node->item->fate == FATE_DROP && fires(node->item->old)) ||
	       (node->kind == NODE_ALTER && fires(node->item->old) && !fires(node->item->new));
}

void
steps_of_all(struct steps *steps)
{
	size_t first = SIZE_MAX, last = SIZE_MAX, count = steps->count;

	for (size_t i = count; i-- > 0;) {
		if (begins(&steps->nodes[i])) {
			add_edge(steps, i, first, false);
			first = i;
		} else if (stops(&steps->nodes[i])) {
			add_edge(steps, last, i, false);
			last = i;
		}
	}
	for (size_t i = 0; i < count && (first != SIZE_MAX || last != SIZE_MAX); i++) {
		if (speaks_of_all(either(steps->nodes[i].item)))
			continue;
		if (steps->nodes[i].kind >= NODE_ALTER)
			add_edge(steps, i, first, false);
		add_edge(steps, last, i, false);
	}
}
