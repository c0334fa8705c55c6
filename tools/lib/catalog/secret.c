#include "catalog/secret.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const words[] = {
	"password", "passwd", "passfile", "passphrase", "secret", "token", "credential",
	"api_key", "apikey", "access_key", "accesskey", "private_key", "privatekey",
	"encryption_key", "signing_key", "jwt_key",
};

static bool
ends_in(const char *name, size_t length, const char *end)
{
	size_t size = strlen(end);

	return length >= size && !strncasecmp(name + length - size, end, size);
}

static bool
name_is_secret(const char *name, size_t length)
{
	if (ends_in(name, length, "_id") || ends_in(name, length, "_name"))
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t size = strlen(words[i]);

		for (size_t at = 0; at + size <= length; at++)
			if (!strncasecmp(name + at, words[i], size))
				return true;
	}
	return false;
}

/* scheme://user:password@host */
static bool
has_password(const char *value)
{
	for (const char *p = value; (p = strstr(p, "://"));) {
		const char *colon, *at;

		p += strlen("://");
		colon = p + strcspn(p, ":/?# ");
		at = p + strcspn(p, "/?# ");
		if (*colon == ':' && memchr(colon, '@', (size_t)(at - colon)))
			return true;
	}
	return false;
}

bool
option_is_secret(const char *option)
{
	size_t length = strcspn(option, "=");

	return name_is_secret(option, length) || has_password(option + length);
}
