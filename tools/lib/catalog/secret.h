/*
 * secret.h - which settings and options hold what must not leave the database
 *
 * Facts become files that are committed. An option of a foreign server, or a
 * setting, whose name says that it is a secret, or whose value is a URL with a
 * password in it, stays where it is.
 */
#ifndef PK_CATALOG_SECRET_H
#define PK_CATALOG_SECRET_H

#include <stdbool.h>

/*
 * Whether "name=value" holds a secret. Names are told by the words in them
 * (password, secret, token, api_key, …), whatever the case, but for names of
 * names (secret_id, token_name).
 */
bool
option_is_secret(const char *option);

#endif
