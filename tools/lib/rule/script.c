#include "rule/script.h"

#include "base/arena.h"
#include "base/die.h"

#include <stdlib.h>

void
script_release(struct script *script)
{
	for (size_t i = 0; i < script->count; i++)
		sbuf_release(&script->statements[i].sql);
	free(script->statements);
	*script = (struct script)SCRIPT_INIT;
}

struct sbuf *
script_next(struct script *script)
{
	GROW(script->statements, script->count, script->room);
	script->statements[script->count] = (struct script_item){ .sql = SBUF_INIT };
	return &script->statements[script->count++].sql;
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
script_note(struct script *script, unsigned flags, const char *lock, const char *hazard)
{
	struct script_item *statement = &script->statements[script->count - 1];
	size_t at = 0;

	statement->flags |= flags;
	if (lock)
		statement->lock = lock;
	if (!hazard)
		return;
	while (at < STATEMENT_HAZARDS && statement->hazards[at])
		if (statement->hazards[at++] == hazard)
			return;
	if (at == STATEMENT_HAZARDS)
		die(STATUS_BUG, "a statement with too many hazards: %s", statement->sql.text);
	statement->hazards[at] = hazard;
}

void
script_note_all(struct script *script, size_t from, const char *lock)
{
	for (; from < script->count; from++)
		if (!script->statements[from].lock)
			script->statements[from].lock = lock;
}

void
script_write(struct sbuf *out, const struct script *script)
{
	for (size_t i = 0; i < script->count; i++)
		sbuf_addf(out, "%s;\n", script->statements[i].sql.text);
}
