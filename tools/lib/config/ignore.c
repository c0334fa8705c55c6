#include "config/ignore.h"

#include "base/die.h"
#include "base/io.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *const ignore_sections[] = {
	"access_methods", "aggregates", "casts", "collations", "constraints", "conversions", "default_privileges",
	"domains", "enums", "event_triggers", "extensions", "foreign_data_wrappers", "foreign_tables", "functions",
	"indexes", "languages", "materialized_views", "operator_classes", "operator_families", "operators", "policies",
	"privileges", "procedures", "publications", "rules", "schemas", "sequences", "servers", "statistics",
	"subscriptions", "tables", "text_search_configurations", "text_search_dictionaries",
	"text_search_parsers", "text_search_templates", "transforms", "triggers", "types", "user_mappings", "views",
	NULL,
};

/* ----------------------------------------------------------------- parsing */

struct parser {
	struct arena *arena;
	const char *at;
	long line;
	const char *section; /* NULL: before the first */
	struct ignore *ignore;
	size_t room;
};

static void
skip_blanks(struct parser *parser)
{
	parser->at += strspn(parser->at, " \t\r");
}

/* Blanks, line breaks and comments. */
static void
skip_space(struct parser *parser)
{
	while (skip_blanks(parser), *parser->at == '\n' || *parser->at == '#') {
		parser->at += *parser->at == '#' ? strcspn(parser->at, "\n") : 1;
		parser->line += parser->at[-1] == '\n';
	}
}

static const char *
parse_section(struct parser *parser)
{
	const char *start = ++parser->at;
	size_t length = strcspn(start, "]\n");

	if (start[length] != ']')
		return "the ] of the section is missing";
	parser->at = start + length + 1;
	while (length && strchr(" \t", *start)) {
		start++;
		length--;
	}
	while (length && strchr(" \t", start[length - 1]))
		length--;
	parser->section = NULL;
	for (size_t i = 0; ignore_sections[i]; i++)
		if (strlen(ignore_sections[i]) == length && !strncmp(ignore_sections[i], start, length))
			parser->section = ignore_sections[i];
	return parser->section ? NULL : "unknown section";
}

/* What a backslash in a string in double quotes means; NULL: nothing. */
static const char *
escape(char c)
{
	static const char *const meanings[] = { "\"\"", "\\\\", "n\n", "t\t", "r\r", "b\b", "f\f" };

	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (*meanings[i] == c)
			return meanings[i] + 1;
	return NULL;
}

static void
add_pattern(struct parser *parser, const char *text)
{
	struct ignore *ignore = parser->ignore;

	GROW(ignore->patterns, ignore->count, parser->room);
	ignore->patterns[ignore->count++] = (struct ignore_pattern){
		.section = parser->section, .text = text + (*text == '!'), .negated = *text == '!',
		.line = parser->line,
	};
}

static const char *
parse_string(struct parser *parser)
{
	char quote = *parser->at++;
	char *text = arena_copy(parser->arena, parser->at, strcspn(parser->at, "\n")), *to = text;

	for (; *parser->at != quote; parser->at++) {
		const char *meaning;

		if (!*parser->at || *parser->at == '\n')
			return "the quote does not end on its line";
		if (*parser->at != '\\' || quote == '\'') {
			*to++ = *parser->at;
			continue;
		}
		meaning = escape(*++parser->at);
		if (!meaning)
			return "unknown escape in a string; for a pattern's own \\ write \\\\ or use '…'";
		*to++ = *meaning;
	}
	parser->at++;
	*to = '\0';
	if (!*text || !strcmp(text, "!"))
		return "an empty pattern";
	add_pattern(parser, text);
	return NULL;
}

static const char *
parse_patterns(struct parser *parser)
{
	if (strncmp(parser->at, "patterns", 8) != 0)
		return "a [section] or patterns = [ … ] is needed";
	parser->at += 8;
	skip_blanks(parser);
	if (*parser->at != '=')
		return "a = is needed after patterns";
	parser->at++;
	skip_blanks(parser);
	if (*parser->at != '[')
		return "a list is needed: patterns = [ … ]";
	if (!parser->section)
		return "patterns stand in a [section]";
	parser->at++;
	for (skip_space(parser); *parser->at != ']'; skip_space(parser)) {
		const char *wrong;

		if (*parser->at != '"' && *parser->at != '\'')
			return *parser->at ? "a string in quotes is needed" : "the ] of the list is missing";
		wrong = parse_string(parser);
		if (wrong)
			return wrong;
		skip_space(parser);
		if (*parser->at == ',')
			parser->at++;
		else if (*parser->at != ']')
			return *parser->at ? "a comma is needed" : "the ] of the list is missing";
	}
	parser->at++;
	return NULL;
}

const char *
ignore_parse(struct arena *arena, const char *text, struct ignore *ignore, long *line)
{
	struct parser parser = { .arena = arena, .at = text, .line = 1, .ignore = ignore };
	struct ignore_pattern *grown;
	const char *wrong = NULL;

	*ignore = (struct ignore){ NULL, 0 };
	/* Some editors begin a file with a byte order mark. */
	if (!strncmp(text, "\xef\xbb\xbf", 3))
		parser.at += 3;
	for (skip_space(&parser); *parser.at && !wrong; skip_space(&parser)) {
		wrong = *parser.at == '[' ? parse_section(&parser) : parse_patterns(&parser);
		if (wrong)
			break;
		skip_blanks(&parser);
		if (*parser.at && !strchr("\n#", *parser.at))
			wrong = "the line should end here";
	}
	*line = parser.line;
	grown = ignore->patterns;
	ignore->patterns = arena_array(arena, ignore->count + 1, sizeof *grown);
	if (ignore->count)
		memcpy(ignore->patterns, grown, ignore->count * sizeof *grown);
	free(grown);
	return wrong;
}

const struct ignore *
ignore_read(struct arena *arena, const char *path)
{
	struct ignore *ignore = arena_alloc(arena, sizeof *ignore);
	struct sbuf text = SBUF_INIT;
	const char *wrong;
	long line;

	if (!file_read(path, &text)) {
		if (errno != ENOENT)
			die(STATUS_USAGE, "cannot read %s: %s", path, strerror(errno));
		return ignore;
	}
	wrong = ignore_parse(arena, text.text, ignore, &line);
	if (wrong)
		die_report(STATUS_USAGE, &(struct report){ .file = path, .line = line, .text = wrong });
	sbuf_release(&text);
	return ignore;
}

/* ---------------------------------------------------------------- matching */

static const char *
next_character(const char *p)
{
	for (p++; ((unsigned char)*p & 0xC0) == 0x80; p++)
		;
	return p;
}

/* Whether the characters at `a` and `b` are the same, or in order. */
static int
compare_characters(const char *a, const char *b)
{
	size_t first = (size_t)(next_character(a) - a), second = (size_t)(next_character(b) - b);

	/* UTF-8 sorts bytewise as the characters do. */
	return first != second ? (first < second ? -1 : 1) : memcmp(a, b, first);
}

/* The set [ … ] at `pattern`: whether the character at `name` is in it. Sets
 * `*end` behind the set, to NULL when it has no end. */
static bool
in_set(const char *pattern, const char *name, const char **end)
{
	const char *p = pattern + 1;
	bool negated = *p == '^' || *p == '!', found = false;

	p += negated;
	for (bool first = true; first || *p != ']'; first = false) {
		const char *low = p, *high;

		if (*low == '\\' && low[1])
			low++;
		if (!*low) {
			*end = NULL;
			return false;
		}
		p = next_character(low);
		high = low;
		if (*p == '-' && p[1] && p[1] != ']') {
			high = p + 1;
			p = next_character(high);
		}
		if (compare_characters(low, name) <= 0 && compare_characters(name, high) <= 0)
			found = true;
	}
	*end = p + 1;
	return found != negated;
}

/* Where the pattern goes on after its first element, which is not *, when that
 * matches the character at `name`; NULL when it does not. */
static const char *
match_one(const char *pattern, const char *name)
{
	const char *end;

	if (*pattern == '?')
		return pattern + 1;
	if (*pattern == '[') {
		bool in = in_set(pattern, name, &end);

		if (end)
			return in ? end : NULL;
	}
	if (*pattern == '\\' && pattern[1])
		pattern++;
	return *pattern && !compare_characters(pattern, name) ? next_character(pattern) : NULL;
}

static bool
matches(const char *pattern, const char *name)
{
	const char *star = NULL, *again = NULL;

	while (*name) {
		const char *next;

		if (*pattern == '*') {
			star = ++pattern;
			again = name;
			continue;
		}
		next = match_one(pattern, name);
		if (next) {
			pattern = next;
			name = next_character(name);
		} else if (star) {
			/* The * takes one character more. */
			pattern = star;
			name = again = next_character(again);
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

bool
ignore_matches(const struct ignore *ignore, const char *section, const char *schema, const char *name)
{
	struct sbuf whole = SBUF_INIT;
	bool ignored = false, kept = false;

	if (schema)
		sbuf_addf(&whole, "%s.%s", schema, name);
	for (size_t i = 0; i < ignore->count && !kept; i++) {
		const struct ignore_pattern *pattern = &ignore->patterns[i];

		if (strcmp(pattern->section, section) != 0 ||
		    !(matches(pattern->text, name) || (schema && matches(pattern->text, whole.text))))
			continue;
		ignored = true;
		kept = pattern->negated;
	}
	sbuf_release(&whole);
	return ignored && !kept;
}

/* ------------------------------------------------------------------ choosing */

static bool
has_wildcards(const char *pattern)
{
	for (; *pattern; pattern++)
		if (*pattern == '\\' && pattern[1])
			pattern++;
		else if (strchr("*?[", *pattern))
			return true;
	return false;
}

const char **
ignore_chosen(struct arena *arena, const struct ignore *ignore)
{
	const char **names = arena_array(arena, ignore->count + 1, sizeof *names);
	size_t count = 0;
	bool chosen = false;

	for (size_t i = 0; i < ignore->count; i++) {
		const struct ignore_pattern *p = &ignore->patterns[i];
		char *name, *to;

		if (strcmp(p->section, "schemas") != 0)
			continue;
		chosen = chosen || (!p->negated && !strcmp(p->text, "*"));
		if (!p->negated || has_wildcards(p->text))
			continue;
		name = to = arena_string(arena, p->text);
		for (const char *from = name; *from; from++) {
			if (*from == '\\' && from[1])
				from++;
			*to++ = *from;
		}
		*to = '\0';
		names[count++] = name;
	}
	return chosen ? names : NULL;
}

static const char choice_begin[] = "patterns = [\"*\", ";

/* The line of the choice, as TOML. */
static void
choice_write(struct sbuf *out, const char *const *schemas)
{
	sbuf_adds(out, choice_begin);
	for (size_t i = 0; schemas[i]; i++) {
		sbuf_adds(out, i ? ", \"!" : "\"!");
		for (const char *p = schemas[i]; *p; p++) {
			if (*p == '\n')
				sbuf_adds(out, "\\n");
			else if (*p == '"')
				sbuf_adds(out, "\\\"");
			else if (strchr("*?[\\", *p))
				sbuf_addf(out, *p == '\\' ? "\\\\\\\\" : "\\\\%c", *p);
			else
				sbuf_addc(out, *p);
		}
		sbuf_addc(out, '"');
	}
	sbuf_addc(out, ']');
}

void
ignore_choose(struct sbuf *out, const char *path, const char *text, const char *const *schemas)
{
	struct arena arena = ARENA_INIT;
	struct ignore ignore;
	long line;
	const char *wrong = ignore_parse(&arena, text, &ignore, &line), *at = text;

	if (wrong)
		die_report(STATUS_USAGE, &(struct report){ .file = path, .line = line, .text = wrong });
	while (*at && strncmp(at, choice_begin, strlen(choice_begin)) != 0)
		at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n');
	if (!*at && ignore_chosen(&arena, &ignore))
		die_hint(STATUS_USAGE, "change them there", "%s chooses the schemas in a way of its own", path);
	sbuf_add(out, text, (size_t)(at - text));
	if (!*at)
		sbuf_addf(out, "%s\n# What is in other schemas than these is not managed.\n[schemas]\n",
		          *text && at[-1] != '\n' ? "\n" : "");
	choice_write(out, schemas);
	sbuf_adds(out, *at ? at + strcspn(at, "\n") : "\n");
	arena_release(&arena);
}

/* ----------------------------------------------------------------- writing */

void
ignore_write_new(const char *path, const char *const *schemas)
{
	static const char fresh[] =
		"# What PostKit must not manage: kinds in brackets, patterns of names or of schema.name,\n"
		"# with * and ?; a pattern that begins with ! is an exception.\n"
		"\n"
		"[tables]\n"
		"patterns = [\"postkit.schema_migrations\", \"postkit.schema_migrations_progress\"]\n"
		"\n"
		"[schemas]\n"
		"patterns = [\"postkit\"]\n";

	struct sbuf text = SBUF_INIT, chosen = SBUF_INIT;

	if (!file_read(path, &text))
		sbuf_adds(&text, fresh);
	if (schemas)
		ignore_choose(&chosen, path, text.text, schemas);
	if (schemas || !file_exists(path))
		file_replace(path, schemas ? chosen.text : text.text, schemas ? chosen.length : text.length);
	sbuf_release(&text);
	sbuf_release(&chosen);
}
