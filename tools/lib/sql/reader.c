#include "sql/reader.h"

#include <string.h>
#include <strings.h>

void
reader_start(struct reader *reader, struct arena *arena, const char *text, size_t length)
{
	*reader = (struct reader){ .lexer = { text, length, 0 }, .arena = arena };
	reader_advance(reader);
}

void
reader_advance(struct reader *reader)
{
	reader->token = lexer_next_solid(&reader->lexer);
}

bool
reader_is(const struct reader *reader, const char *word)
{
	return token_is(&reader->lexer, &reader->token, word);
}

bool
reader_accept(struct reader *reader, const char *word)
{
	if (!reader_is(reader, word))
		return false;
	reader_advance(reader);
	return true;
}

bool
reader_accept_all(struct reader *reader, const char *words)
{
	struct reader ahead = *reader;

	while (*words) {
		size_t length = strcspn(words, " ");

		if (ahead.token.type != TOKEN_WORD || ahead.token.length != length ||
		    strncasecmp(ahead.lexer.text + ahead.token.start, words, length))
			return false;
		reader_advance(&ahead);
		words += length + (words[length] == ' ');
	}
	*reader = ahead;
	return true;
}

bool
reader_is_sign(const struct reader *reader, char sign)
{
	return reader->token.type == TOKEN_SIGN && reader->token.sign == sign;
}

bool
reader_accept_sign(struct reader *reader, char sign)
{
	if (!reader_is_sign(reader, sign))
		return false;
	reader_advance(reader);
	return true;
}

bool
reader_at_name(const struct reader *reader)
{
	return reader->token.type == TOKEN_WORD || reader->token.type == TOKEN_QUOTED;
}

bool
reader_at_end(const struct reader *reader)
{
	return reader->token.type == TOKEN_END;
}

const char *
reader_value(struct reader *reader)
{
	struct sbuf out = SBUF_INIT;
	const char *text;

	token_value(&reader->lexer, &reader->token, &out);
	text = arena_copy(reader->arena, out.text, out.length);
	sbuf_release(&out);
	return text;
}

void
reader_skip_parentheses(struct reader *reader)
{
	size_t depth = 0;

	do {
		if (reader_is_sign(reader, '('))
			depth++;
		else if (reader_is_sign(reader, ')'))
			depth--;
		reader_advance(reader);
	} while (depth && !reader_at_end(reader));
}
