/*
 * fact.h - one line of canonical JSON about one catalog entity
 *
 * A fact has an `id` ("table public.users"), a parent `in` (NULL for what
 * belongs to the database itself), the ids that it `needs`, and members: keys
 * with a value each, in byte order. HACKING.md, "Facts", says what the text
 * looks like. All strings are UTF-8 and belong to the arena they were read into.
 */
#ifndef PK_FACT_H
#define PK_FACT_H

#include "base/arena.h"
#include "base/sbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum value_type {
	VALUE_TRUE,
	VALUE_NUMBER, /* `text` holds the digits */
	VALUE_STRING,
	VALUE_LIST /* of strings */
};

struct value {
	enum value_type type;
	size_t count;
	union {
		const char *text;
		const char **items;
	};
};

struct member {
	const char *key;
	struct value value;
};

struct fact {
	const char *id;
	const char *in;
	const char **needs; /* in byte order, no doubles */
	size_t needs_count;
	struct member *members; /* by key, in byte order */
	size_t member_count;
	size_t number; /* free for the one who works on the whole: a node's number */
};

/* The value of a key, NULL when it is absent. */
const struct value *
fact_value(const struct fact *fact, const char *key);

/* A string or the digits of a number; NULL when absent. */
const char *
fact_text(const struct fact *fact, const char *key);

/* Whether a key is there (and true, for a boolean one). */
bool
fact_has(const struct fact *fact, const char *key);

/* Whether a string key has this value. */
bool
fact_is(const struct fact *fact, const char *key, const char *text);

/* The items of a list, `*count` of them; 0 when absent. */
const char **
fact_list(const struct fact *fact, const char *key, size_t *count);

/* A copy of the fact with one more key that is true. */
struct fact *
fact_marked(struct arena *arena, const struct fact *fact, const char *key);

/* A copy of the fact in which the key is this string (neither is copied). */
struct fact *
fact_with(struct arena *arena, const struct fact *fact, const char *key, const char *text);

/* The fact without a key: itself, or a copy. */
const struct fact *
fact_without(struct arena *arena, const struct fact *fact, const char *key);

/* The length of the kind, the first word of an id. */
size_t
id_kind_length(const char *id);

/* Whether the id is of that kind: id_is("table public.t", "table"). */
bool
id_is(const char *id, const char *kind);

/* What follows the kind: the name as SQL writes it. */
const char *
id_name(const char *id);

/*
 * Where ` word ` stands in an id outside of quoted names, at the blank before it:
 * " to alice" of "privilege on table public.t to alice"; NULL when it does not.
 */
const char *
id_word(const char *id, const char *word);

/* The end of the identifier that starts here, quoted or not: also an operator's. */
const char *
identifier_end(const char *name);

/*
 * Where the last part of a dotted name starts: "email" of
 * `public."a.b".email`. Quoted identifiers are understood. An unqualified name
 * is its own last part.
 */
const char *
name_last_part(const char *name);

/*
 * The schema of a qualified name, still quoted, `*length` bytes of it; length 0
 * when the name has no dot.
 */
const char *
name_schema(const char *name, size_t *length);

/* An identifier without its quotes: `"a""b"` gives a"b. Reads `length` bytes. */
char *
identifier_plain(struct arena *arena, const char *quoted, size_t length);

/*
 * The order of ids in a snapshot: byte order of their canonical JSON, closing
 * quote included, so that the lines themselves are sorted (sort, comm, join).
 */
int
id_compare(const char *a, const char *b);

/* Whether two values are the same; NULL is absent. */
bool
value_equal(const struct value *a, const struct value *b);

/* Whether both say the same, `needs` aside when `needs` is false. */
bool
fact_equal(const struct fact *a, const struct fact *b, bool needs);

/* The line of a fact, without a newline. */
void
fact_write(struct sbuf *out, const struct fact *fact);

/* A string as canonical JSON. */
void
json_string_write(struct sbuf *out, const char *text);

/*
 * Reads one line. NULL when it is not a fact, with what is wrong in `*error`
 * (a static text) and where in `*column` (from 1).
 */
struct fact *
fact_read(struct arena *arena, const char *line, size_t length, const char **error, size_t *column);

#endif
