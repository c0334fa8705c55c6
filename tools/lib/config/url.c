#include "config/url.h"
#include "base/die.h"
#include "base/sbuf.h"

#include <ctype.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

bool
url_has_scheme(const char *text)
{
	return !strncmp(text, "postgres://", 11) || !strncmp(text, "postgresql://", 13);
}

const char *
url_wrong(struct arena *arena, const char *url)
{
	char *message = NULL, *masked;
	PQconninfoOption *options = PQconninfoParse(url, &message);
	const char *wrong = NULL;

	if (!options) {
		/* libpq quotes parts of the string, the password may be among them. */
		const char *quote = message ? strchr(message, '"') : NULL;

		masked = mask_passwords(message ? message : "out of memory");
		masked[strcspn(masked, "\n")] = '\0';
		wrong = !quote ? arena_string(arena, masked)
		               : arena_copy(arena, message, (size_t)(quote - message));
		free(masked);
	}
	PQfreemem(message);
	PQconninfoFree(options);
	return wrong;
}

static const char *
option_value(const PQconninfoOption *options, const char *keyword)
{
	for (; options->keyword; options++)
		if (!strcmp(options->keyword, keyword))
			return options->val ? options->val : "";
	return "";
}

/* A list of hosts, in lower case. Paths of sockets are taken as they are. */
static void
add_hosts(struct sbuf *out, const char *hosts)
{
	while (true) {
		size_t length = strcspn(hosts, ",");
		struct sbuf host = SBUF_INIT;

		for (size_t i = 0; i < length; i++)
			sbuf_addc(&host, *hosts == '/' ? hosts[i] : (char)tolower((unsigned char)hosts[i]));
		if (length > 1 && host.text[length - 1] == '.')
			sbuf_cut(&host, length - 1);
		if (!strcmp(host.text, "127.0.0.1") || !strcmp(host.text, "::1"))
			sbuf_adds(out, "localhost");
		else
			sbuf_adds(out, host.text);
		sbuf_release(&host);
		if (!hosts[length])
			return;
		sbuf_addc(out, ',');
		hosts += length + 1;
	}
}

static void
add_ports(struct sbuf *out, const char *ports)
{
	while (true) {
		size_t length = strcspn(ports, ",");

		if (length)
			sbuf_add(out, ports, length);
		else
			sbuf_adds(out, "5432");
		if (!ports[length])
			return;
		sbuf_addc(out, ',');
		ports += length + 1;
	}
}

const char *
url_identity(struct arena *arena, const char *url)
{
	PQconninfoOption *options = PQconninfoParse(url, NULL);
	struct sbuf out = SBUF_INIT;
	const char *host, *database, *result;
	size_t length;

	if (!options)
		return NULL;
	host = option_value(options, "host");
	database = option_value(options, "dbname");
	length = strlen(database);
	while (length && database[length - 1] == '/')
		length--;
	add_hosts(&out, *host ? host : option_value(options, "hostaddr"));
	sbuf_addc(&out, '\n');
	add_ports(&out, option_value(options, "port"));
	sbuf_addc(&out, '\n');
	/* libpq's default: the database is named like the user. */
	if (length)
		sbuf_add(&out, database, length);
	else
		sbuf_adds(&out, option_value(options, "user"));
	sbuf_addf(&out, "\n%s\n%s\n%s", option_value(options, "user"), option_value(options, "service"),
	          option_value(options, "options"));
	PQconninfoFree(options);
	result = arena_copy(arena, out.text, out.length);
	sbuf_release(&out);
	return result;
}

bool
url_same(const char *a, const char *b)
{
	struct arena arena = ARENA_INIT;
	const char *first = url_identity(&arena, a), *second = url_identity(&arena, b);
	bool same = first && second && !strcmp(first, second);

	arena_release(&arena);
	return same;
}
