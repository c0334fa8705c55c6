/*
 * diff.h - what becomes of each fact between two states
 *
 * A merge of two sorted snapshots gives the facts that are in one of them only
 * and those that differ; the kinds' rules say whether a difference is none, can be
 * made in place, or takes a replacement. Then what is dropped takes everything
 * along that stands in it or needs it: that is dropped too, and where the desired
 * state has it, made again. When this is done, everything that a step would block
 * or destroy has a step of its own; nothing is left to CASCADE.
 */
#ifndef PK_DIFF_H
#define PK_DIFF_H

#include "rule/rule.h"

enum fate {
	FATE_KEEP,
	FATE_ALTER,  /* in place */
	FATE_DROP,   /* only in the current state */
	FATE_CREATE, /* only in the desired state */
	FATE_REPLACE /* dropped and made again */
};

/* One id that is in either state. */
struct item {
	struct fact *old, *new; /* their `number` is the item's place in diff.items */
	enum fate fate;
	bool takes_down;        /* altered in a way that what needs it does not bear */
	bool aside;             /* renamed before its successor is made, dropped afterwards */
	bool only;              /* dropped without what is inherited from it */
	bool queued;
	size_t searched;        /* diff.searches, when last looked at */
	bool parks;             /* altered: what it holds leaves its type for a while (rule.park) */
	struct item *source;    /* what the fact is inherited from, in both states and meanwhile */
	struct item *tie;       /* what makes it so, if that is a fact of its own */
	struct script script;   /* of FATE_ALTER */
	struct script letting_go; /* of FATE_ALTER: CHANGE_LETS_GO */
};

struct links {
	size_t *start, *to; /* those of item i: to[start[i]] up to to[start[i + 1]] */
};

/* The server does not make the change as long as `user` stores values of the row type that is changed. */
struct refusal {
	struct item *change, *user;
};

struct diff {
	struct snapshot *from, *to;
	struct item *items; /* by id */
	size_t count;
	struct links users; /* in the current state: what stands in an item, needs it or inherits from it */
	struct refusal *refusals; /* row_type.h */
	size_t refusal_count, refusal_room, searches;
	bool online;
	struct arena arena;
};

/* Finds everything out. The snapshots must outlive the diff; the first one loses the needs that only said
 * when something is made (rule.waits_for). */
void
diff_make(struct diff *diff, struct snapshot *from, struct snapshot *to, bool online);

void
diff_release(struct diff *diff);

/* What becomes of an item of both states that differ, from its facts and its source alone. */
void
diff_alter(struct diff *diff, struct item *item);

/* The item of an id in a state, NULL when it is not there. */
struct item *
diff_old(const struct diff *diff, const char *id);

struct item *
diff_new(const struct diff *diff, const char *id);

/* The item of what the old fact stands in, NULL where it stands in nothing. */
struct item *
diff_old_parent(const struct diff *diff, const struct item *item);

static inline bool
item_goes(const struct item *item)
{
	return item && (item->fate == FATE_DROP || item->fate == FATE_REPLACE);
}

static inline bool
item_comes(const struct item *item)
{
	return item && (item->fate == FATE_CREATE || item->fate == FATE_REPLACE);
}

/* The item by whose change in place this one is changed, its sources' source: itself where it has none. */
static inline struct item *
item_top(const struct item *item)
{
	while (item->source && item->source->fate == FATE_ALTER)
		item = item->source;
	return (struct item *)item;
}

/* Whether it comes or goes with its source: no statement of its own. */
bool
item_drop_inherited(const struct item *item);

bool
item_create_inherited(const struct item *item);

enum { UNDOERS_MOST = 2 };

/* What may undo the item's fact (the desired one, or the current one of what is dropped; rule.undone_by): how many;
 * and whether it does. */
size_t
diff_undone_by(const struct diff *diff, const struct item *item, struct arena *arena, struct item *found[UNDOERS_MOST]);

bool
item_undoes(const struct item *item);

/* Whether the fact needs or stands in the fact of that id. */
bool
fact_uses(const struct fact *fact, const char *id);

/* Whether the fact, which no statement can undo by itself (rule.never_lets_go), is undone by the
 * drop of what has this id, one of its needs. */
bool
fact_let_go_by(const struct fact *fact, const char *id);

/* What takes the place of an item that goes: itself made again, or what has its
 * name; NULL: nothing that `user` needs. */
struct item *
item_successor(const struct diff *diff, const struct item *item, const struct fact *user);

/*
 * The differences between two facts by their kind's rule, written as statements.
 * False: it takes a replacement. `takes_down` is set or left. With a `source`, keys that
 * are inherited and changed there alike are left out.
 */
bool
fact_alter(const struct alter *alter, const struct item *source, bool *takes_down);

/* Whether facts of that kind can move over to the successor of what they need (CHANGE_MOVES). */
bool
rule_moves(const struct rule *rule);

/* Whether nothing but what its rule ignores differs. */
bool
fact_same(const struct fact *old, const struct fact *new);

#endif
