#include "runner/job.h"

#include "base/die.h"
#include "sql/splitter.h"

#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------- one statement */

enum control { CONTROL_NONE, CONTROL_BEGIN, CONTROL_COMMIT, CONTROL_ROLLBACK, CONTROL_WRONG };

/* Whether the statement has the word outside of quotes and comments. */
static bool
has_word(const struct statement *statement, const char *word)
{
	struct lexer lexer = { statement->text, statement->length, 0 };

	for (;;) {
		struct token token = lexer_next_solid(&lexer);

		if (token.type == TOKEN_END)
			return false;
		if (token_is(&lexer, &token, word))
			return true;
	}
}

/* What the statement does to the transaction that it is in. */
static enum control
control(const struct statement *statement)
{
	struct lexer lexer = { statement->text, statement->length, 0 };
	struct token first = lexer_next_solid(&lexer), second = lexer_next_solid(&lexer);
	bool commit = token_is(&lexer, &first, "commit") || token_is(&lexer, &first, "end");
	bool rollback = token_is(&lexer, &first, "rollback") || token_is(&lexer, &first, "abort");

	if (token_is(&lexer, &first, "begin") || token_is(&lexer, &first, "start"))
		return CONTROL_BEGIN;
	if (token_is(&lexer, &first, "prepare") && token_is(&lexer, &second, "transaction"))
		return CONTROL_WRONG;
	if ((!commit && !rollback) || token_is(&lexer, &second, "prepared") ||
	    (rollback && has_word(statement, "to")))
		return CONTROL_NONE;
	if (has_word(statement, "chain") && !has_word(statement, "no"))
		return CONTROL_WRONG;
	return commit ? CONTROL_COMMIT : CONTROL_ROLLBACK;
}

static bool
is_setting(const struct statement *statement)
{
	struct lexer lexer = { statement->text, statement->length, 0 };
	struct token first = lexer_next_solid(&lexer), second = lexer_next_solid(&lexer);

	if (token_is(&lexer, &first, "set"))
		return !token_is(&lexer, &second, "local") && !token_is(&lexer, &second, "constraints") &&
		       !token_is(&lexer, &second, "transaction");
	return token_is(&lexer, &first, "reset") ||
	       (token_is(&lexer, &first, "select") && has_word(statement, "set_config"));
}

/* --------------------------------------------------------------- sections */

struct statements {
	struct statement *items;
	size_t count, room;
};

static _Noreturn void
die_at(const struct migration *migration, long line, const char *text, const char *hint)
{
	die_report(STATUS_USAGE, &(struct report){ .file = migration->path, .line = line,
	                                           .text = text, .hint = hint });
}

/* Lines of the statements become those of the file. */
static struct statements
split(struct arena *arena, const struct migration *migration, const struct migration_section *section)
{
	struct statements list = { NULL, 0, 0 };
	struct splitter splitter;
	enum split found;

	splitter_start(&splitter, arena, migration->path, section->text, strlen(section->text));
	while ((found = splitter_next(&splitter)) != SPLIT_END) {
		if (found == SPLIT_WRONG)
			die_at(migration, section->line - 1 + splitter.problem.line, splitter.problem.text,
			       splitter.problem.hint);
		splitter.statement.line += section->line - 1;
		if (found == SPLIT_META)
			die_at(migration, splitter.statement.line,
			       "a psql meta-command, which only psql understands", "take it out");
		GROW(list.items, list.count, list.room);
		list.items[list.count++] = splitter.statement;
	}
	return list;
}

/* Whether the server will see one transaction from the section's begin to its end. */
static bool
is_one_transaction(const struct migration_section *section, const struct statements *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (control(&list->items[i]) != CONTROL_NONE)
			return false;
	return section->transaction;
}

/* ------------------------------------------------------------------ steps */

struct steps {
	struct step *items;
	size_t count, room;
	struct sha256 digest;
};

static void
add_step(struct arena *arena, struct steps *steps, enum step_kind kind, const char *text, long line,
         const struct statement *statements, size_t count)
{
	struct step step = { .kind = kind, .text = text, .count = count };
	long *lines = arena_array(arena, count, sizeof *lines);
	struct sha256 digest;

	for (size_t i = 0; i < count; i++)
		lines[i] = statements[i].line;
	step.lines = lines;
	step.line = line;
	step.setting = kind != STEP_SECTION && is_setting(&statements[0]);
	/* Line ends are no change. */
	for (const char *p = text; *p;) {
		size_t length = strcspn(p, "\r");

		sha256_add(&steps->digest, p, length);
		p += length;
		if (*p == '\r') {
			if (p[1] != '\n')
				sha256_add(&steps->digest, p, 1);
			p++;
		}
	}
	sha256_add(&steps->digest, "", 1);
	digest = steps->digest;
	sha256_end(&digest, step.hash);
	GROW(steps->items, steps->count, steps->room);
	steps->items[steps->count++] = step;
}

static void
add_statements(struct arena *arena, struct steps *steps, const struct migration *migration,
               const struct statements *list)
{
	const struct statement *begin = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct statement *statement = &list->items[i];
		enum control found = control(statement);
		enum step_kind kind = begin ? STEP_INSIDE : STEP_STATEMENT;

		if (found == CONTROL_WRONG)
			die_at(migration, statement->line,
			       "a migration cannot be resumed after AND CHAIN or PREPARE TRANSACTION",
			       "write COMMIT and BEGIN");
		if (found == CONTROL_BEGIN && !begin) {
			kind = STEP_BEGIN;
			begin = statement;
		} else if (begin && (found == CONTROL_COMMIT || found == CONTROL_ROLLBACK)) {
			kind = found == CONTROL_COMMIT ? STEP_COMMIT : STEP_ROLLBACK;
			begin = NULL;
		}
		add_step(arena, steps, kind, statement->text, statement->line, statement, 1);
	}
	if (begin)
		die_at(migration, begin->line, "the transaction that begins here is not ended", "add COMMIT");
}

struct job
job_make(struct arena *arena, const struct migration *migration, bool down)
{
	struct job job = { .migration = migration, .down = down, .whole = true };
	struct steps steps = { .items = NULL };

	sha256_init(&steps.digest);
	for (size_t i = 0; i < migration->count; i++) {
		/* What was made last is undone first. */
		size_t at = down ? migration->count - 1 - i : i;
		const struct migration_pair *pair = &migration->pairs[at];
		const struct migration_section *section = down ? &pair->down : &pair->up;

		struct statements list = split(arena, migration, section);

		if (is_one_transaction(section, &list)) {
			if (list.count)
				add_step(arena, &steps, STEP_SECTION, section->text, section->line,
				         list.items, list.count);
		} else {
			job.whole = false;
			add_statements(arena, &steps, migration, &list);
		}
		free(list.items);
	}
	job.count = steps.count;
	job.steps = arena_array(arena, steps.count, sizeof *job.steps);
	if (steps.count)
		memcpy(job.steps, steps.items, steps.count * sizeof *job.steps);
	free(steps.items);
	return job;
}

long
step_error_line(const struct step *step, size_t character, size_t done)
{
	long line = step->line;

	if (!character)
		return step->lines[done < step->count ? done : step->count - 1];
	for (const char *p = step->text; *p && character > 1; p++) {
		line += *p == '\n';
		/* Bytes that continue a character are not counted. */
		character -= (p[1] & 0xc0) != 0x80;
	}
	return line;
}
