#include "base/sbuf.h"
#include "base/arena.h"
#include "base/die.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char sbuf_empty[1];

static void
make_room(struct sbuf *buf, size_t more)
{
	size_t need;

	if (more > SIZE_MAX / 4 - buf->length)
		die(STATUS_BUG, "out of memory");
	need = buf->length + more + 1;
	if (need <= buf->room)
		return;
	buf->room = buf->room * 2 > need ? buf->room * 2 : need < 64 ? 64 : need;
	buf->text = memory_resize(buf->text == sbuf_empty ? NULL : buf->text, buf->room);
}

void
sbuf_release(struct sbuf *buf)
{
	if (buf->text != sbuf_empty)
		free(buf->text);
	*buf = (struct sbuf)SBUF_INIT;
}

void
sbuf_reset(struct sbuf *buf)
{
	sbuf_cut(buf, 0);
}

void
sbuf_cut(struct sbuf *buf, size_t length)
{
	if (length < buf->length) {
		buf->length = length;
		buf->text[length] = '\0';
	}
}

void
sbuf_add(struct sbuf *buf, const void *bytes, size_t length)
{
	if (!length)
		return;
	make_room(buf, length);
	memcpy(buf->text + buf->length, bytes, length);
	buf->length += length;
	buf->text[buf->length] = '\0';
}

void
sbuf_adds(struct sbuf *buf, const char *text)
{
	sbuf_add(buf, text, strlen(text));
}

void
sbuf_addc(struct sbuf *buf, char c)
{
	sbuf_add(buf, &c, 1);
}

void
sbuf_vaddf(struct sbuf *buf, const char *format, va_list args)
{
	va_list again;
	int length;

	va_copy(again, args);
	length = vsnprintf(NULL, 0, format, args);
	if (length < 0)
		die(STATUS_BUG, "cannot format \"%s\"", format);
	make_room(buf, (size_t)length);
	vsnprintf(buf->text + buf->length, (size_t)length + 1, format, again);
	va_end(again);
	buf->length += (size_t)length;
}

void
sbuf_addf(struct sbuf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	sbuf_vaddf(buf, format, args);
	va_end(args);
}

char *
sbuf_take(struct sbuf *buf)
{
	char *text = buf->text == sbuf_empty ? memory_resize(NULL, 1) : buf->text;

	text[buf->length] = '\0';
	*buf = (struct sbuf)SBUF_INIT;
	return text;
}
