/*
 * rules.h - the rules of all kinds, and what their implementations share
 */
#ifndef PK_RULES_H
#define PK_RULES_H

#include "rule/rule.h"

/* All of them, ended by NULL. */
extern const struct rule *const rules[];

extern const struct rule schema_rule, extension_rule;
extern const struct rule enum_rule, domain_rule, domain_constraint_rule, type_rule, attribute_rule;
extern const struct rule range_rule, base_type_rule, shell_type_rule;
extern const struct rule function_rule, procedure_rule, aggregate_rule;
extern const struct rule operator_rule, operator_family_rule, operator_class_rule, access_method_rule;
extern const struct rule language_rule, transform_rule, cast_rule, collation_rule, conversion_rule;
extern const struct rule text_search_parser_rule, text_search_template_rule;
extern const struct rule text_search_dictionary_rule, text_search_configuration_rule;
extern const struct rule text_search_mapping_rule;
extern const struct rule foreign_data_wrapper_rule, server_rule, user_mapping_rule;
extern const struct rule publication_rule, publication_table_rule, publication_schema_rule;
extern const struct rule subscription_rule;
extern const struct rule table_rule, foreign_table_rule, column_rule, default_rule, partition_rule;
extern const struct rule constraint_rule;
extern const struct rule index_rule, index_partition_rule;
extern const struct rule sequence_rule, owned_by_rule;
extern const struct rule view_rule, materialized_view_rule, populated_rule;
extern const struct rule rule_rule, trigger_rule, event_trigger_rule, policy_rule;
extern const struct rule statistics_rule;
extern const struct rule comment_rule, owner_rule, privilege_rule, default_privilege_rule;
extern const struct rule security_label_rule, extension_dependency_rule, database_setting_rule;

/*
 * From PostgreSQL 18 on NOT NULL has a name. The server chooses the usual one (table_column_not_null) unless any
 * constraint of the schema has it by then, which depends on what is made first. So where something in the snapshot,
 * or in the other state of a plan (or NULL), is called so by its own fact, as partitions call theirs after their
 * table's, the columns that have the name by the server's choice say it from now on.
 */
void
not_nulls_settle(struct snapshot *snapshot, struct snapshot *other);

/* The order of creation, after pg_dump_sort.c (PostgreSQL 18). */
enum rank {
	RANK_SCHEMA = 10,
	RANK_LANGUAGE = 20,
	RANK_COLLATION = 30,
	RANK_TRANSFORM = 40,
	RANK_EXTENSION = 50,
	RANK_TYPE = 60,
	RANK_CAST = 70,
	RANK_FUNCTION = 80,
	RANK_AGGREGATE = 90,
	RANK_ACCESS_METHOD = 100,
	RANK_OPERATOR = 110,
	RANK_OPERATOR_FAMILY = 120,
	RANK_CONVERSION = 130,
	RANK_TEXT_SEARCH = 140,
	RANK_FOREIGN_DATA_WRAPPER = 150,
	RANK_SERVER = 160,
	RANK_SEQUENCE = 170,
	RANK_TABLE = 180,
	RANK_COLUMN = 190,
	RANK_DEFAULT = 200,
	RANK_CONSTRAINT = 210,
	RANK_OWNED_BY = 220,
	RANK_PARTITION = 230,
	RANK_VIEW = 240,
	RANK_INDEX = 250,
	RANK_INDEX_PARTITION = 260,
	RANK_STATISTICS = 270,
	RANK_RULE = 280,
	RANK_FOREIGN_KEY = 290,
	RANK_TRIGGER = 300,
	RANK_POLICY = 310,
	RANK_PUBLICATION = 320,
	RANK_SUBSCRIPTION = 330,
	RANK_ABOUT = 340, /* comments, owners, privileges, security labels */
	RANK_DEFAULT_PRIVILEGE = 350,
	RANK_SETTING = 360,
	RANK_REFRESH = 370,
	RANK_EVENT_TRIGGER = 380
};

/*
 * Storage options as catalogs keep them ("fillfactor=70"), for WITH (…) and
 * SET (…): names quoted where needed, values as literals unless they are plain
 * words or numbers. `prefix` ("toast.") stands before each name.
 */
void
options_write(struct sbuf *out, const char *const *options, size_t count, const char *prefix);

/* The fact's `options` as ` WITH (…)`, where there are any. */
void
with_options_write(struct sbuf *out, const struct fact *fact);

/* Options of foreign objects ("host=db1") as OPTIONS (…) wants them: host 'db1'. */
void
fdw_options_write(struct sbuf *out, const char *const *options, size_t count);

/* The name of "function public.f(integer)" without the types, `*length` bytes of it. */
const char *
routine_name(const char *id, size_t *length);

/* A role as GRANT names it: `public`, which no role can be called, is PUBLIC. */
void
grantee_write(struct sbuf *out, const char *role, size_t length);

/*
 * Puts right what `object`, which has just been created, may have got by these
 * default privileges, depending on who created it: the grantee has what `state` says.
 */
void
default_privilege_settle(struct script *script, const struct fact *defaults, const struct fact *object,
                         struct snapshot *state);

/* USER MAPPING FOR role SERVER server */
void
user_mapping_write(struct sbuf *sql, const char *id);

/* Items with ", " in between. */
void
list_write(struct sbuf *out, const char *const *items, size_t count);

#endif
