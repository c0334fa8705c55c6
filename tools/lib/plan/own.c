#include "plan/own.h"

#include "rule/rule.h"

void
own_settle(struct snapshot *from, struct snapshot *to, const char *own)
{
	size_t kept = 0;

	for (size_t i = 0; i < to->count; i++) {
		struct fact *fact = to->facts[i], *old;
		const char *holder = rule_of(fact->id)->holder;

		if (holder && fact_is(fact, holder, own)) {
			old = snapshot_find(from, fact->id);
			if (!old)
				continue;
			fact = arena_alloc(&to->arena, sizeof *fact);
			*fact = *old;
		}
		to->facts[kept++] = fact;
	}
	to->count = kept;
	snapshot_forget_places(to);
}
