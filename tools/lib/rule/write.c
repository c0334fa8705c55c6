/* What the rules share for writing SQL (declared in rules.h). */
#include "rule/rules.h"

#include "pg/quote.h"

#include <string.h>

static bool
plain_number(const char *value)
{
	const char *p = value + (*value == '-');
	size_t digits = strspn(p, "0123456789");

	if (!digits)
		return false;
	p += digits;
	if (*p == '.' && p[1])
		p += 1 + strspn(p + 1, "0123456789");
	return !*p;
}

/* Divides "name=value"; the name is put into `name`. */
static const char *
option_divide(const char *option, struct sbuf *name)
{
	const char *equals = strchr(option, '=');

	sbuf_reset(name);
	sbuf_add(name, option, equals ? (size_t)(equals - option) : strlen(option));
	return equals ? equals + 1 : "";
}

void
options_write(struct sbuf *out, const char *const *options, size_t count, const char *prefix)
{
	struct sbuf name = SBUF_INIT;

	for (size_t i = 0; i < count; i++) {
		const char *value = option_divide(options[i], &name);

		if (i)
			sbuf_adds(out, ", ");
		sbuf_adds(out, prefix);
		quote_identifier(out, name.text);
		sbuf_addc(out, '=');
		if (!identifier_needs_quotes(value) || plain_number(value))
			sbuf_adds(out, value);
		else
			quote_literal(out, value);
	}
	sbuf_release(&name);
}

void
with_options_write(struct sbuf *out, const struct fact *fact)
{
	size_t count;
	const char **options = fact_list(fact, "options", &count);

	if (!count)
		return;
	sbuf_adds(out, " WITH (");
	options_write(out, options, count, "");
	sbuf_addc(out, ')');
}

void
fdw_options_write(struct sbuf *out, const char *const *options, size_t count)
{
	struct sbuf name = SBUF_INIT;

	for (size_t i = 0; i < count; i++) {
		const char *value = option_divide(options[i], &name);

		if (i)
			sbuf_adds(out, ", ");
		quote_identifier(out, name.text);
		sbuf_addc(out, ' ');
		quote_literal(out, value);
	}
	sbuf_release(&name);
}

void
grantee_write(struct sbuf *out, const char *role, size_t length)
{
	if (length == strlen("public") && !strncmp(role, "public", length))
		sbuf_adds(out, "PUBLIC");
	else
		sbuf_add(out, role, length);
}

void
list_write(struct sbuf *out, const char *const *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			sbuf_adds(out, ", ");
		sbuf_adds(out, items[i]);
	}
}
