/*
 * json.h - JSON files read with care: a thin wrapper around cJSON
 *
 * For the files that people and other programs write (configuration, state). Keys
 * are case-sensitive, none may stand twice in an object. Whatever is wrong ends the program with
 * status 2 and a message that says where: `postkit.config.json:4:13: error:
 * db.schemaPath: a string is needed, not a number`. cJSON holds numbers as double: those
 * beyond 2^53 are written as strings in all our formats (see json_integer).
 */
#ifndef PK_JSON_H
#define PK_JSON_H

#include "base/sbuf.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_file {
	const char *path; /* as messages name it */
	struct sbuf text;
	cJSON *root; /* always an object */
};

/* Reads a file. False when there is none; dies when it cannot be read or parsed. */
bool
json_read(struct json_file *file, const char *path);

/* The same for a text at hand. `path` must stay valid. */
void
json_parse(struct json_file *file, const char *path, const char *text, size_t length);

/*
 * A file of one object a line (path `-`: standard input): `visit` is called for each, from line 1 on; `file->path` is
 * PATH:LINE meanwhile. Gives the number of lines.
 */
size_t
json_lines_read(const char *path, void (*visit)(const struct json_file *file, size_t line, void *context),
                void *context);

void
json_release(struct json_file *file);

/* ---------------------------------------------------------------- values */

/* The member, or NULL where it is absent. */
cJSON *
json_member(const cJSON *object, const char *key);

/* The member of that type; dies where it is absent or of another type. */
const char *
json_string(const struct json_file *file, const cJSON *object, const char *key);

const cJSON *
json_array(const struct json_file *file, const cJSON *object, const char *key);

/* A whole number, written as one or as a string of digits. */
int64_t
json_integer(const struct json_file *file, const cJSON *object, const char *key);

/* The same where absence is allowed (null counts as absent). */
const char *
json_string_or(const struct json_file *file, const cJSON *object, const char *key,
               const char *fallback);

bool
json_bool_or(const struct json_file *file, const cJSON *object, const char *key, bool fallback);

const cJSON *
json_array_or_null(const struct json_file *file, const cJSON *object, const char *key);

const cJSON *
json_object_or_null(const struct json_file *file, const cJSON *object, const char *key);

/* The string that `item` (of an array, say) is; dies when it is something else. */
const char *
json_text(const struct json_file *file, const cJSON *item);

/* Dies naming `item` unless it is an object. */
void
json_must_be_object(const struct json_file *file, const cJSON *item);

/* Dies when the object has a key that is not in `known` (ended by NULL), and
 * says which known one is the nearest. */
void
json_known_keys(const struct json_file *file, const cJSON *object, const char *const *known);

/* Dies with `FILE:LINE:COLUMN: error: path.of.item: …`. */
_Noreturn void
json_wrong(const struct json_file *file, const cJSON *item, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* --------------------------------------------------------------- writing */

/* As people write it: two blanks deep, the keys in their order, arrays of
 * scalars on one line, a newline at the end. */
void
json_write(struct sbuf *out, const cJSON *item);

/* One string in its quotes, UTF-8 as it is. */
void
json_write_string(struct sbuf *out, const char *text);

/* Sets or replaces a string member, which keeps its place. */
void
json_set_string(cJSON *object, const char *key, const char *value);

/* The object member, made when it is absent (or null). */
cJSON *
json_make_object(cJSON *object, const char *key);

/* `item`, or out of memory. */
cJSON *
json_made(cJSON *item);

#endif
