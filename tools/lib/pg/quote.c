#include "pg/quote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * All keywords of PostgreSQL 13 to 18 that quote_identifier quotes: every one
 * that is not UNRESERVED_KEYWORD in src/include/parser/kwlist.h of any of these
 * versions, so that a name is written the same for all servers. Sorted.
 */
static const char *const keywords[] = {
	"all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
	"authorization", "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast",
	"char", "character", "check", "coalesce", "collate", "collation", "column", "concurrently",
	"constraint", "create", "cross", "current_catalog", "current_date", "current_role",
	"current_schema", "current_time", "current_timestamp", "current_user", "dec", "decimal",
	"default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists",
	"extract", "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant",
	"greatest", "group", "grouping", "having", "ilike", "in", "initially", "inner", "inout",
	"int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "json",
	"json_array", "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query",
	"json_scalar", "json_serialize", "json_table", "json_value", "lateral", "leading", "least",
	"left", "like", "limit", "localtime", "localtimestamp", "merge_action", "national",
	"natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric",
	"offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing",
	"position", "precision", "primary", "real", "references", "returning", "right", "row",
	"select", "session_user", "setof", "similar", "smallint", "some", "substring", "symmetric",
	"system_user", "table", "tablesample", "then", "time", "timestamp", "to", "trailing",
	"treat", "trim", "true", "union", "unique", "user", "using", "values", "varchar",
	"variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat",
	"xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot",
	"xmlserialize", "xmltable",
};

static int
compare_keyword(const void *name, const void *keyword)
{
	return strcmp(name, *(const char *const *)keyword);
}

bool
identifier_needs_quotes(const char *name)
{
	if (!((*name >= 'a' && *name <= 'z') || *name == '_'))
		return true;
	for (const char *p = name; *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '_'))
			return true;
	return bsearch(name, keywords, sizeof keywords / sizeof *keywords, sizeof *keywords,
	               compare_keyword) != NULL;
}

void
quote_identifier(struct sbuf *out, const char *name)
{
	if (!identifier_needs_quotes(name)) {
		sbuf_adds(out, name);
		return;
	}
	sbuf_addc(out, '"');
	for (; *name; name++) {
		if (*name == '"')
			sbuf_addc(out, '"');
		sbuf_addc(out, *name);
	}
	sbuf_addc(out, '"');
}

void
quote_literal(struct sbuf *out, const char *text)
{
	bool escape = strchr(text, '\\') != NULL;

	if (escape)
		sbuf_addc(out, 'E');
	sbuf_addc(out, '\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			sbuf_addc(out, *text);
		sbuf_addc(out, *text);
	}
	sbuf_addc(out, '\'');
}

void
quote_dollar(struct sbuf *out, const char *text)
{
	char tag[32] = "$$";

	/* Not only the tag itself: a text that ends in its beginning would close
	 * the quotes too early ("$_" followed by "$_$"). */
	for (unsigned n = 0;; n++) {
		size_t length = strlen(text), open = strlen(tag) - 1;
		bool ends = length >= open && !strncmp(text + length - open, tag, open);

		if (!strstr(text, tag) && !ends)
			break;
		if (n == 0)
			snprintf(tag, sizeof tag, "$_$");
		else
			snprintf(tag, sizeof tag, "$_%u$", n);
	}
	sbuf_addf(out, "%s%s%s", tag, text, tag);
}

void
quote_conninfo(struct sbuf *out, const char *value)
{
	sbuf_addc(out, '\'');
	for (; *value; value++) {
		if (*value == '\'' || *value == '\\')
			sbuf_addc(out, '\\');
		sbuf_addc(out, *value);
	}
	sbuf_addc(out, '\'');
}

size_t
utf8_fit(const char *name, size_t room)
{
	size_t length = strlen(name);

	if (length <= room)
		return length;
	while (room && ((unsigned char)name[room] & 0xc0) == 0x80)
		room--;
	return room;
}
