/*
 * script.h - a list of SQL statements that grows
 */
#ifndef PK_SCRIPT_H
#define PK_SCRIPT_H

#include "base/sbuf.h"

struct script {
	struct sbuf *statements; /* each without its semicolon */
	size_t count, room;
};

#define SCRIPT_INIT { NULL, 0, 0 }

void
script_release(struct script *script);

/*
 * Begins a new statement and gives the buffer to write it to. The buffer is
 * valid until the next statement begins.
 */
struct sbuf *
script_next(struct script *script);

/* One whole statement. */
void
script_add(struct script *script, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* All statements, each ended by ";\n". */
void
script_write(struct sbuf *out, const struct script *script);

#endif
