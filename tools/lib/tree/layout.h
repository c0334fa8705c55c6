/*
 * layout.h - which fact stands in which file of the schema tree
 *
 * A layout is the tree as a fresh import would write it: a list of groups, each
 * the text of one file. What a rule gives a directory has a group of its own
 * (functions of one name share one); what it gives none stands with its parent.
 * Rules that are `consolidated` (owners, privileges) stand in one file a schema.
 */
#ifndef PK_TREE_LAYOUT_H
#define PK_TREE_LAYOUT_H

#include "fact/snapshot.h"
#include "rule/rule.h"

struct group {
	const char *key;       /* "tables public.users": what it holds, one word and a name */
	const char *directory; /* "tables" */
	const char *name;      /* the file's name without number and ".sql", safe */
	bool numbered;         /* the name gets a number in front */
	struct sbuf text;      /* SQL, ends with a newline */
	const struct rule *last; /* of its last statement */
	bool last_is_long;       /* which has several lines */
};

struct layout {
	struct arena arena;
	struct group **groups; /* in the order of creation */
	size_t count, room;
};

#define LAYOUT_INIT { ARENA_INIT, NULL, 0, 0 }

/*
 * Adds the groups of all facts; `ordered` are the same ones in the order of creation, `count` with their shells.
 * Objects of the schema `default_schema` have it not in their files' names.
 */
void
layout_add_facts(struct layout *layout, struct snapshot *facts, struct fact *const *ordered, size_t count,
                 const char *default_schema);

/* Adds a file with this text, `path` relative to the tree: "infra/roles.sql". */
void
layout_add_file(struct layout *layout, const char *path, const char *text, size_t length);

void
layout_release(struct layout *layout);

/*
 * `name` as part of a file's name: ASCII letters, digits, '_' and '-' stay, a
 * run of anything else becomes one '_', at most 80 bytes; never empty.
 */
char *
file_name_safe(struct arena *arena, const char *name);

#endif
