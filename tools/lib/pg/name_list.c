#include "pg/name_list.h"

#include <stdbool.h>
#include <string.h>

static const char blanks[] = " \t\r\n";

/* One name from `*at`, which is moved behind it; NULL: malformed. */
static const char *
take_name(struct arena *arena, const char **at)
{
	const char *p = *at + strspn(*at, blanks);
	char *name, *to;
	size_t length;

	if (*p != '"') {
		length = strcspn(p, ",\"");
		*at = p + length;
		while (length && strchr(blanks, p[length - 1]))
			length--;
		return length ? arena_copy(arena, p, length) : NULL;
	}
	name = to = arena_string(arena, p);
	for (p++; *p && (*p != '"' || p[1] == '"'); p++) {
		*to++ = *p;
		p += *p == '"';
	}
	*to = '\0';
	if (!*p || !*name)
		return NULL;
	p++;
	*at = p + strspn(p, blanks);
	return name;
}

const char **
name_list_parse(struct arena *arena, const char *text, size_t *count)
{
	size_t most = 2;
	const char **names;

	for (const char *p = text; *p; p++)
		most += *p == ',';
	names = arena_array(arena, most, sizeof *names);
	*count = 0;
	if (!text[strspn(text, blanks)])
		return names;
	while (true) {
		const char *name = take_name(arena, &text);

		if (!name || (*text && *text != ','))
			return NULL;
		names[(*count)++] = name;
		if (!*text)
			return names;
		text++;
	}
}

void
name_list_add(struct sbuf *out, const char *name)
{
	if (*name && !strpbrk(name, ",\"\\ \t\r\n$#")) {
		sbuf_adds(out, name);
		return;
	}
	sbuf_addc(out, '"');
	for (; *name; name++) {
		if (*name == '"')
			sbuf_addc(out, '"');
		sbuf_addc(out, *name);
	}
	sbuf_addc(out, '"');
}
