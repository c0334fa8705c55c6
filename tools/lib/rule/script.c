#include "rule/script.h"

#include "base/arena.h"

#include <stdlib.h>

void
script_release(struct script *script)
{
	for (size_t i = 0; i < script->count; i++)
		sbuf_release(&script->statements[i]);
	free(script->statements);
	*script = (struct script)SCRIPT_INIT;
}

struct sbuf *
script_next(struct script *script)
{
	GROW(script->statements, script->count, script->room);
	script->statements[script->count] = (struct sbuf)SBUF_INIT;
	return &script->statements[script->count++];
}

void
script_add(struct script *script, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	sbuf_vaddf(script_next(script), format, args);
	va_end(args);
}

void
script_write(struct sbuf *out, const struct script *script)
{
	for (size_t i = 0; i < script->count; i++)
		sbuf_addf(out, "%s;\n", script->statements[i].text);
}
