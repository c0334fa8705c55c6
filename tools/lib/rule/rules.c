#include "rule/rules.h"

const struct rule *const rules[] = {
	&schema_rule,
	&extension_rule,
	&table_rule,
	&foreign_table_rule,
	&column_rule,
	&default_rule,
	&partition_rule,
	&constraint_rule,
	&index_rule,
	&index_partition_rule,
	&sequence_rule,
	&owned_by_rule,
	&comment_rule,
	NULL,
};
