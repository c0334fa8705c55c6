#include "base/json.h"
#include "base/arena.h"
#include "base/die.h"
#include "base/io.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- places */

static _Noreturn void
die_at(const struct json_file *file, const char *at, const char *hint, const char *text)
{
	long line = 1, column = 1;

	for (const char *p = file->text.text; p < at; p++) {
		column++;
		if (*p == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)*p & 0xC0) == 0x80) {
			column--; /* columns are characters, not bytes */
		}
	}
	die_report(STATUS_USAGE, &(struct report){ .file = file->path, .line = line, .column = column,
	                                           .text = text, .hint = hint });
}

static const char *
blanks_skip(const char *p)
{
	while (*p && (unsigned char)*p <= ' ')
		p++;
	return p;
}

/* The end of a string that starts at `p` with its quote. */
static const char *
string_end(const char *p)
{
	for (p++; *p && *p != '"'; p++)
		if (*p == '\\' && p[1])
			p++;
	return *p ? p + 1 : p;
}

/*
 * Where the value that is the `index`-th of the text begins (its key, if it has
 * one). cJSON keeps no positions, but its tree in preorder has the values in the
 * order of the text.
 */
static const char *
value_at(const char *text, size_t index)
{
	const char *p = text, *key = NULL;
	size_t seen = 0;

	while (*(p = blanks_skip(p))) {
		const char *end;

		if (strchr(",:]}", *p)) {
			p++;
			continue;
		}
		end = *p == '"' ? string_end(p) : strchr("{[", *p) ? p + 1 : p + strcspn(p, ",]} \t\r\n");
		if (*p == '"' && *blanks_skip(end) == ':') {
			key = p;
		} else {
			if (seen++ == index)
				return key ? key : p;
			key = NULL;
		}
		p = end;
	}
	return text;
}

/* Counts the values before `item` and writes its path; false: not below `node`. */
static bool
find_item(const cJSON *node, const cJSON *item, size_t *index, struct sbuf *path)
{
	size_t length = path->length, place = 0;
	const cJSON *child;

	if (node == item)
		return true;
	cJSON_ArrayForEach(child, node) {
		if (child->string)
			sbuf_addf(path, "%s%s", length ? "." : "", child->string);
		else
			sbuf_addf(path, "[%zu]", place);
		++*index;
		place++;
		if (find_item(child, item, index, path))
			return true;
		sbuf_cut(path, length);
	}
	return false;
}

static _Noreturn void
wrong_hint(const struct json_file *file, const cJSON *item, const char *hint, const char *text)
{
	struct sbuf message = SBUF_INIT;
	size_t index = 0;

	if (!find_item(file->root, item, &index, &message))
		index = 0;
	if (message.length)
		sbuf_adds(&message, ": ");
	sbuf_adds(&message, text);
	die_at(file, value_at(file->text.text, index), hint, message.text);
}

_Noreturn void
json_wrong(const struct json_file *file, const cJSON *item, const char *format, ...)
{
	struct sbuf text = SBUF_INIT;
	va_list args;

	va_start(args, format);
	sbuf_vaddf(&text, format, args);
	va_end(args);
	wrong_hint(file, item, NULL, text.text);
}

/* --------------------------------------------------------------- parsing */

/* What git leaves in a file that two branches changed. */
static const char *
conflict_marker(const char *text)
{
	for (const char *line = text; line; line = (line = strchr(line, '\n')) ? line + 1 : NULL)
		if (!strncmp(line, "<<<<<<<", 7) || !strncmp(line, ">>>>>>>", 7))
			return line;
	return NULL;
}

/* The end of a string whose escapes are sound; NULL otherwise. */
static const char *
sound_string_end(const char *p)
{
	for (p++; *p != '"'; p++) {
		if (!*p || *p == '\n')
			return NULL;
		if (*p != '\\')
			continue;
		p++;
		if (*p == 'u' && strspn(p + 1, "0123456789abcdefABCDEF") >= 4)
			p += 4;
		else if (!*p || !strchr("\"\\/bfnrt", *p))
			return NULL;
	}
	return p + 1;
}

static const char *
sound_scalar_end(const char *p)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t length = strspn(p, "-+.eE0123456789");

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strncmp(p, words[i], strlen(words[i])))
			return p + strlen(words[i]);
	return length && *p != '+' && *p != '.' && *p != 'e' && *p != 'E' ? p + length : NULL;
}

/* Where a text stops being JSON, which cJSON tells only roughly, and why; NULL
 * when it is beyond these rules. */
static const char *
malformed_at(const char *p, const char **why)
{
	enum { VALUE, KEY, COLON, NEXT } state = VALUE;
	struct sbuf open = SBUF_INIT; /* the brackets */
	bool first = false;           /* just after one */

	while (true) {
		char inner = open.length ? open.text[open.length - 1] : '\0';
		const char *end = NULL;

		p = blanks_skip(p);
		if (inner && (first || state == NEXT) && *p == (inner == '{' ? '}' : ']')) {
			sbuf_cut(&open, open.length - 1);
			state = NEXT;
			first = false;
			p++;
			continue;
		}
		first = false;
		*why = !*p              ? "the text ends too early"
		       : state == KEY   ? "a key in double quotes is needed"
		       : state == COLON ? "a : is needed"
		       : state == VALUE ? "a value is needed"
		       : !inner         ? "nothing may follow"
		       : inner == '{'   ? "a , or } is needed"
		                        : "a , or ] is needed";
		if (!*p && state == NEXT && !inner)
			break;
		if (state == COLON || state == NEXT) {
			if (*p != (state == COLON ? ':' : ',') || (state == NEXT && !inner))
				goto wrong;
			state = state == NEXT && inner == '{' ? KEY : VALUE;
			p++;
			continue;
		}
		if (*p == '"' && !(end = sound_string_end(p)))
			*why = "the string has no end on its line, or a wrong escape";
		if (state == VALUE && *p && strchr("{[", *p)) {
			sbuf_addc(&open, *p);
			state = *p == '{' ? KEY : VALUE;
			first = true;
			p++;
			continue;
		}
		if (state == VALUE && *p != '"')
			end = sound_scalar_end(p);
		if (!end)
			goto wrong;
		state = state == KEY ? COLON : NEXT;
		p = end;
	}
	p = NULL;
wrong:
	sbuf_release(&open);
	return p;
}

static _Noreturn void
die_malformed(const struct json_file *file, const char *at)
{
	const char *marker = conflict_marker(file->text.text), *why = NULL, *found;
	struct sbuf text = SBUF_INIT;

	if (marker)
		die_at(file, marker, "resolve the conflict: keep what both sides have, and remove the markers",
		       "merge conflict markers");
	found = malformed_at(file->text.text, &why);
	sbuf_addf(&text, "malformed JSON%s%s", found ? ": " : "", found ? why : "");
	die_at(file, found ? found : at, NULL, text.text);
}

static void
check_twice(const struct json_file *file, const cJSON *node)
{
	const cJSON *child, *earlier;

	cJSON_ArrayForEach(child, node) {
		if (cJSON_IsObject(node))
			for (earlier = node->child; earlier != child; earlier = earlier->next)
				if (!strcmp(earlier->string, child->string))
					json_wrong(file, child, "the key stands here twice");
		check_twice(file, child);
	}
}

void
json_parse(struct json_file *file, const char *path, const char *text, size_t length)
{
	const char *end = NULL, *zero = memchr(text, '\0', length);

	*file = (struct json_file){ .path = path, .text = SBUF_INIT };
	sbuf_add(&file->text, text, length);
	text = file->text.text;
	if (zero)
		die_at(file, text + strlen(text), NULL, "malformed JSON: a zero byte");
	for (const char *p = strchr(text, '\\'); p; p = p[1] ? strchr(p + 2, '\\') : NULL)
		if (!strncmp(p, "\\u0000", 6))
			die_at(file, p, NULL, "a string cannot hold the zero character");
	file->root = cJSON_ParseWithLengthOpts(text, length, &end, false);
	if (!file->root)
		die_malformed(file, end ? end : text);
	if (*blanks_skip(end))
		die_malformed(file, end);
	if (!cJSON_IsObject(file->root))
		json_wrong(file, file->root, "an object is needed: { … }");
	check_twice(file, file->root);
}

bool
json_read(struct json_file *file, const char *path)
{
	struct sbuf text = SBUF_INIT;

	if (!file_read(path, &text)) {
		if (errno == ENOENT) {
			sbuf_release(&text);
			return false;
		}
		die(STATUS_USAGE, "cannot read %s: %s", path, strerror(errno));
	}
	json_parse(file, path, text.text, text.length);
	sbuf_release(&text);
	return true;
}

void
json_release(struct json_file *file)
{
	sbuf_release(&file->text);
	cJSON_Delete(file->root);
	file->root = NULL;
}

/* ---------------------------------------------------------------- values */

cJSON *
json_member(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

static const char *
type_name(const cJSON *item)
{
	return cJSON_IsString(item)   ? "a string"
	       : cJSON_IsNumber(item) ? "a number"
	       : cJSON_IsBool(item)   ? "true or false"
	       : cJSON_IsArray(item)  ? "an array"
	       : cJSON_IsObject(item) ? "an object"
	                              : "null";
}

static const cJSON *
member_of_type(const struct json_file *file, const cJSON *object, const char *key,
               cJSON_bool (*is_type)(const cJSON *), const char *type, bool required)
{
	const cJSON *item = json_member(object, key);

	if (!item && required)
		json_wrong(file, object, "\"%s\" is missing", key);
	if (!item || (!required && cJSON_IsNull(item)))
		return NULL;
	if (!is_type(item))
		json_wrong(file, item, "%s is needed, not %s", type, type_name(item));
	return item;
}

const char *
json_string(const struct json_file *file, const cJSON *object, const char *key)
{
	return member_of_type(file, object, key, cJSON_IsString, "a string", true)->valuestring;
}

const char *
json_string_or(const struct json_file *file, const cJSON *object, const char *key,
               const char *fallback)
{
	const cJSON *item = member_of_type(file, object, key, cJSON_IsString, "a string", false);

	return item ? item->valuestring : fallback;
}

bool
json_bool_or(const struct json_file *file, const cJSON *object, const char *key, bool fallback)
{
	const cJSON *item = member_of_type(file, object, key, cJSON_IsBool, "true or false", false);

	return item ? cJSON_IsTrue(item) : fallback;
}

const cJSON *
json_array(const struct json_file *file, const cJSON *object, const char *key)
{
	return member_of_type(file, object, key, cJSON_IsArray, "an array", true);
}

const cJSON *
json_array_or_null(const struct json_file *file, const cJSON *object, const char *key)
{
	return member_of_type(file, object, key, cJSON_IsArray, "an array", false);
}

const cJSON *
json_object_or_null(const struct json_file *file, const cJSON *object, const char *key)
{
	return member_of_type(file, object, key, cJSON_IsObject, "an object", false);
}

int64_t
json_integer(const struct json_file *file, const cJSON *object, const char *key)
{
	const double exact = 9007199254740992.0; /* 2^53 */
	const cJSON *item = json_member(object, key);
	double number = item ? item->valuedouble : 0;

	if (!item)
		json_wrong(file, object, "\"%s\" is missing", key);
	if (cJSON_IsString(item)) {
		char *end;
		long long value;

		errno = 0;
		value = strtoll(item->valuestring, &end, 10);
		if (!errno && end != item->valuestring && !*end)
			return value;
	} else if (cJSON_IsNumber(item) && number >= -exact && number <= exact &&
	           number == (double)(int64_t)number) {
		return (int64_t)number;
	}
	json_wrong(file, item, "a whole number is needed (beyond 2^53 as a string)");
}

const char *
json_text(const struct json_file *file, const cJSON *item)
{
	if (!cJSON_IsString(item))
		json_wrong(file, item, "a string is needed, not %s", type_name(item));
	return item->valuestring;
}

void
json_must_be_object(const struct json_file *file, const cJSON *item)
{
	if (!cJSON_IsObject(item))
		json_wrong(file, item, "an object is needed, not %s", type_name(item));
}

/* How many letters must be added, removed or changed; at most 32 are looked at. */
static size_t
distance(const char *a, const char *b)
{
	enum { MOST = 32 };
	size_t row[MOST + 1], length = strnlen(b, MOST);

	for (size_t j = 0; j <= length; j++)
		row[j] = j;
	for (size_t i = 0; i < MOST && a[i]; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < length; j++) {
			size_t change = corner + (a[i] != b[j]);
			size_t least = row[j] < row[j + 1] ? row[j] + 1 : row[j + 1] + 1;

			corner = row[j + 1];
			row[j + 1] = change < least ? change : least;
		}
	}
	return row[length];
}

void
json_known_keys(const struct json_file *file, const cJSON *object, const char *const *known)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, object) {
		const char *nearest = NULL;
		size_t least = strlen(item->string) / 2 + 1;
		struct sbuf hint = SBUF_INIT;
		bool is_known = false;

		for (size_t i = 0; known[i] && !is_known; i++) {
			size_t d = distance(item->string, known[i]);

			is_known = !strcmp(item->string, known[i]);
			if (d < least) {
				least = d;
				nearest = known[i];
			}
		}
		if (is_known)
			continue;
		if (nearest) {
			sbuf_addf(&hint, "did you mean \"%s\"?", nearest);
		} else {
			sbuf_adds(&hint, "known here:");
			for (size_t i = 0; known[i]; i++)
				sbuf_addf(&hint, "%s %s", i ? "," : "", known[i]);
		}
		wrong_hint(file, item, hint.text, "unknown key");
	}
}

/* --------------------------------------------------------------- writing */

void
json_write_string(struct sbuf *out, const char *text)
{
	sbuf_addc(out, '"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		const char *escape = strchr("\"\"\\\\\bb\ff\nn\rr\tt", c);

		if (c == '"' || c == '\\')
			sbuf_addf(out, "\\%c", c);
		else if (c < ' ' && escape)
			sbuf_addf(out, "\\%c", escape[1]);
		else if (c < ' ')
			sbuf_addf(out, "\\u%04x", c);
		else
			sbuf_addc(out, (char)c);
	}
	sbuf_addc(out, '"');
}

static void
write_number(struct sbuf *out, double number)
{
	char text[32];

	if (number > -1e15 && number < 1e15 && number == (double)(int64_t)number) {
		sbuf_addf(out, "%lld", (long long)number);
		return;
	}
	snprintf(text, sizeof text, "%.15g", number);
	if (strtod(text, NULL) != number)
		snprintf(text, sizeof text, "%.17g", number);
	sbuf_adds(out, text);
}

static void
write_item(struct sbuf *out, const cJSON *item, int depth)
{
	bool is_object = cJSON_IsObject(item), flat = !is_object;
	const cJSON *child;

	if (cJSON_IsString(item)) {
		json_write_string(out, item->valuestring);
	} else if (cJSON_IsNumber(item)) {
		write_number(out, item->valuedouble);
	} else if (!is_object && !cJSON_IsArray(item)) {
		sbuf_adds(out, cJSON_IsTrue(item) ? "true" : cJSON_IsFalse(item) ? "false" : "null");
	} else if (!item->child) {
		sbuf_adds(out, is_object ? "{}" : "[]");
	} else {
		cJSON_ArrayForEach(child, item)
			flat = flat && !child->child;
		sbuf_addc(out, is_object ? '{' : '[');
		cJSON_ArrayForEach(child, item) {
			if (child != item->child)
				sbuf_adds(out, flat ? ", " : ",");
			if (!flat)
				sbuf_addf(out, "\n%*s", 2 * (depth + 1), "");
			if (is_object) {
				json_write_string(out, child->string);
				sbuf_adds(out, ": ");
			}
			write_item(out, child, depth + 1);
		}
		if (!flat)
			sbuf_addf(out, "\n%*s", 2 * depth, "");
		sbuf_addc(out, is_object ? '}' : ']');
	}
}

void
json_write(struct sbuf *out, const cJSON *item)
{
	write_item(out, item, 0);
	sbuf_addc(out, '\n');
}

cJSON *
json_made(cJSON *item)
{
	if (!item)
		die(STATUS_BUG, "out of memory");
	return item;
}

void
json_set_string(cJSON *object, const char *key, const char *value)
{
	cJSON *item = json_made(cJSON_CreateString(value));

	if (json_member(object, key))
		cJSON_ReplaceItemInObjectCaseSensitive(object, key, item);
	else
		cJSON_AddItemToObject(object, key, item);
}

cJSON *
json_make_object(cJSON *object, const char *key)
{
	cJSON *item = json_member(object, key);

	if (item && !cJSON_IsNull(item))
		return item;
	if (!item)
		return json_made(cJSON_AddObjectToObject(object, key));
	item = json_made(cJSON_CreateObject());
	cJSON_ReplaceItemInObjectCaseSensitive(object, key, item);
	return item;
}
