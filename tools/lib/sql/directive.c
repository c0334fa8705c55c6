#include "sql/directive.h"

#include "base/io.h"
#include "sql/subject_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char marker[] = "postkit:renamed";

struct finder {
	struct directives *directives;
	const struct sources *sources;
	const struct source_item *item;
	const char *file;
};

static void
wrong(struct finder *f, long line, const char *text, const char *hint)
{
	struct directives *d = f->directives;

	GROW(d->problems, d->problem_count, d->problem_room);
	d->problems[d->problem_count++] = (struct problem){ f->file, line, text, hint };
}

/* ------------------------------------------------------------ the comment */

static long
line_of(const char *text, size_t at, long first)
{
	for (size_t i = 0; i < at; i++)
		first += text[i] == '\n';
	return first;
}

/*
 * The old name of the first directive in comments; NULL when there is none. `*line` is that of the start
 * of `comment`, and becomes the directive's.
 */
static const char *
old_name(struct finder *f, const char *comment, size_t length, long *line)
{
	struct arena *arena = f->sources->arena;
	char *text = arena_copy(arena, comment, length), *at = strstr(text, marker);
	struct reader reader;
	const char *result = NULL;

	if (!at)
		return NULL;
	*line = line_of(text, (size_t)(at - text), *line);
	at += strlen(marker);
	at += strspn(at, " \t");
	if (!strncmp(at, "from=", 5)) {
		size_t rest = strcspn(at + 5, "\r\n");
		const char *end = strstr(at + 5, "*/");

		if (end && (size_t)(end - at - 5) < rest)
			rest = (size_t)(end - at - 5);
		reader_start(&reader, arena, at + 5, rest);
		if (reader_at_name(&reader) || reader.token.type == TOKEN_STRING) {
			result = reader_value(&reader);
			reader_advance(&reader);
		}
		if (!reader_at_end(&reader))
			result = NULL;
	}
	if (!result || !*result)
		wrong(f, *line, "a directive that cannot be read", "write it as -- postkit:renamed from=old_name, "
		      "with the last part of the name alone");
	return result && *result ? result : NULL;
}

/* ---------------------------------------------------------- the statement */

static const char *
upper(struct arena *arena, const char *words)
{
	char *copy = arena_string(arena, words);

	for (char *p = copy; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return copy;
}

/* CREATE … KIND name; false: of what has no name by which it is renamed. */
static bool
read_create(struct reader *reader, struct directive *object)
{
	static const char *const without_schema[] = {
		"schema", "publication", "subscription", "event trigger", "role", "user", "group",
	};
	const struct kind *kind = NULL;
	struct subject ignored = { .stage = STAGE_OTHER };
	struct subject_name name;

	/* Adjectives are OR REPLACE, UNIQUE, TEMPORARY and the like. */
	for (int i = 0; i < 5 && !(kind = kind_read(reader)); i++)
		reader_advance(reader);
	if (!kind)
		return false;
	object->words = upper(reader->arena, kind_is(kind, "user") || kind_is(kind, "group") ? "role" : kind->words);
	subject_skip_preface(reader, &ignored);
	object->schema = kind->naming == NAMED_GLOBAL ? "" : NULL;
	if (kind->naming == NAMELESS) {
		for (size_t i = 0; i < sizeof without_schema / sizeof *without_schema; i++)
			if (kind_is(kind, without_schema[i]))
				object->schema = "";
		if (!object->schema)
			return false;
	}
	if (!subject_read_name(reader, &name))
		return false;
	if (kind->naming == NAMED_ON) {
		object->member = name.name;
		if (kind_is(kind, "rule") ? !reader_find(reader, "to") : !reader_find(reader, "on"))
			return false;
		subject_skip_preface(reader, &ignored);
		if (!subject_read_name(reader, &name))
			return false;
		object->part = PART_MEMBER;
	}
	object->name = name.name;
	if (!object->schema)
		object->schema = name.schema;
	/* An index lives in its table's schema, and has its name there. */
	if (kind_is(kind, "index")) {
		object->part = PART_WHOLE;
		object->name = object->member;
		object->member = NULL;
	}
	return true;
}

/* What stands ahead inside a table or type: a label, CONSTRAINT name, or the name of a column. */
static bool
read_member(struct reader *reader, struct directive *member)
{
	static const char *const nameless[] = { "primary", "unique", "check", "foreign", "exclude", "like" };

	member->part = reader->token.type == TOKEN_STRING ? PART_LABEL : PART_MEMBER;
	member->words = reader_accept(reader, "constraint") ? "CONSTRAINT" : "COLUMN";
	for (size_t i = 0; i < sizeof nameless / sizeof *nameless; i++)
		if (reader_is(reader, nameless[i]))
			return false;
	if (!reader_at_name(reader) && member->part != PART_LABEL)
		return false;
	member->member = reader_value(reader);
	return true;
}

/* ALTER TABLE, TYPE or DOMAIN … ADD one thing. */
static bool
read_alter(struct reader *reader, struct directive *object)
{
	const struct kind *kind = kind_read(reader);
	struct subject ignored = { .stage = STAGE_OTHER };
	struct subject_name name;

	if (!kind)
		return false;
	subject_skip_preface(reader, &ignored);
	if (!subject_read_name(reader, &name) || !reader_accept(reader, "add"))
		return false;
	object->schema = name.schema;
	object->name = name.name;
	if (!reader_accept(reader, "column") && !reader_accept(reader, "attribute"))
		reader_accept(reader, "value");
	subject_skip_preface(reader, &ignored);
	return read_member(reader, object);
}

/* DO $$ … CREATE ROLE name … $$ */
static bool
read_do(struct reader *reader, struct directive *object)
{
	struct reader body;
	const char *text;

	while (!reader_at_end(reader) && reader->token.type != TOKEN_DOLLAR)
		reader_advance(reader);
	if (reader_at_end(reader))
		return false;
	text = reader_value(reader);
	reader_start(&body, reader->arena, text, strlen(text));
	while (reader_find(&body, "create"))
		if (reader_is(&body, "role") || reader_is(&body, "user") || reader_is(&body, "group"))
			return read_create(&body, object);
	return false;
}

static bool
read_statement(struct arena *arena, const struct statement *statement, struct directive *object)
{
	struct reader reader;

	*object = (struct directive){ .part = PART_WHOLE };
	reader_start(&reader, arena, statement->text, statement->length);
	if (reader_accept(&reader, "create"))
		return read_create(&reader, object);
	if (reader_accept(&reader, "alter"))
		return read_alter(&reader, object);
	return reader_accept(&reader, "do") && read_do(&reader, object);
}

/* --------------------------------------------------------------- finding */

static void
add(struct finder *f, struct directive directive, const char *from, long line)
{
	struct directives *d = f->directives;

	directive.file = f->file;
	directive.line = line;
	directive.settings = f->item->settings;
	directive.from = from;
	GROW(d->items, d->count, d->room);
	d->items[d->count++] = directive;
}

/* Those inside a statement, about what follows each of them directly. */
static void
look_inside(struct finder *f, const struct directive *object)
{
	const struct statement *statement = &f->item->statement;
	struct lexer lexer = { statement->text, statement->length, 0 };
	size_t depth = 0;

	for (struct token token = lexer_next(&lexer); token.type != TOKEN_END; token = lexer_next(&lexer)) {
		long line;
		const char *from;
		struct reader ahead;
		struct directive member = *object;

		if (token.type == TOKEN_SIGN)
			depth += (token.sign == '(') - (token.sign == ')' && depth);
		if (token.type != TOKEN_COMMENT)
			continue;
		line = line_of(statement->text, token.start, statement->line);
		from = old_name(f, statement->text + token.start, token.length, &line);
		if (!from)
			continue;
		reader_start(&ahead, f->sources->arena, statement->text + lexer.at, statement->length - lexer.at);
		if (!depth && !reader_is(&ahead, "constraint"))
			wrong(f, line, "a directive in the middle of a statement",
			      "put it before the statement, or before a column, constraint, attribute or label");
		else if (object->part != PART_WHOLE || !read_member(&ahead, &member))
			wrong(f, line, "a directive before nothing that has a name",
			      "put it directly before the column, constraint, attribute or label");
		else
			add(f, member, from, line);
	}
}

static void
look(struct finder *f)
{
	const struct statement *statement = &f->item->statement;
	bool before = strstr(statement->comment, marker), within = strstr(statement->text, marker);
	long line = before ? statement->comment_line : statement->line;
	struct directive object;
	const char *from;

	if (!before && !within)
		return;
	if (!read_statement(f->sources->arena, statement, &object)) {
		wrong(f, line, "a directive at a statement that creates nothing that can be renamed", NULL);
		return;
	}
	if (within)
		look_inside(f, &object);
	from = before ? old_name(f, statement->comment, strlen(statement->comment), &line) : NULL;
	if (from)
		add(f, object, from, line);
}

/* Whether the statement, or the comments that belong to it, hold what is at that offset of its file. */
static bool
holds(const struct statement *statement, size_t at, long line)
{
	return at < statement->offset ? *statement->comment && line >= statement->comment_line
	                              : at < statement->offset + statement->length;
}

/* Those of one file that belong to no statement: behind its end, or with an empty line between. */
static void
look_between(struct finder *f)
{
	const struct sources *sources = f->sources;
	struct sbuf text = SBUF_INIT;
	long line = 1;
	size_t counted = 0;

	if (!file_read(f->file, &text)) {
		sbuf_release(&text);
		return;
	}
	for (const char *at = text.text; (at = strstr(at, marker)); at += strlen(marker)) {
		size_t offset = (size_t)(at - text.text);
		bool held = false;

		line = line_of(text.text + counted, offset - counted, line);
		counted = offset;
		for (size_t i = 0; i < sources->count && !held; i++)
			held = !strcmp(sources->items[i].statement.file, f->file) &&
			       holds(&sources->items[i].statement, offset, line);
		if (!held)
			wrong(f, line, "the directive matches nothing: there is nothing directly behind it",
			      "put it on the line before what it is about");
	}
	sbuf_release(&text);
}

void
directives_find(struct directives *directives, const struct sources *sources)
{
	struct finder f = { .directives = directives, .sources = sources };

	for (size_t i = 0; i < sources->count; i++) {
		f.item = &sources->items[i];
		f.file = f.item->statement.file;
		look(&f);
	}
	for (size_t i = 0; i < sources->path_count; i++) {
		f.file = sources->paths[i];
		look_between(&f);
	}
}

void
directives_release(struct directives *directives)
{
	free(directives->items);
	free(directives->problems);
	*directives = (struct directives)DIRECTIVES_INIT;
}
