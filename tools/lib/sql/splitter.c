#include "sql/splitter.h"

#include <stdint.h>
#include <string.h>

/* ------------------------------------------------------------------ text */

/* How many bytes the character at `at` has; 0: not UTF-8 as PostgreSQL takes it. */
static size_t
character_length(const unsigned char *at, size_t left)
{
	unsigned char c = at[0];
	size_t length = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;

	if (length > left)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	/* Too long a spelling, halves of UTF-16 pairs, and above the last character. */
	if ((c == 0xe0 && at[1] < 0xa0) || (c == 0xed && at[1] > 0x9f) ||
	    (c == 0xf0 && at[1] < 0x90) || (c == 0xf4 && at[1] > 0x8f))
		return 0;
	return length;
}

/* Counts the lines up to a place; places go up, but for the last error of a text. */
static long
line_at(struct splitter *splitter, size_t at)
{
	if (at < splitter->counted) {
		splitter->counted = 0;
		splitter->line = 1;
	}
	while (splitter->counted < at) {
		const char *from = splitter->lexer.text + splitter->counted;
		const char *found = memchr(from, '\n', at - splitter->counted);

		if (!found)
			break;
		splitter->counted = (size_t)(found - splitter->lexer.text) + 1;
		splitter->line++;
	}
	return splitter->line;
}

static enum split
wrong_at(struct splitter *splitter, size_t at, const char *text, const char *hint)
{
	splitter->problem = (struct problem){
		.file = splitter->statement.file,
		.line = line_at(splitter, at),
		.text = text,
		.hint = hint,
	};
	return SPLIT_WRONG;
}

/* SPLIT_END when all of the text can be read. */
static enum split
check_text(struct splitter *splitter)
{
	const unsigned char *text = (const unsigned char *)splitter->lexer.text;
	size_t length = splitter->lexer.length;

	for (size_t at = 0, n; at < length; at += n) {
		n = character_length(text + at, length - at);
		if (n && text[at])
			continue;
		splitter->lexer.at = length;
		if (n)
			return wrong_at(splitter, at, "a NUL byte", "this is not an SQL text");
		return wrong_at(splitter, at,
		                arena_printf(splitter->arena, "invalid UTF-8: byte 0x%02x", text[at]),
		                "save the file as UTF-8");
	}
	return SPLIT_END;
}

void
splitter_start(struct splitter *splitter, struct arena *arena, const char *file, const char *text,
               size_t length)
{
	*splitter = (struct splitter){
		.statement = { .file = file, .comment = "" },
		.arena = arena,
		.lexer = { .text = text, .length = length },
		.line = 1,
		.first_call = true,
		.newline = true,
		.comment = SIZE_MAX,
	};
	if (length >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
		splitter->lexer.at = 3;
}

/* ------------------------------------------------- one statement, its end */

/* What must be known of a statement to find its end. */
struct scan {
	size_t start, end; /* of its words so far; end 0: none yet */
	long line; /* of its start */
	size_t depth, open; /* parentheses, and the place of the outermost */
	size_t begins, begin; /* BEGIN and CASE of a function's body, and the first one's place */
	size_t words; /* identifiers without quotes so far */
	char heads[4]; /* of the first four of them: create, or, replace, function, procedure */
	bool copy, from, to, input, output; /* COPY … FROM STDIN, … TO STDOUT */
};

/*
 * The rule of psqlscan.l: BEGIN counts only in what starts with CREATE, perhaps
 * OR REPLACE, and FUNCTION or PROCEDURE.
 */
static void
scan_word(const struct lexer *lexer, const struct token *token, struct scan *scan)
{
	static const char *const heads[] = { "create", "function", "procedure", "or", "replace" };
	const char *h = scan->heads;
	bool was_from = scan->from, was_to = scan->to;

	if (scan->words < sizeof scan->heads)
		for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
			if (token_is(lexer, token, heads[i]))
				scan->heads[scan->words] = *heads[i];
	if (!scan->words)
		scan->copy = token_is(lexer, token, "copy");
	scan->words++;
	if (scan->depth)
		return;
	scan->from = scan->copy && token_is(lexer, token, "from");
	scan->to = scan->copy && token_is(lexer, token, "to");
	scan->input = scan->input || (was_from && token_is(lexer, token, "stdin"));
	scan->output = scan->output || (was_to && token_is(lexer, token, "stdout"));
	if (h[0] != 'c' || !(h[1] == 'f' || h[1] == 'p' ||
	                     (h[1] == 'o' && h[2] == 'r' && (h[3] == 'f' || h[3] == 'p'))))
		return;
	if (token_is(lexer, token, "begin")) {
		if (!scan->begins++)
			scan->begin = token->start;
	} else if (token_is(lexer, token, "case") && scan->begins) {
		scan->begins++;
	} else if (token_is(lexer, token, "end") && scan->begins) {
		scan->begins--;
	}
}

static void
scan_sign(const struct token *token, struct scan *scan)
{
	if (token->sign == '(' && !scan->depth++)
		scan->open = token->start;
	if (token->sign == ')' && scan->depth)
		scan->depth--;
}

static enum split
statement_done(struct splitter *splitter, const struct scan *scan)
{
	struct statement *statement = &splitter->statement;
	const char *text = splitter->lexer.text;

	statement->offset = scan->start;
	statement->line = scan->line;
	statement->text = arena_copy(splitter->arena, text + scan->start, scan->end - scan->start);
	statement->length = scan->end - scan->start;
	statement->comment = "";
	statement->comment_line = 0;
	if (splitter->comment != SIZE_MAX) {
		size_t end = scan->start;

		while (end > splitter->comment && strchr(" \t\r\n\f\v", text[end - 1]))
			end--;
		statement->comment = arena_copy(splitter->arena, text + splitter->comment,
		                                end - splitter->comment);
		statement->comment_line = splitter->comment_line;
	}
	splitter->comment = SIZE_MAX;
	splitter->newline = false;
	return SPLIT_STATEMENT;
}

/* Skips the data of COPY … FROM STDIN: lines up to \. alone, or the end. */
static void
skip_copy_data(struct lexer *lexer)
{
	const char *found;

	while (lexer->at < lexer->length &&
	       (found = memchr(lexer->text + lexer->at, '\n', lexer->length - lexer->at))) {
		const char *line = found + 1, *end = lexer->text + lexer->length;

		lexer->at = (size_t)(line - lexer->text);
		if (end - line >= 2 && line[0] == '\\' && line[1] == '.' &&
		    (end - line == 2 || line[2] == '\n' || line[2] == '\r')) {
			lexer->at += 2;
			return;
		}
	}
	lexer->at = lexer->length;
}

static enum split
copy_problem(struct splitter *splitter, const struct scan *scan)
{
	if (scan->input)
		skip_copy_data(&splitter->lexer);
	splitter->comment = SIZE_MAX;
	splitter->problem = (struct problem){
		.file = splitter->statement.file,
		.line = scan->line,
		.text = scan->input ? "COPY … FROM STDIN: data cannot be loaded from here"
		                    : "COPY … TO STDOUT: there is nowhere for the data to go",
		.hint = scan->input ? "write INSERT statements, or COPY it with psql" : NULL,
	};
	return SPLIT_WRONG;
}

static enum split
unclosed_problem(struct splitter *splitter, const struct token *token)
{
	static const struct {
		char sign;
		const char *text;
	} texts[] = { { '\'', "a quoted string that is never closed" },
		      { '"', "a quoted name that is never closed" },
		      { '$', "a dollar-quoted string that is never closed" },
		      { '*', "a comment that is never closed" } };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].sign == token->sign)
			return wrong_at(splitter, token->start, texts[i].text, NULL);
	return SPLIT_END;
}

/* ------------------------------------------------------- between statements */

/* Blanks and comments before a statement: finds the comments directly before it. */
static void
before_statement(struct splitter *splitter, const struct token *token)
{
	const char *text = splitter->lexer.text + token->start;

	if (token->type == TOKEN_COMMENT) {
		/* What follows a statement on its line belongs to that one. */
		if (splitter->newline && splitter->comment == SIZE_MAX) {
			splitter->comment = token->start;
			splitter->comment_line = line_at(splitter, token->start);
		}
		return;
	}
	int newlines = 0;

	for (size_t i = 0; i < token->length; i++)
		newlines += text[i] == '\n';
	if (newlines)
		splitter->newline = true;
	if (newlines > 1)
		splitter->comment = SIZE_MAX;
}

/* A backslash: the rest of the line is a meta-command. */
static enum split
meta_command(struct splitter *splitter, const struct token *token, const struct scan *scan)
{
	struct lexer *lexer = &splitter->lexer;
	size_t end = token->start;

	while (end < lexer->length && lexer->text[end] != '\n' && lexer->text[end] != '\r')
		end++;
	lexer->at = end;
	if (scan->end) {
		const char *command = lexer->text + token->start;
		size_t length = 1;

		while (length < end - token->start && strchr(" \t;", command[length]) == NULL)
			length++;
		return wrong_at(splitter, token->start,
		                arena_printf(splitter->arena, "the psql command %.*s inside a statement", (int)length, command), NULL);
	}
	splitter->statement.line = line_at(splitter, token->start);
	splitter->statement.offset = token->start;
	splitter->statement.text = arena_copy(splitter->arena, lexer->text + token->start,
	                                      end - token->start);
	splitter->statement.length = end - token->start;
	splitter->statement.comment = "";
	splitter->comment = SIZE_MAX;
	return SPLIT_META;
}

/* At the end of the text: the last statement needs no semicolon, but must be whole. */
static enum split
text_done(struct splitter *splitter, const struct scan *scan)
{
	if (!scan->end)
		return SPLIT_END;
	if (scan->input || scan->output)
		return copy_problem(splitter, scan);
	if (scan->depth)
		return wrong_at(splitter, scan->open, "a parenthesis that is never closed", NULL);
	if (scan->begins)
		return wrong_at(splitter, scan->begin, "a BEGIN without its END", NULL);
	return statement_done(splitter, scan);
}

enum split
splitter_next(struct splitter *splitter)
{
	struct lexer *lexer = &splitter->lexer;
	struct scan scan = { 0 };

	if (splitter->first_call) {
		splitter->first_call = false;
		if (check_text(splitter) == SPLIT_WRONG)
			return SPLIT_WRONG;
	}
	for (;;) {
		struct token token = lexer_next(lexer);

		switch (token.type) {
		case TOKEN_END:
			return text_done(splitter, &scan);
		case TOKEN_UNCLOSED:
			return unclosed_problem(splitter, &token);
		case TOKEN_SPACE:
		case TOKEN_COMMENT:
			if (!scan.end)
				before_statement(splitter, &token);
			continue;
		case TOKEN_BACKSLASH:
			/* \; divides statements that psql would send together. */
			if (lexer->at >= lexer->length || lexer->text[lexer->at] != ';')
				return meta_command(splitter, &token, &scan);
			token = lexer_next(lexer);
			/* fall through */
		case TOKEN_SIGN:
			if (token.sign != ';' || scan.depth || scan.begins) {
				scan_sign(&token, &scan);
				break;
			}
			if (!scan.end) {
				splitter->comment = SIZE_MAX;
				splitter->newline = false;
				continue;
			}
			if (scan.input || scan.output)
				return copy_problem(splitter, &scan);
			return statement_done(splitter, &scan);
		case TOKEN_WORD:
			scan_word(lexer, &token, &scan);
			break;
		default:
			break;
		}
		if (!scan.end) {
			scan.start = token.start;
			scan.line = line_at(splitter, token.start);
		}
		scan.end = token.start + token.length;
	}
}
