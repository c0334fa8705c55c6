/*
 * subject_parts.h - what the files that read statements' heads share (subject.h)
 */
#ifndef PK_SUBJECT_PARTS_H
#define PK_SUBJECT_PARTS_H

#include "sql/reader.h"
#include "sql/subject.h"

/* How a kind of object is named and when it is made. */
enum naming {
	NAMED,     /* CREATE KIND name */
	NAMED_ON,  /* CREATE KIND [name] … ON table */
	NAMED_GLOBAL, /* without a schema */
	NAMELESS
};

struct kind {
	const char *words; /* as they stand behind CREATE */
	enum stage stage;
	enum naming naming;
};

/* The kind that the words ahead name; goes past them. NULL: none that is known. */
const struct kind *
kind_read(struct reader *reader);

bool
kind_is(const struct kind *kind, const char *words);

void
subject_add(struct subject *subject, struct arena *arena, struct subject_name name);

/* [schema.]name; of a longer one (a column's) the first two parts. */
bool
subject_read_name(struct reader *reader, struct subject_name *name);

/* IF [NOT] EXISTS, ONLY, CONCURRENTLY; the place of the latter is noted. */
void
subject_skip_preface(struct reader *reader, struct subject *subject);

/* Goes past everything at the outermost level up to and past that word. */
bool
reader_find(struct reader *reader, const char *word);

/* Whether that word is ahead at the outermost level. */
bool
reader_has(const struct reader *reader, const char *word);

/* What a trigger, policy, rule or index is made on; the reader is behind the kind. */
void
subject_create_on(struct reader *reader, struct subject *subject, const struct kind *kind);

/* What stands behind ALTER. */
void
subject_read_alter(struct reader *reader, struct subject *subject);

#endif
