/* Text search: parsers, templates, dictionaries, configurations. */
#include "rule/layout.h"
#include "rule/rules.h"

#include <string.h>

static void
object_create(struct script *script, const struct fact *fact, const struct parameter *parameters)
{
	struct sbuf *sql = script_next(script);
	struct items items = ITEMS_INIT;

	sbuf_adds(sql, "CREATE ");
	object_write(sql, fact->id);
	sbuf_addc(sql, ' ');
	parameters_add(&items, parameters, fact);
	if (fact_has(fact, "options"))
		sbuf_adds(items_next(&items), fact_text(fact, "options"));
	items_write(sql, &items);
}

static void
parser_create(struct script *script, const struct unit *unit)
{
	static const struct parameter parameters[] = {
		{ "start", "START", PARAMETER_PLAIN },
		{ "gettoken", "GETTOKEN", PARAMETER_PLAIN },
		{ "end", "END", PARAMETER_PLAIN },
		{ "headline", "HEADLINE", PARAMETER_PLAIN },
		{ "lextypes", "LEXTYPES", PARAMETER_PLAIN },
		{ 0 },
	};

	object_create(script, unit->fact, parameters);
}

const struct rule text_search_parser_rule = {
	.kind = "text_search_parser", .words = "TEXT SEARCH PARSER", .directory = "text_search",
	.rank = RANK_TEXT_SEARCH, .create = parser_create,
};

static void
template_create(struct script *script, const struct unit *unit)
{
	static const struct parameter parameters[] = {
		{ "init", "INIT", PARAMETER_PLAIN },
		{ "lexize", "LEXIZE", PARAMETER_PLAIN },
		{ 0 },
	};

	object_create(script, unit->fact, parameters);
}

const struct rule text_search_template_rule = {
	.kind = "text_search_template", .words = "TEXT SEARCH TEMPLATE", .directory = "text_search",
	.rank = RANK_TEXT_SEARCH, .create = template_create,
};

static void
dictionary_create(struct script *script, const struct unit *unit)
{
	static const struct parameter parameters[] = {
		{ "template", "TEMPLATE", PARAMETER_PLAIN },
		{ 0 },
	};

	object_create(script, unit->fact, parameters);
}

const struct rule text_search_dictionary_rule = {
	.kind = "text_search_dictionary", .words = "TEXT SEARCH DICTIONARY", .directory = "text_search",
	.rank = RANK_TEXT_SEARCH, .create = dictionary_create,
};

/* ALTER … ADD MAPPING for all tokens that are asked for in the same way as this one. */
static void
mapping_write(struct script *script, const struct unit *unit, const struct fact *mapping, size_t at)
{
	struct sbuf *sql = script_next(script);
	const struct value *wanted = fact_value(mapping, "dictionaries");
	const struct fact *other;

	sbuf_addf(sql, "ALTER TEXT SEARCH CONFIGURATION %s\n    ADD MAPPING FOR %s", id_name(mapping->in),
	          name_last_part(id_name(mapping->id)));
	while (unit && (other = unit_part(unit, mapping->in, "text_search_mapping", &at)))
		if (value_equal(fact_value(other, "dictionaries"), wanted))
			sbuf_addf(sql, ", %s", name_last_part(id_name(other->id)));
	sbuf_adds(sql, "\n    WITH ");
	list_write(sql, wanted->items, wanted->count);
}

/* Whether a part before `end` has the same dictionaries. */
static bool
written_before(const struct unit *unit, const struct fact *mapping)
{
	const struct fact *other;

	for (size_t at = 0; (other = unit_part(unit, mapping->in, "text_search_mapping", &at)) != mapping;)
		if (value_equal(fact_value(other, "dictionaries"), fact_value(mapping, "dictionaries")))
			return true;
	return false;
}

static void
configuration_create(struct script *script, const struct unit *unit)
{
	static const struct parameter parameters[] = {
		{ "parser", "PARSER", PARAMETER_PLAIN },
		{ 0 },
	};
	const struct fact *part;

	object_create(script, unit->fact, parameters);
	for (size_t at = 0; (part = unit_part(unit, unit->fact->id, "text_search_mapping", &at));)
		if (!written_before(unit, part))
			mapping_write(script, unit, part, at);
}

const struct rule text_search_configuration_rule = {
	.kind = "text_search_configuration", .words = "TEXT SEARCH CONFIGURATION",
	.directory = "text_search", .rank = RANK_TEXT_SEARCH, .create = configuration_create,
};

static enum fold
mapping_fold(const struct fact *fact)
{
	(void)fact;
	return FOLD_MUST;
}

static void
mapping_create(struct script *script, const struct unit *unit)
{
	mapping_write(script, NULL, unit->fact, 0);
}

static void
mapping_drop(struct script *script, const struct fact *fact)
{
	script_add(script, "ALTER TEXT SEARCH CONFIGURATION %s DROP MAPPING FOR %s", id_name(fact->in),
	           name_last_part(id_name(fact->id)));
}

const struct rule text_search_mapping_rule = {
	.kind = "text_search_mapping", .rank = RANK_TEXT_SEARCH, .fold = mapping_fold,
	.create = mapping_create, .drop = mapping_drop,
};
