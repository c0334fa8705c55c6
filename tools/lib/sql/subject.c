#include "sql/subject.h"

#include "sql/reader.h"

#include <string.h>
#include <strings.h>

/* How a kind of object is named and when it is made. */
enum naming {
	NAMED,     /* CREATE KIND name */
	NAMED_ON,  /* CREATE KIND [name] … ON table */
	NAMED_GLOBAL, /* without a schema */
	NAMELESS
};

static const struct kind {
	const char *words;
	enum stage stage;
	enum naming naming;
} kinds[] = {
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

static const struct kind *
read_kind(struct reader *reader)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (reader_accept_all(reader, kinds[i].words))
			return &kinds[i];
	return NULL;
}

static bool
is_kind(const struct kind *kind, const char *words)
{
	return !strcmp(kind->words, words);
}

static void
add_name(struct subject *subject, struct arena *arena, struct subject_name name)
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

/* [schema.]name; of a longer one (a column's) the first two parts. */
static bool
read_name(struct reader *reader, struct subject_name *name)
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

static void
skip_name_preface(struct reader *reader, struct subject *subject)
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

/* Goes past everything at the outermost level up to and past that word. */
static bool
find_word(struct reader *reader, const char *word)
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

static bool
has_word(const struct reader *reader, const char *word)
{
	struct reader ahead = *reader;

	return find_word(&ahead, word);
}

/* ---------------------------------------------------------------- CREATE */

/* What a trigger, policy, rule or index is made on; the reader is behind the kind. */
static void
create_on(struct reader *reader, struct subject *subject, const struct kind *kind)
{
	struct subject_name made = { .act = ACT_MAKES, .space = NAMES_INDEX };
	struct subject_name on = { .act = ACT_ON };
	bool named = !reader_is(reader, "on") && read_name(reader, &made);

	if (is_kind(kind, "rule") ? find_word(reader, "to") : find_word(reader, "on")) {
		skip_name_preface(reader, subject);
		if (read_name(reader, &on))
			add_name(subject, reader->arena, on);
	}
	/* An index lives in its table's schema; the others have no names outside it. */
	if (named && is_kind(kind, "index")) {
		made.schema = on.schema;
		add_name(subject, reader->arena, made);
	}
}

static void
create_table(struct reader *reader, struct subject *subject)
{
	size_t depth = 0;

	for (; !reader_at_end(reader); reader_advance(reader)) {
		if (reader_is_sign(reader, '('))
			depth++;
		else if (reader_is_sign(reader, ')'))
			depth--;
		else if (depth == 1 && reader_is(reader, "like"))
			subject->copies = true;
	}
}

static void
read_create(struct reader *reader, struct subject *subject)
{
	static const char *const adjectives[] = {
		"global", "local", "temp", "temporary", "unlogged", "unique", "trusted",
		"procedural", "recursive", "constraint", "default",
	};
	const struct kind *kind;
	struct subject_name made = { .act = ACT_MAKES };

	subject->replaces = reader_accept_all(reader, "or replace");
	for (size_t i = 0; i < sizeof adjectives / sizeof *adjectives; i++)
		if (reader_accept(reader, adjectives[i]))
			i = (size_t)-1;
	kind = read_kind(reader);
	if (!kind)
		return;
	subject->stage = kind->stage;
	skip_name_preface(reader, subject);
	if (kind->naming == NAMED_ON) {
		create_on(reader, subject, kind);
		return;
	}
	if (kind->naming == NAMELESS || !read_name(reader, &made))
		return;
	if (kind->naming == NAMED_GLOBAL)
		made.schema = "";
	subject->is_view = is_kind(kind, "view");
	if (is_kind(kind, "type") && reader_is_sign(reader, '(')) {
		/* The name is made by the shell type, or by its first function. */
		subject->stage = STAGE_BASE_TYPE;
		return;
	}
	if (!is_kind(kind, "statistics"))
		add_name(subject, reader->arena, made);
	if (is_kind(kind, "table"))
		create_table(reader, subject);
}

/* ----------------------------------------------------------------- ALTER */

/* One action of ALTER TABLE (or VIEW …), which `reader` is at. */
static enum stage
table_action(struct reader *reader, struct subject_name *on, struct subject_name *new)
{
	if (reader_accept(reader, "add")) {
		bool constraint = reader_accept(reader, "constraint");

		if (constraint)
			reader_advance(reader);
		if (reader_is(reader, "foreign"))
			return STAGE_FOREIGN_KEY;
		if (constraint || reader_is(reader, "primary") || reader_is(reader, "unique") ||
		    reader_is(reader, "check") || reader_is(reader, "exclude") || reader_is(reader, "not"))
			return STAGE_INDEX;
		on->act = ACT_CHANGES;
		return STAGE_TABLE;
	}
	if (reader_accept(reader, "alter")) {
		if (reader_is(reader, "constraint"))
			return STAGE_AFTER;
		reader_accept(reader, "column");
		reader_advance(reader);
		if (reader_is(reader, "type") || reader_accept_all(reader, "set data")) {
			on->act = ACT_CHANGES;
			return STAGE_TABLE;
		}
		/* An identity's sequence is made by it. */
		if (reader_accept_all(reader, "add generated") && find_word(reader, "identity") &&
		    reader_accept_sign(reader, '(') && find_word(reader, "name") && read_name(reader, new))
			new->act = ACT_MAKES;
		return STAGE_COLUMN;
	}
	if (reader_accept(reader, "rename")) {
		on->act = ACT_CHANGES;
		if (reader_accept(reader, "to") && read_name(reader, new)) {
			new->act = ACT_MAKES;
			new->schema = on->schema;
		}
		return STAGE_TABLE;
	}
	if (reader_accept_all(reader, "set schema")) {
		on->act = ACT_CHANGES;
		if (reader_at_name(reader))
			*new = (struct subject_name){ .act = ACT_MAKES, .schema = reader_value(reader),
				                      .name = on->name };
		return STAGE_TABLE;
	}
	if (reader_is(reader, "drop") || reader_is(reader, "of")) {
		on->act = ACT_CHANGES;
		return STAGE_TABLE;
	}
	if (reader_accept(reader, "owner"))
		return STAGE_OWNER;
	if (reader_is(reader, "attach") || reader_is(reader, "detach") || reader_is(reader, "inherit") ||
	    reader_accept_all(reader, "no inherit"))
		return STAGE_ATTACH;
	if (reader_accept(reader, "validate"))
		return STAGE_AFTER;
	if (reader_accept(reader, "enable") || reader_accept(reader, "disable"))
		return reader_is(reader, "row") ? STAGE_COLUMN : STAGE_AFTER;
	if (reader_is(reader, "cluster") || reader_is(reader, "replica") ||
	    reader_accept_all(reader, "set without cluster"))
		return STAGE_AFTER;
	return STAGE_COLUMN;
}

/* All actions: the latest stage of any, so that each finds what it needs. */
static void
alter_table(struct reader *reader, struct subject *subject, struct subject_name on)
{
	enum stage stage = STAGE_TABLE;

	for (;;) {
		struct subject_name new = { .act = ACT_ON };
		enum stage action = table_action(reader, &on, &new);

		if (reader_is(reader, "detach") && has_word(reader, "concurrently")) {
			find_word(reader, "partition");
			while (!reader_at_end(reader) && !reader_is(reader, "concurrently"))
				reader_advance(reader);
			skip_name_preface(reader, subject);
		}
		if (new.act == ACT_MAKES)
			add_name(subject, reader->arena, new);
		if (action > stage)
			stage = action;
		while (!reader_at_end(reader) && !reader_is_sign(reader, ',')) {
			if (reader_is_sign(reader, '('))
				reader_skip_parentheses(reader);
			else
				reader_advance(reader);
		}
		if (!reader_accept_sign(reader, ','))
			break;
	}
	subject->stage = stage;
	add_name(subject, reader->arena, on);
}

/* ALTER of everything but tables and the like: what it does shows at the end. */
static void
alter_other(struct reader *reader, struct subject *subject, const struct kind *kind,
            struct subject_name on)
{
	struct reader ahead = *reader;
	bool named = on.name != NULL;

	subject->stage = kind->stage;
	on.act = ACT_CHANGES;
	if (reader_is_sign(&ahead, '('))
		reader_skip_parentheses(&ahead);
	if (reader_is(&ahead, "owner") && kind->stage < STAGE_FIRST_LATE) {
		subject->stage = STAGE_OWNER;
		on.act = ACT_ON;
	} else if (is_kind(kind, "sequence") && has_word(&ahead, "owned")) {
		subject->stage = STAGE_OWNED_BY;
		on.act = ACT_ON;
	} else if (is_kind(kind, "index")) {
		on.space = NAMES_INDEX;
		if (!reader_is(&ahead, "rename"))
			subject->stage = STAGE_INDEX_ATTACH;
	} else if (kind->naming == NAMED_ON) {
		subject->stage = STAGE_AFTER;
	} else if (is_kind(kind, "extension") &&
	           (reader_is(&ahead, "add") || reader_is(&ahead, "drop"))) {
		subject->stage = STAGE_OTHER;
	} else if (reader_accept_all(&ahead, "rename to") && named) {
		struct subject_name new = { .act = ACT_MAKES };

		if (read_name(&ahead, &new)) {
			new.schema = on.schema;
			add_name(subject, reader->arena, new);
		}
	} else if (reader_accept_all(&ahead, "set schema") && named && reader_at_name(&ahead)) {
		add_name(subject, reader->arena,
		         (struct subject_name){ .act = ACT_MAKES, .schema = reader_value(&ahead),
		                                .name = on.name });
	}
	if (named)
		add_name(subject, reader->arena, on);
}

static void
read_alter(struct reader *reader, struct subject *subject)
{
	const struct kind *kind;
	struct subject_name on = { .act = ACT_ON };

	if (reader_accept_all(reader, "default privileges")) {
		subject->stage = STAGE_DEFAULT_PRIVILEGES;
		return;
	}
	kind = read_kind(reader);
	if (!kind)
		return;
	skip_name_preface(reader, subject);
	if (kind->naming == NAMED_ON && !is_kind(kind, "index")) {
		struct subject ignored = { 0 };

		create_on(reader, &ignored, kind);
		alter_other(reader, subject, kind, ignored.count ? ignored.names[0] : on);
		return;
	}
	if (kind->naming != NAMELESS && !read_name(reader, &on)) {
		/* ALTER TABLE ALL IN TABLESPACE, or something that is not right. */
		subject->stage = kind->stage;
		return;
	}
	if (kind->naming == NAMED_GLOBAL)
		on.schema = "";
	if (kind->naming == NAMELESS) {
		/* Up to the words that tell an owner from the rest. */
		while (!reader_at_end(reader) && !reader_is(reader, "owner"))
			reader_advance(reader);
	}
	if (reader->token.type == TOKEN_OPERATOR) /* ALTER TABLE name * */
		reader_advance(reader);
	if (is_kind(kind, "table") || is_kind(kind, "foreign table") || is_kind(kind, "view") ||
	    is_kind(kind, "materialized view"))
		alter_table(reader, subject, on);
	else
		alter_other(reader, subject, kind, on);
}

/* ---------------------------------------------------------------- others */

static void
read_drop(struct reader *reader, struct subject *subject)
{
	const struct kind *kind = read_kind(reader);
	struct subject_name name = { .act = ACT_CHANGES };

	if (!kind)
		return;
	subject->stage = kind->stage < STAGE_FIRST_LATE ? STAGE_DROP : kind->stage;
	if (is_kind(kind, "index"))
		name.space = NAMES_INDEX;
	if (kind->naming == NAMELESS)
		return;
	do {
		skip_name_preface(reader, subject);
		if (kind->naming == NAMED_ON && !is_kind(kind, "index") && !find_word(reader, "on"))
			return;
		if (!read_name(reader, &name))
			return;
		if (kind->naming == NAMED_GLOBAL)
			name.schema = "";
		add_name(subject, reader->arena, name);
		if (reader_is_sign(reader, '('))
			reader_skip_parentheses(reader);
	} while (reader_accept_sign(reader, ','));
}

/* COMMENT ON and SECURITY LABEL … ON; those on late objects come after them. */
static void
read_comment(struct reader *reader, struct subject *subject)
{
	const struct kind *kind = read_kind(reader);

	subject->stage = kind && kind->stage >= STAGE_FIRST_LATE ? kind->stage : STAGE_COMMENT;
}

/* GRANT and REVOKE: of roles, or on what stands behind ON. */
static void
read_privilege(struct reader *reader, struct subject *subject)
{
	struct subject_name on = { .act = ACT_ON };

	if (!find_word(reader, "on")) {
		subject->stage = STAGE_ROLE;
		return;
	}
	subject->stage = STAGE_PRIVILEGE;
	read_kind(reader);
	if (read_name(reader, &on))
		add_name(subject, reader->arena, on);
}

static void
subject_read(struct arena *arena, const char *text, size_t length, struct subject *subject,
             int depth);

/* How far a command inside a block is read at most: its leading words are enough. */
enum { COMMAND_LENGTH_MAX = 4096 };

static size_t
command_length(const char *text, size_t length)
{
	size_t most = length < COMMAND_LENGTH_MAX ? length : COMMAND_LENGTH_MAX;
	const char *end = memchr(text, ';', most);

	return end ? (size_t)(end - text) : most;
}

/*
 * The commands inside a DO block, each with its own stage: the block comes when
 * the latest of them should. Commands in string constants (for EXECUTE) count
 * like the others.
 */
static void
read_block(struct arena *arena, const char *text, size_t length, struct subject *subject, int depth)
{
	static const char *const starts[] = { "begin", "then", "else", "loop" };
	struct reader reader;
	bool start = true, found = false;
	enum stage stage = STAGE_DROP;

	reader_start(&reader, arena, text, length);
	while (!reader_at_end(&reader)) {
		struct subject inner = { .stage = STAGE_OTHER };
		size_t from = reader.token.start;

		if (reader.token.type == TOKEN_STRING || reader.token.type == TOKEN_DOLLAR) {
			const char *string = reader_value(&reader);

			subject_read(arena, string, strlen(string), &inner, depth + 1);
		} else if (start && reader.token.type == TOKEN_WORD) {
			subject_read(arena, text + from, command_length(text + from, length - from), &inner,
			             depth + 1);
		}
		if (inner.stage != STAGE_OTHER) {
			/* A block that drops first what it makes is still about making it. */
			found = true;
			stage = inner.stage > stage ? inner.stage : stage;
			for (size_t i = 0; i < inner.count; i++)
				add_name(subject, arena, inner.names[i]);
		}
		start = reader_is_sign(&reader, ';');
		for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
			start = start || reader_is(&reader, starts[i]);
		reader_advance(&reader);
	}
	if (found)
		subject->stage = stage;
}

static void
read_do(struct reader *reader, struct subject *subject, int depth)
{
	for (; !reader_at_end(reader); reader_advance(reader))
		if (reader->token.type == TOKEN_DOLLAR || reader->token.type == TOKEN_STRING ||
		    reader->token.type == TOKEN_ESCAPED) {
			const char *body = reader_value(reader);

			read_block(reader->arena, body, strlen(body), subject, depth);
			return;
		}
}

static void
subject_read(struct arena *arena, const char *text, size_t length, struct subject *subject,
             int depth)
{
	static const char *const data[] = {
		"insert", "update", "delete", "merge", "select", "with", "values", "table",
		"truncate", "copy", "call", "analyze", "vacuum", "cluster", "lock", "set",
	};
	struct reader r;

	reader_start(&r, arena, text, length);
	if (reader_accept(&r, "create")) {
		read_create(&r, subject);
	} else if (reader_accept(&r, "alter")) {
		read_alter(&r, subject);
	} else if (reader_accept(&r, "drop")) {
		read_drop(&r, subject);
	} else if (reader_accept(&r, "comment")) {
		reader_accept(&r, "on");
		read_comment(&r, subject);
	} else if (reader_accept_all(&r, "security label")) {
		find_word(&r, "on");
		read_comment(&r, subject);
	} else if (reader_accept(&r, "grant") || reader_accept(&r, "revoke")) {
		read_privilege(&r, subject);
	} else if (reader_accept_all(&r, "refresh materialized view")) {
		subject->stage = STAGE_REFRESH;
		skip_name_preface(&r, subject);
	} else if (reader_accept(&r, "reindex")) {
		subject->stage = STAGE_DATA;
		reader_advance(&r);
		skip_name_preface(&r, subject);
	} else if (reader_accept_all(&r, "import foreign schema")) {
		subject->stage = STAGE_TABLE;
	} else if (reader_is(&r, "do") && depth < 4) {
		read_do(&r, subject, depth);
	} else if (depth == 0 || reader_is(&r, "insert") || reader_is(&r, "update")) {
		/* Inside a block a SELECT says nothing. */
		for (size_t i = 0; i < sizeof data / sizeof *data; i++)
			if (reader_is(&r, data[i]))
				subject->stage = STAGE_DATA;
	}
}

struct subject
subject_of(struct arena *arena, const char *text, size_t length)
{
	struct subject subject = { .stage = STAGE_OTHER };

	subject_read(arena, text, length, &subject, 0);
	return subject;
}
