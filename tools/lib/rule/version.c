#include "rule/version.h"

#include "rule/rules.h"

#include <string.h>

/* How versions differ in a key. */
enum manner {
	PRINTED, /* the server's text of an expression: there in both */
	UNSAID,  /* only newer servers have it, or say it */
	DIVIDED, /* a list of which a part can stand in another fact */
	MOVED    /* it is called `other` on older servers */
};

static const struct saying {
	const struct rule *rule;
	const char *key;
	enum manner manner;
	const char *other;
} sayings[] = {
	{ &view_rule, "definition", PRINTED, NULL },
	{ &materialized_view_rule, "definition", PRINTED, NULL },
	{ &rule_rule, "definition", PRINTED, NULL },
	{ &trigger_rule, "definition", PRINTED, NULL },
	{ &constraint_rule, "definition", PRINTED, NULL },
	{ &constraint_rule, "definition_tail", PRINTED, NULL },
	{ &domain_constraint_rule, "definition", PRINTED, NULL },
	{ &domain_rule, "default", PRINTED, NULL },
	{ &base_type_rule, "default", PRINTED, NULL },
	{ &default_rule, "expression", PRINTED, NULL },
	{ &column_rule, "expression", PRINTED, NULL },
	{ &index_rule, "elements", PRINTED, NULL },
	{ &index_rule, "predicate", PRINTED, NULL },
	{ &statistics_rule, "elements", PRINTED, NULL },
	{ &policy_rule, "using", PRINTED, NULL },
	{ &policy_rule, "check", PRINTED, NULL },
	{ &publication_table_rule, "filter", PRINTED, NULL },
	{ &table_rule, "partition_key", PRINTED, NULL },
	{ &partition_rule, "bound", PRINTED, NULL },
	{ &partition_rule, "constraint", PRINTED, NULL },
	{ &function_rule, "arguments", PRINTED, NULL },
	{ &function_rule, "sql_body", PRINTED, NULL },
	{ &procedure_rule, "arguments", PRINTED, NULL },
	{ &procedure_rule, "sql_body", PRINTED, NULL },
	/* 18: each NOT NULL has a name, and a child may have one beside its parent's. */
	{ &column_rule, "not_null_name", UNSAID, NULL },
	{ &column_rule, "inherited_not_null_name", UNSAID, NULL },
	{ &constraint_rule, "inherits_not_null", UNSAID, NULL },
	/* 14: multirange types. */
	{ &range_rule, "multirange_type_name", UNSAID, NULL },
	{ &range_rule, "usual_multirange_type_name", UNSAID, NULL },
	{ &range_rule, "multirange_privileges", UNSAID, NULL },
	/* 18: parallel is what a new subscription has by itself. */
	{ &subscription_rule, "streaming", UNSAID, NULL },
	/* 14: the access method decides which members belong to the class, and which to the family alone. */
	{ &operator_class_rule, "functions", DIVIDED, NULL },
	{ &operator_class_rule, "operators", DIVIDED, NULL },
	{ &operator_family_rule, "functions", DIVIDED, NULL },
	{ &operator_family_rule, "operators", DIVIDED, NULL },
	/* 15: it can be changed. */
	{ &table_rule, "access_method", MOVED, "fixed_access_method" },
	{ &materialized_view_rule, "access_method", MOVED, "fixed_access_method" },
};

/* ------------------------------------------------------------------- lists */

struct list {
	const char **items;
	size_t count;
};

static struct list
list_of(const struct fact *fact, const char *key)
{
	struct list list;

	list.items = fact_list(fact, key, &list.count);
	return list;
}

static bool
has(struct list list, const char *item)
{
	for (size_t i = 0; i < list.count; i++)
		if (!strcmp(list.items[i], item))
			return true;
	return false;
}

static bool
has_all(struct list list, struct list items)
{
	for (size_t i = 0; i < items.count; i++)
		if (!has(list, items.items[i]))
			return false;
	return true;
}

static bool
is_divided(const struct fact *a, const struct fact *b, const char *key)
{
	return has_all(list_of(a, key), list_of(b, key)) || has_all(list_of(b, key), list_of(a, key));
}

/* -------------------------------------------------------------- privileges */

/* Tables: GRANT ALL is more from 17 on. */
static bool
is_all_with(struct list list, const char *item)
{
	return !strncmp(item, "MAINTAIN", strlen("MAINTAIN")) && list.count == 8;
}

/* Whether all that `a` grants is granted by `b` too, but for what only one of both servers gives by itself. */
static bool
grants_no_more(const struct fact *a, const struct fact *b)
{
	struct list granted = list_of(a, "privileges"), others = list_of(b, "privileges");
	struct list usual = list_of(a, "default"), other_usual = list_of(b, "default");

	for (size_t i = 0; i < granted.count; i++)
		if (!has(others, granted.items[i]) && !is_all_with(granted, granted.items[i]) &&
		    has(usual, granted.items[i]) == has(other_usual, granted.items[i]))
			return false;
	return true;
}

/* Schema public alone is not the same in new databases of all versions: open to all before 15, and then no longer. */
static bool
is_usual_of_public(const struct fact *fact)
{
	struct list granted = list_of(fact, "privileges");

	if (!strcmp(fact->id, "owner of schema public"))
		return fact_is(fact, "role", "pg_database_owner") || fact_is(fact, "role", "postgres");
	return !strcmp(fact->id, "privilege on schema public to public") && has(granted, "USAGE") &&
	       granted.count == (has(granted, "CREATE") ? 2u : 1u);
}

/* -------------------------------------------------------------------- keys */

static const struct saying *
saying_of(const struct rule *rule, const char *key)
{
	for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
		if (sayings[i].rule == rule && (!strcmp(sayings[i].key, key) ||
		                                (sayings[i].other && !strcmp(sayings[i].other, key))))
			return &sayings[i];
	return NULL;
}

static const struct value *
value_of(const struct fact *fact, const struct saying *saying)
{
	const struct value *value = fact_value(fact, saying->key);

	return value || !saying->other ? value : fact_value(fact, saying->other);
}

/* Whether a parent of the table has the column too. */
static bool
has_source(const struct fact *column)
{
	return fact_has(column, "inherited") || fact_has(column, "merged");
}

static enum otherwise
key_otherwise(const struct fact *a, const struct fact *b, const char *key)
{
	const struct rule *rule = rule_of(a->id);
	const struct saying *saying = saying_of(rule, key);

	if (rule == &privilege_rule || rule == &default_privilege_rule)
		return grants_no_more(a, b) && grants_no_more(b, a) ? OTHERWISE_SAID : OTHERWISE_NOT;
	if (rule == &owner_rule && !strcmp(key, "default"))
		return OTHERWISE_SAID;
	/* Before 18 it is not known whose the NOT NULL of an inherited column is. */
	if (rule == &column_rule && !strcmp(key, "not_null") && has_source(a) && has_source(b))
		return OTHERWISE_SAID;
	if (!saying)
		return OTHERWISE_NOT;
	switch (saying->manner) {
	case PRINTED: return fact_has(a, key) && fact_has(b, key) ? OTHERWISE_PRINTED : OTHERWISE_NOT;
	case UNSAID: return fact_has(a, key) && fact_has(b, key) ? OTHERWISE_NOT : OTHERWISE_SAID;
	case DIVIDED: return is_divided(a, b, key) ? OTHERWISE_SAID : OTHERWISE_NOT;
	case MOVED: break;
	}
	return value_equal(value_of(a, saying), value_of(b, saying)) ? OTHERWISE_SAID : OTHERWISE_NOT;
}

enum otherwise
version_otherwise(const struct fact *a, const struct fact *b)
{
	enum otherwise found = OTHERWISE_SAID;
	size_t i = 0, k = 0;

	if (!a || !b)
		return is_usual_of_public(a ? a : b) ? OTHERWISE_SAID : OTHERWISE_NOT;
	if (!a->in != !b->in || (a->in && strcmp(a->in, b->in) != 0))
		return OTHERWISE_NOT;
	while (i < a->member_count || k < b->member_count) {
		int order = i == a->member_count ? 1 : k == b->member_count ? -1 :
		            strcmp(a->members[i].key, b->members[k].key);
		const char *key = order > 0 ? b->members[k].key : a->members[i].key;
		enum otherwise in_key;

		if (order || !value_equal(&a->members[i].value, &b->members[k].value)) {
			in_key = key_otherwise(a, b, key);
			if (in_key == OTHERWISE_NOT)
				return OTHERWISE_NOT;
			if (in_key == OTHERWISE_PRINTED)
				found = OTHERWISE_PRINTED;
		}
		i += order <= 0;
		k += order >= 0;
	}
	return found;
}
