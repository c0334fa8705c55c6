#include "sql/lexer.h"

#include <string.h>
#include <strings.h>

static bool
is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_name_start(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

/* What may follow in an identifier ($ too), and in the tag of a dollar quote ($ not). */
static bool
is_name(unsigned char c)
{
	return is_name_start(c) || is_digit(c) || c == '$';
}

static bool
is_tag(unsigned char c)
{
	return is_name_start(c) || is_digit(c);
}

static bool
is_operator(unsigned char c)
{
	return c && strchr("~!@#^&|`?+-*/%<>=", c);
}

/* The byte at a place, 0 behind the end (and for a NUL in the text). */
static unsigned char
byte(const struct lexer *lexer, size_t at)
{
	return at < lexer->length ? (unsigned char)lexer->text[at] : 0;
}

static bool
comment_starts(const struct lexer *lexer, size_t at)
{
	return (byte(lexer, at) == '-' && byte(lexer, at + 1) == '-') ||
	       (byte(lexer, at) == '/' && byte(lexer, at + 1) == '*');
}

static struct token
token_to(struct lexer *lexer, enum token_type type, size_t end)
{
	struct token token = { .type = type, .start = lexer->at, .length = end - lexer->at };

	lexer->at = end;
	return token;
}

static struct token
unclosed(struct lexer *lexer, char what)
{
	struct token token = token_to(lexer, TOKEN_UNCLOSED, lexer->length);

	token.sign = what;
	return token;
}

static size_t
line_end(const struct lexer *lexer, size_t at)
{
	while (at < lexer->length && lexer->text[at] != '\n' && lexer->text[at] != '\r')
		at++;
	return at;
}

static struct token
block_comment(struct lexer *lexer)
{
	size_t at = lexer->at + 2, depth = 1;

	while (at < lexer->length) {
		unsigned char c = byte(lexer, at), next = byte(lexer, at + 1);

		if (c == '*' && next == '/') {
			at += 2;
			if (!--depth)
				return token_to(lexer, TOKEN_COMMENT, at);
		} else if (c == '/' && next == '*') {
			at += 2;
			depth++;
		} else {
			at++;
		}
	}
	return unclosed(lexer, '*');
}

/* Behind the closing quote of what starts at `at` (behind the opening one); 0: never closed. */
static size_t
quote_end(const struct lexer *lexer, size_t at, char quote, bool escapes)
{
	while (at < lexer->length) {
		char c = lexer->text[at];

		if (c == '\\' && escapes) {
			at += 2;
		} else if (c != quote) {
			at++;
		} else if (byte(lexer, at + 1) == (unsigned char)quote) {
			at += 2;
		} else {
			return at + 1;
		}
	}
	return 0;
}

/*
 * A string goes on after blanks with at least one newline among them (and
 * comments) with another quote. It matters for E'' only, where the escapes hold
 * in the later parts too. Gives the place behind that quote, or 0.
 */
static size_t
string_goes_on(const struct lexer *lexer, size_t at)
{
	bool newline = false;

	for (;;) {
		if (is_space(byte(lexer, at))) {
			newline = newline || byte(lexer, at) == '\n' || byte(lexer, at) == '\r';
			at++;
		} else if (byte(lexer, at) == '-' && byte(lexer, at + 1) == '-') {
			at = line_end(lexer, at);
		} else {
			return newline && byte(lexer, at) == '\'' ? at + 1 : 0;
		}
	}
}

/* A string whose opening quote is `prefix` bytes ahead. */
static struct token
string(struct lexer *lexer, size_t prefix, bool escapes)
{
	size_t end = quote_end(lexer, lexer->at + prefix + 1, '\'', escapes);

	while (end && escapes) {
		size_t more = string_goes_on(lexer, end);

		if (!more)
			break;
		end = quote_end(lexer, more, '\'', true);
	}
	if (!end)
		return unclosed(lexer, '\'');
	return token_to(lexer, escapes ? TOKEN_ESCAPED : TOKEN_STRING, end);
}

static struct token
quoted_name(struct lexer *lexer, size_t prefix)
{
	size_t end = quote_end(lexer, lexer->at + prefix + 1, '"', false);

	return end ? token_to(lexer, TOKEN_QUOTED, end) : unclosed(lexer, '"');
}

static struct token
dollar(struct lexer *lexer)
{
	size_t start = lexer->at, tag = start + 1;

	if (is_digit(byte(lexer, tag))) {
		while (is_digit(byte(lexer, tag)))
			tag++;
		return token_to(lexer, TOKEN_PARAMETER, tag);
	}
	if (is_name_start(byte(lexer, tag)))
		while (is_tag(byte(lexer, tag)))
			tag++;
	if (byte(lexer, tag) != '$') {
		struct token token = token_to(lexer, TOKEN_SIGN, start + 1);

		token.sign = '$';
		return token;
	}
	size_t size = tag + 1 - start, at = tag + 1;

	/* The tag holds no $ but its two ends, so no byte is compared twice. */
	while (at < lexer->length) {
		const char *found = memchr(lexer->text + at, '$', lexer->length - at);

		if (!found)
			break;
		at = (size_t)(found - lexer->text);
		if (lexer->length - at >= size && !memcmp(found, lexer->text + start, size)) {
			struct token token = token_to(lexer, TOKEN_DOLLAR, at + size);

			token.body = start + size;
			token.body_length = at - token.body;
			return token;
		}
		at++;
	}
	return unclosed(lexer, '$');
}

static size_t
digits_end(const struct lexer *lexer, size_t at)
{
	while (is_digit(byte(lexer, at)) || (byte(lexer, at) == '_' && is_digit(byte(lexer, at + 1))))
		at++;
	return at;
}

static struct token
number(struct lexer *lexer)
{
	size_t end = digits_end(lexer, lexer->at);

	/* 1..10 is a number, two dots and a number. */
	if (byte(lexer, end) == '.' && byte(lexer, end + 1) != '.')
		end = digits_end(lexer, end + 1);
	if (byte(lexer, end) == 'e' || byte(lexer, end) == 'E') {
		size_t exponent = end + 1;

		if (byte(lexer, exponent) == '+' || byte(lexer, exponent) == '-')
			exponent++;
		if (is_digit(byte(lexer, exponent)))
			end = digits_end(lexer, exponent);
	}
	return token_to(lexer, TOKEN_NUMBER, end);
}

static struct token
word(struct lexer *lexer)
{
	size_t end = lexer->at;

	while (is_name(byte(lexer, end)))
		end++;
	if (end == lexer->at + 1) {
		unsigned char c = byte(lexer, lexer->at) | 0x20, next = byte(lexer, end);

		if (next == '\'' && strchr("ebxn", c))
			return string(lexer, 1, c == 'e');
		if (c == 'u' && next == '&' && byte(lexer, end + 1) == '\'')
			return string(lexer, 2, false);
		if (c == 'u' && next == '&' && byte(lexer, end + 1) == '"')
			return quoted_name(lexer, 2);
	}
	return token_to(lexer, TOKEN_WORD, end);
}

struct token
lexer_next(struct lexer *lexer)
{
	size_t at = lexer->at;
	unsigned char c = byte(lexer, at);

	if (at >= lexer->length)
		return token_to(lexer, TOKEN_END, at);
	if (is_space(c)) {
		while (is_space(byte(lexer, at)))
			at++;
		return token_to(lexer, TOKEN_SPACE, at);
	}
	if (comment_starts(lexer, at))
		return c == '-' ? token_to(lexer, TOKEN_COMMENT, line_end(lexer, at))
		                : block_comment(lexer);
	if (is_name_start(c))
		return word(lexer);
	if (is_digit(c) || (c == '.' && is_digit(byte(lexer, at + 1))))
		return number(lexer);
	if (c == '\'')
		return string(lexer, 0, false);
	if (c == '"')
		return quoted_name(lexer, 0);
	if (c == '$')
		return dollar(lexer);
	if (c == '\\')
		return token_to(lexer, TOKEN_BACKSLASH, at + 1);
	if (is_operator(c)) {
		do
			at++;
		while (is_operator(byte(lexer, at)) && !comment_starts(lexer, at));
		return token_to(lexer, TOKEN_OPERATOR, at);
	}
	struct token token = token_to(lexer, TOKEN_SIGN, at + 1);

	token.sign = (char)c;
	return token;
}

struct token
lexer_next_solid(struct lexer *lexer)
{
	struct token token;

	do
		token = lexer_next(lexer);
	while (token.type == TOKEN_SPACE || token.type == TOKEN_COMMENT);
	return token;
}

bool
token_is(const struct lexer *lexer, const struct token *token, const char *expected)
{
	return token->type == TOKEN_WORD && token->length == strlen(expected) &&
	       !strncasecmp(lexer->text + token->start, expected, token->length);
}

/* ---------------------------------------------------------------- values */

static int
hex_value(unsigned char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
add_utf8(struct sbuf *out, unsigned long code)
{
	if (code < 0x80) {
		sbuf_addc(out, (char)code);
		return;
	}
	if (code < 0x800) {
		sbuf_addc(out, (char)(0xc0 | code >> 6));
	} else {
		if (code < 0x10000) {
			sbuf_addc(out, (char)(0xe0 | code >> 12));
		} else {
			sbuf_addc(out, (char)(0xf0 | (code >> 18 & 7)));
			sbuf_addc(out, (char)(0x80 | (code >> 12 & 0x3f)));
		}
		sbuf_addc(out, (char)(0x80 | (code >> 6 & 0x3f)));
	}
	sbuf_addc(out, (char)(0x80 | (code & 0x3f)));
}

/* One escape of E'': `at` is the byte behind the backslash. Gives the place behind it. */
static size_t
add_escape(const struct lexer *lexer, size_t at, size_t end, struct sbuf *out)
{
	static const char plain[] = "bfnrtv", meaning[] = "\b\f\n\r\t\v";
	unsigned char c = byte(lexer, at);
	const char *found = c ? strchr(plain, c) : NULL;
	unsigned long code = 0;
	size_t most = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0, n = 0;

	if (found) {
		sbuf_addc(out, meaning[found - plain]);
		return at + 1;
	}
	if (c >= '0' && c <= '7') {
		for (; n < 3 && at < end && byte(lexer, at) >= '0' && byte(lexer, at) <= '7'; n++, at++)
			code = code * 8 + (unsigned long)(byte(lexer, at) - '0');
		sbuf_addc(out, (char)code);
		return at;
	}
	while (n < most && at + 1 + n < end && hex_value(byte(lexer, at + 1 + n)) >= 0) {
		code = code * 16 + (unsigned long)hex_value(byte(lexer, at + 1 + n));
		n++;
	}
	if (!n) {
		sbuf_addc(out, (char)c);
		return at + 1;
	}
	if (c == 'x')
		sbuf_addc(out, (char)code);
	else
		add_utf8(out, code);
	return at + 1 + n;
}

/* The parts of a string or a quoted name, from its first quote on. */
static void
add_quoted(const struct lexer *lexer, size_t at, size_t end, bool escapes, struct sbuf *out)
{
	char quote = lexer->text[at++];

	while (at < end) {
		char c = lexer->text[at++];

		if (c == '\\' && escapes && at < end) {
			at = add_escape(lexer, at, end, out);
		} else if (c != quote) {
			sbuf_addc(out, c);
		} else if (at < end && lexer->text[at] == quote) {
			sbuf_addc(out, quote);
			at++;
		} else if (at < end) {
			at = string_goes_on(lexer, at);
		}
	}
}

void
token_value(const struct lexer *lexer, const struct token *token, struct sbuf *out)
{
	size_t at = token->start, end = at + token->length;

	switch (token->type) {
	case TOKEN_WORD:
		for (; at < end; at++) {
			char c = lexer->text[at];

			sbuf_addc(out, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
		}
		break;
	case TOKEN_QUOTED:
	case TOKEN_STRING:
	case TOKEN_ESCAPED:
		while (lexer->text[at] != '\'' && lexer->text[at] != '"')
			at++;
		add_quoted(lexer, at, end, token->type == TOKEN_ESCAPED, out);
		break;
	case TOKEN_DOLLAR:
		sbuf_add(out, lexer->text + token->body, token->body_length);
		break;
	default:
		sbuf_add(out, lexer->text + at, token->length);
	}
}
