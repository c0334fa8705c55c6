/*
 * sbuf.h - a string that grows
 *
 * `text` is always a valid string (never NULL), `length` its bytes without the
 * closing NUL. Modelled on git's strbuf. SBUF_INIT, use, sbuf_release.
 */
#ifndef PK_SBUF_H
#define PK_SBUF_H

#include <stdarg.h>
#include <stddef.h>

struct sbuf {
	char *text;
	size_t length, room;
};

extern char sbuf_empty[];

#define SBUF_INIT { sbuf_empty, 0, 0 }

void
sbuf_release(struct sbuf *buf);

/* Empties it; the memory is kept. */
void
sbuf_reset(struct sbuf *buf);

void
sbuf_add(struct sbuf *buf, const void *bytes, size_t length);

void
sbuf_adds(struct sbuf *buf, const char *text);

void
sbuf_addc(struct sbuf *buf, char c);

void
sbuf_addf(struct sbuf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

void
sbuf_vaddf(struct sbuf *buf, const char *format, va_list args);

/* Cuts it down to `length` bytes. */
void
sbuf_cut(struct sbuf *buf, size_t length);

/* Gives the string away (to be freed by the caller) and starts anew. */
char *
sbuf_take(struct sbuf *buf);

#endif
