#include "sql/subject_parts.h"

#include <string.h>

static const struct kind kinds[] = {
	{ "access method", STAGE_EARLY, NAMED_GLOBAL },
	{ "aggregate", STAGE_OPERATOR, NAMED },
	{ "cast", STAGE_OPERATOR, NAMELESS },
	{ "collation", STAGE_EARLY, NAMED },
	{ "conversion", STAGE_OPERATOR, NAMED },
	{ "database", STAGE_OTHER, NAMELESS },
	{ "domain", STAGE_TYPE, NAMED },
	{ "event trigger", STAGE_EVENT_TRIGGER, NAMELESS },
	{ "extension", STAGE_EXTENSION, NAMED_GLOBAL },
	{ "foreign data wrapper", STAGE_EARLY, NAMED_GLOBAL },
	{ "foreign table", STAGE_TABLE, NAMED },
	{ "function", STAGE_FUNCTION, NAMED },
	{ "group", STAGE_ROLE, NAMELESS },
	{ "index", STAGE_INDEX, NAMED_ON },
	{ "language", STAGE_EARLY, NAMED_GLOBAL },
	{ "large object", STAGE_DATA, NAMELESS },
	{ "materialized view", STAGE_VIEW, NAMED },
	{ "operator class", STAGE_OPERATOR, NAMED },
	{ "operator family", STAGE_OPERATOR, NAMED },
	{ "operator", STAGE_OPERATOR, NAMELESS },
	{ "policy", STAGE_TRIGGER, NAMED_ON },
	{ "procedure", STAGE_FUNCTION, NAMED },
	{ "publication", STAGE_PUBLICATION, NAMELESS },
	{ "role", STAGE_ROLE, NAMELESS },
	{ "routine", STAGE_FUNCTION, NAMED },
	{ "rule", STAGE_RULE, NAMED_ON },
	{ "schema", STAGE_SCHEMA, NAMELESS },
	{ "sequence", STAGE_SEQUENCE, NAMED },
	{ "server", STAGE_EARLY, NAMED_GLOBAL },
	{ "statistics", STAGE_TRIGGER, NAMED },
	{ "subscription", STAGE_SUBSCRIPTION, NAMELESS },
	{ "table", STAGE_TABLE, NAMED },
	{ "tablespace", STAGE_ROLE, NAMELESS },
	{ "text search configuration", STAGE_EARLY, NAMED },
	{ "text search dictionary", STAGE_EARLY, NAMED },
	{ "text search parser", STAGE_EARLY, NAMED },
	{ "text search template", STAGE_EARLY, NAMED },
	{ "transform", STAGE_OPERATOR, NAMELESS },
	{ "trigger", STAGE_TRIGGER, NAMED_ON },
	{ "type", STAGE_TYPE, NAMED },
	{ "user mapping", STAGE_EARLY, NAMELESS },
	{ "user", STAGE_ROLE, NAMELESS },
	{ "view", STAGE_VIEW, NAMED },
};

const struct kind *
kind_read(struct reader *reader)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (reader_accept_all(reader, kinds[i].words))
			return &kinds[i];
	return NULL;
}

bool
kind_is(const struct kind *kind, const char *words)
{
	return !strcmp(kind->words, words);
}

void
subject_add(struct subject *subject, struct arena *arena, struct subject_name name)
{
	/* In the arena, so a new array at each doubling; nearly all have one or two. */
	if (subject->count == subject->room) {
		size_t room = subject->room ? subject->room * 2 : 2;
		struct subject_name *names = arena_array(arena, room, sizeof *names);

		if (subject->count)
			memcpy(names, subject->names, subject->count * sizeof *names);
		subject->names = names;
		subject->room = room;
	}
	subject->names[subject->count++] = name;
}

bool
subject_read_name(struct reader *reader, struct subject_name *name)
{
	const char *parts[2] = { NULL, NULL };
	size_t count = 0;

	name->schema = name->name = NULL;
	do {
		if (!reader_at_name(reader))
			break;
		if (count < 2)
			parts[count++] = reader_value(reader);
		reader_advance(reader);
	} while (reader_accept_sign(reader, '.'));
	if (!count)
		return false;
	name->schema = count > 1 ? parts[0] : NULL;
	name->name = parts[count - 1];
	return true;
}

void
subject_skip_preface(struct reader *reader, struct subject *subject)
{
	for (;;) {
		if (reader_is(reader, "concurrently")) {
			subject->concurrently = reader->token.start;
			subject->concurrently_length = reader->token.length;
			reader_advance(reader);
		} else if (!reader_accept_all(reader, "if not exists") &&
		           !reader_accept_all(reader, "if exists") && !reader_accept(reader, "only")) {
			return;
		}
	}
}

bool
reader_find(struct reader *reader, const char *word)
{
	while (!reader_at_end(reader)) {
		if (reader_is_sign(reader, '(')) {
			reader_skip_parentheses(reader);
		} else if (reader_accept(reader, word)) {
			return true;
		} else {
			reader_advance(reader);
		}
	}
	return false;
}

bool
reader_has(const struct reader *reader, const char *word)
{
	struct reader ahead = *reader;

	return reader_find(&ahead, word);
}
