#include "sql/subject_parts.h"

#include <string.h>

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
		if (reader_accept_all(reader, "add generated") && reader_find(reader, "identity") &&
		    reader_accept_sign(reader, '(') && reader_find(reader, "name") && subject_read_name(reader, new))
			new->act = ACT_MAKES;
		return STAGE_COLUMN;
	}
	if (reader_accept(reader, "rename")) {
		on->act = ACT_CHANGES;
		if (reader_accept(reader, "to") && subject_read_name(reader, new)) {
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
	if (reader_accept_all(reader, "attach partition")) {
		if (subject_read_name(reader, new))
			new->act = ACT_CHILD;
		return STAGE_ATTACH;
	}
	if (reader_accept(reader, "inherit")) {
		if (subject_read_name(reader, new))
			new->act = ACT_PARENT;
		return STAGE_ATTACH;
	}
	if (reader_is(reader, "detach") || reader_accept_all(reader, "no inherit"))
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

		if (reader_is(reader, "detach") && reader_has(reader, "concurrently")) {
			reader_find(reader, "partition");
			while (!reader_at_end(reader) && !reader_is(reader, "concurrently"))
				reader_advance(reader);
			subject_skip_preface(reader, subject);
		}
		if (new.act != ACT_ON)
			subject_add(subject, reader->arena, new);
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
	subject_add(subject, reader->arena, on);
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
	} else if (kind_is(kind, "sequence") && reader_has(&ahead, "owned")) {
		subject->stage = STAGE_OWNED_BY;
		on.act = ACT_ON;
	} else if (kind_is(kind, "index")) {
		on.space = NAMES_INDEX;
		if (!reader_is(&ahead, "rename"))
			subject->stage = STAGE_INDEX_ATTACH;
	} else if (kind->naming == NAMED_ON) {
		subject->stage = STAGE_AFTER;
	} else if (kind_is(kind, "extension") &&
	           (reader_is(&ahead, "add") || reader_is(&ahead, "drop"))) {
		subject->stage = STAGE_OTHER;
	} else if (reader_accept_all(&ahead, "rename to") && named) {
		struct subject_name new = { .act = ACT_MAKES };

		if (subject_read_name(&ahead, &new)) {
			new.schema = on.schema;
			subject_add(subject, reader->arena, new);
		}
	} else if (reader_accept_all(&ahead, "set schema") && named && reader_at_name(&ahead)) {
		subject_add(subject, reader->arena,
		         (struct subject_name){ .act = ACT_MAKES, .schema = reader_value(&ahead),
		                                .name = on.name });
	}
	if (named)
		subject_add(subject, reader->arena, on);
}

void
subject_read_alter(struct reader *reader, struct subject *subject)
{
	const struct kind *kind;
	struct subject_name on = { .act = ACT_ON };

	if (reader_accept_all(reader, "default privileges")) {
		subject->stage = STAGE_DEFAULT_PRIVILEGES;
		return;
	}
	kind = kind_read(reader);
	if (!kind)
		return;
	subject_skip_preface(reader, subject);
	if (kind->naming == NAMED_ON && !kind_is(kind, "index")) {
		struct subject ignored = { 0 };

		subject_create_on(reader, &ignored, kind);
		alter_other(reader, subject, kind, ignored.count ? ignored.names[0] : on);
		return;
	}
	if (kind->naming != NAMELESS && !subject_read_name(reader, &on)) {
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
	if (kind_is(kind, "table") || kind_is(kind, "foreign table") || kind_is(kind, "view") ||
	    kind_is(kind, "materialized view"))
		alter_table(reader, subject, on);
	else
		alter_other(reader, subject, kind, on);
}
