#include "sql/subject_parts.h"

#include <string.h>

/* ---------------------------------------------------------------- CREATE */

void
subject_create_on(struct reader *reader, struct subject *subject, const struct kind *kind)
{
	struct subject_name made = { .act = ACT_MAKES, .space = NAMES_INDEX };
	struct subject_name on = { .act = ACT_ON };
	bool named = !reader_is(reader, "on") && subject_read_name(reader, &made);

	if (kind_is(kind, "rule") ? reader_find(reader, "to") : reader_find(reader, "on")) {
		subject_skip_preface(reader, subject);
		if (subject_read_name(reader, &on))
			subject_add(subject, reader->arena, on);
	}
	/* An index lives in its table's schema; the others have no names outside it. */
	if (named && kind_is(kind, "index")) {
		made.schema = on.schema;
		subject_add(subject, reader->arena, made);
	}
}

static void
add_parents(struct reader *reader, struct subject *subject)
{
	struct subject_name parent = { .act = ACT_PARENT };

	do {
		if (subject_read_name(reader, &parent))
			subject_add(subject, reader->arena, parent);
	} while (reader_accept_sign(reader, ','));
}

static void
create_table(struct reader *reader, struct subject *subject)
{
	struct reader ahead = *reader;
	size_t depth = 0;

	if (reader_accept_all(&ahead, "partition of"))
		add_parents(&ahead, subject);
	ahead = *reader;
	if (reader_find(&ahead, "inherits") && reader_accept_sign(&ahead, '('))
		add_parents(&ahead, subject);
	ahead = *reader;
	while (reader_find(&ahead, "partition"))
		subject->partitioned = subject->partitioned || reader_is(&ahead, "by");
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
	kind = kind_read(reader);
	if (!kind)
		return;
	subject->stage = kind->stage;
	subject_skip_preface(reader, subject);
	if (kind->naming == NAMED_ON) {
		subject_create_on(reader, subject, kind);
		return;
	}
	if (kind->naming == NAMELESS || !subject_read_name(reader, &made))
		return;
	if (kind->naming == NAMED_GLOBAL)
		made.schema = "";
	subject->is_view = kind_is(kind, "view");
	subject->is_shell = kind_is(kind, "type") && (reader_at_end(reader) || reader_is_sign(reader, ';'));
	if (kind_is(kind, "type") && reader_is_sign(reader, '(')) {
		/* The name is made by the shell type, or by its first function. */
		subject->stage = STAGE_BASE_TYPE;
		return;
	}
	if (!kind_is(kind, "statistics"))
		subject_add(subject, reader->arena, made);
	if (kind_is(kind, "table"))
		create_table(reader, subject);
}

/* ---------------------------------------------------------------- others */

static void
read_drop(struct reader *reader, struct subject *subject)
{
	const struct kind *kind = kind_read(reader);
	struct subject_name name = { .act = ACT_CHANGES };

	if (!kind)
		return;
	subject->stage = kind->stage < STAGE_FIRST_LATE ? STAGE_DROP : kind->stage;
	if (kind_is(kind, "index"))
		name.space = NAMES_INDEX;
	if (kind->naming == NAMELESS)
		return;
	do {
		subject_skip_preface(reader, subject);
		if (kind->naming == NAMED_ON && !kind_is(kind, "index") && !reader_find(reader, "on"))
			return;
		if (!subject_read_name(reader, &name))
			return;
		if (kind->naming == NAMED_GLOBAL)
			name.schema = "";
		subject_add(subject, reader->arena, name);
		if (reader_is_sign(reader, '('))
			reader_skip_parentheses(reader);
	} while (reader_accept_sign(reader, ','));
}

/* COMMENT ON and SECURITY LABEL … ON; those on late objects come after them. */
static void
read_comment(struct reader *reader, struct subject *subject)
{
	const struct kind *kind = kind_read(reader);

	subject->stage = kind && kind->stage >= STAGE_FIRST_LATE ? kind->stage : STAGE_COMMENT;
}

/* GRANT and REVOKE: of roles, or on what stands behind ON. */
static void
read_privilege(struct reader *reader, struct subject *subject)
{
	struct subject_name on = { .act = ACT_ON };

	if (!reader_find(reader, "on")) {
		subject->stage = STAGE_ROLE;
		return;
	}
	subject->stage = STAGE_PRIVILEGE;
	kind_read(reader);
	if (subject_read_name(reader, &on))
		subject_add(subject, reader->arena, on);
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
				subject_add(subject, arena, inner.names[i]);
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
		subject_read_alter(&r, subject);
	} else if (reader_accept(&r, "drop")) {
		read_drop(&r, subject);
	} else if (reader_accept(&r, "comment")) {
		reader_accept(&r, "on");
		read_comment(&r, subject);
	} else if (reader_accept_all(&r, "security label")) {
		reader_find(&r, "on");
		read_comment(&r, subject);
	} else if (reader_accept(&r, "grant") || reader_accept(&r, "revoke")) {
		read_privilege(&r, subject);
	} else if (reader_accept_all(&r, "refresh materialized view")) {
		subject->stage = STAGE_REFRESH;
		subject_skip_preface(&r, subject);
	} else if (reader_accept(&r, "reindex")) {
		subject->stage = STAGE_DATA;
		reader_advance(&r);
		subject_skip_preface(&r, subject);
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
