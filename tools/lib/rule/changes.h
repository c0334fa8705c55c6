/*
 * changes.h - how facts of each kind change in place: the tables behind rule.changes
 */
#ifndef PK_CHANGES_H
#define PK_CHANGES_H

#include "rule/rule.h"

extern const struct change table_changes[], foreign_table_changes[], column_changes[], default_changes[];
extern const struct change constraint_changes[], index_changes[], sequence_changes[], owned_by_changes[];
extern const struct change view_changes[], materialized_view_changes[], routine_changes[];
extern const struct change trigger_changes[], rule_changes[], policy_changes[], event_trigger_changes[];
extern const struct change enum_changes[], domain_changes[], domain_constraint_changes[];
extern const struct change attribute_changes[], statistics_changes[];
extern const struct change extension_changes[], comment_changes[], security_label_changes[];
extern const struct change owner_changes[], privilege_changes[], database_setting_changes[];
extern const struct change foreign_data_wrapper_changes[], server_changes[], user_mapping_changes[];
extern const struct change publication_changes[], subscription_changes[];

bool
in_list(const char *item, const char *const *list, size_t count);

/* The names of the tables that the table inherits from, or is a partition of. */
const char **
table_parents(struct snapshot *state, const char *table, struct arena *arena, size_t *count);

/* rule.sources of columns and of checks. */
const char **
column_sources(struct snapshot *state, const struct fact *fact, struct arena *arena, size_t *count);

const char **
constraint_sources(struct snapshot *state, const struct fact *fact, struct arena *arena, size_t *count);

/* rule.held_by of checks: those of that name in the parents of a child table, and above. */
const char **
constraint_held_by(struct snapshot *state, const struct fact *fact, struct arena *arena, size_t *count);

/* rule.tie of both: the partition that the table is. */
const char *
partition_tie(struct snapshot *state, const struct fact *fact, struct arena *arena);

/* Begins ALTER TABLE … ALTER COLUMN …; `only` leaves the tables that inherit it out. */
struct sbuf *
column_begin(const struct alter *alter, bool only);

/* NOT NULL of a column, its name, and whether children have it. */
bool
not_null_alter(const struct alter *alter);

/* SET NOT NULL, or the form that gives it a name or keeps it from children. */
void
not_null_set(const struct alter *alter);

/* rule.take_over of columns. */
void
column_take_over(struct script *script, const struct fact *old, const struct fact *new, const char *old_name);

/* rule.park of columns */
void
column_park(struct script *script, const struct fact *column);

/* What is said of a view's column is taken back: it has what it has by itself. */
void
column_reset(struct script *script, const struct fact *fact);

/* rule.taken_by */
const char *
owned_by_taken_by(const struct fact *fact);

/* The id of who owns the table of that column; NULL: nobody that the state speaks of. */
const char *
owned_by_owner(struct snapshot *state, const struct fact *fact, struct arena *arena);

const char *
index_partition_taken_by(const struct fact *fact);

/* rule.rides: always; where the server builds it again by itself. */
bool
rides(const struct fact *fact);

bool
constraint_rides(const struct fact *fact);

/*
 * `words` SET (…) and RESET (…) for lists of "name=value" that differ, each
 * name with `prefix` before it.
 */
void
options_alter(struct script *script, const char *words, const struct alter *alter, const char *key,
              const char *prefix);

/* `words` OPTIONS (ADD …, SET …, DROP …) */
void
fdw_options_alter(struct script *script, const char *words, const struct alter *alter);

/* What an index, or the index of a constraint, has besides its definition; by its name. */
bool
index_settings_alter(const struct alter *alter, const char *index);

#endif
