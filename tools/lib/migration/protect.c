#include "migration/protect.h"
#include "migration/migration.h"

#include "base/die.h"
#include "pg/quote.h"
#include "sql/splitter.h"

#include <string.h>

/* What stands between statements: its directives are moved off the line's start. */
static void
add_between(struct arena *arena, struct sbuf *out, const char *text, size_t length)
{
	const char *between = arena_copy(arena, text, length);

	while (*between) {
		const char *end = strchr(between, '\n');
		size_t line = end ? (size_t)(end - between) + 1 : strlen(between);

		if (migration_is_directive(between))
			sbuf_addc(out, ' ');
		sbuf_add(out, between, line);
		between += line;
	}
}

static void
add_executed(struct sbuf *out, const char *statement)
{
	struct sbuf body = SBUF_INIT;

	sbuf_adds(&body, "BEGIN EXECUTE E'");
	for (; *statement; statement++) {
		if (*statement == '\n') {
			sbuf_adds(&body, "\\n");
			continue;
		}
		if (*statement == '\'' || *statement == '\\')
			sbuf_addc(&body, *statement);
		sbuf_addc(&body, *statement);
	}
	sbuf_adds(&body, "'; END");
	sbuf_adds(out, "DO ");
	quote_dollar(out, body.text);
	sbuf_release(&body);
}

void
migration_protect(struct arena *arena, struct sbuf *out, const struct sbuf *sql)
{
	struct splitter splitter;
	enum split found;
	size_t done = 0;

	if (!migration_directive_line(sql->text)) {
		sbuf_add(out, sql->text, sql->length);
		return;
	}
	splitter_start(&splitter, arena, "standard input", sql->text, sql->length);
	while ((found = splitter_next(&splitter)) != SPLIT_END) {
		const struct statement *statement = &splitter.statement;

		if (found == SPLIT_WRONG)
			die_report(STATUS_USAGE, &(struct report){ .file = splitter.problem.file,
			           .line = splitter.problem.line, .text = splitter.problem.text,
			           .hint = splitter.problem.hint });
		if (found != SPLIT_STATEMENT || !migration_directive_line(statement->text))
			continue;
		add_between(arena, out, sql->text + done, statement->offset - done);
		add_executed(out, statement->text);
		done = statement->offset + statement->length;
	}
	add_between(arena, out, sql->text + done, sql->length - done);
}
