#include "pg/setting.h"

#include "pg/quote.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* variable_is_guc_list_quote: no others can be added to a server. */
static bool
is_name_list(const char *name)
{
	static const char *const lists[] = {
		"local_preload_libraries",  "search_path",
		"session_preload_libraries", "shared_preload_libraries",
		"temp_tablespaces",         "unix_socket_directories",
	};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (!strcasecmp(name, lists[i]))
			return true;
	return false;
}

/* The next element of a list as SplitGUCList reads it; NULL: malformed. */
static const char *
take_element(struct sbuf *element, const char *p)
{
	p += strspn(p, " \t\r\n\f\v");
	if (*p == '"') {
		for (p++; *p && (*p != '"' || p[1] == '"'); p++) {
			sbuf_addc(element, *p);
			p += *p == '"';
		}
		if (!*p)
			return NULL;
		p++;
	} else {
		size_t length = strcspn(p, ", \t\r\n\f\v");

		if (!length)
			return NULL;
		sbuf_add(element, p, length);
		p += length;
	}
	p += strspn(p, " \t\r\n\f\v");
	return !*p || *p == ',' ? p : NULL;
}

/* As people write it: words and whole numbers bare. */
static void
write_value(struct sbuf *out, const char *value)
{
	bool number = *value && strlen(value) < 10 && value[strspn(value, "0123456789")] == '\0';
	bool word = strlen(value) < 64 && (!strcmp(value, "on") || !strcmp(value, "true") || !strcmp(value, "false") ||
		!identifier_needs_quotes(value));

	if (number || word)
		sbuf_adds(out, value);
	else
		quote_literal(out, value);
}

/* False, with nothing written, when the value is not a list of names. */
static bool
write_list(struct sbuf *out, const char *value)
{
	size_t start = out->length;

	while (true) {
		struct sbuf element = SBUF_INIT;

		value = take_element(&element, value);
		if (value) {
			sbuf_adds(out, out->length > start ? ", " : "");
			write_value(out, element.text);
		}
		sbuf_release(&element);
		if (!value) {
			sbuf_cut(out, start);
			return false;
		}
		if (!*value)
			return true;
		value++;
	}
}

void
quote_setting_name(struct sbuf *out, const char *name)
{
	struct sbuf part = SBUF_INIT;

	while (true) {
		size_t length = strcspn(name, ".");

		sbuf_reset(&part);
		sbuf_add(&part, name, length);
		quote_identifier(out, part.text);
		if (!name[length])
			break;
		sbuf_addc(out, '.');
		name += length + 1;
	}
	sbuf_release(&part);
}

void
setting_write(struct sbuf *out, const char *setting)
{
	const char *equals = strchr(setting, '=');
	const char *value = equals ? equals + 1 : "";
	struct sbuf name = SBUF_INIT;

	sbuf_add(&name, setting, equals ? (size_t)(equals - setting) : strlen(setting));
	quote_setting_name(out, name.text);
	sbuf_adds(out, " TO ");
	if (!is_name_list(name.text) || !*value || !write_list(out, value))
		write_value(out, value);
	sbuf_release(&name);
}
