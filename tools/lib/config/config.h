/*
 * config.h - postkit.config.json, and what names a database on a command line
 *
 * The project is the current directory. postkit.secrets.json, which is never committed,
 * has the same form and is merged over postkit.config.json, member by member:
 *
 *     { "db": {
 *         "localDbUrl": "",              empty: the embedded server
 *         "schemaPath": "schema",
 *         "schema": "public",            the default schema, whose objects' files bear no schema name
 *         "schemas": ["public"],
 *         "remotes": { "dev": { "url": "…", "default": true, "addedAt": "2025-01-31T12:00:00Z" } } } }
 *
 * No file, or a member that is absent, means what stands above. ${NAME} inside a value
 * stands for the environment variable NAME; in the URL of a remote it is looked up only when that
 * remote is used. These environment variables win over the files when they are not empty:
 * POSTKIT_LOCAL_URL (localDbUrl), POSTKIT_SCHEMA_PATH, POSTKIT_SCHEMA, POSTKIT_SCHEMAS (a list
 * with commas), POSTKIT_REMOTE (the name of the default remote).
 * Whatever is wrong in the files ends the program with status 2 and the line and column.
 */
#ifndef PK_CONFIG_H
#define PK_CONFIG_H

#include "base/arena.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>

#define CONFIG_FILE  "postkit.config.json"
#define SECRETS_FILE "postkit.secrets.json"

struct remote {
	const char *name;
	const char *url;      /* as it stands in the file, ${…} and all; NULL: not known here */
	const char *added_at; /* NULL: not known */
	bool is_default;      /* exactly one is, unless there are several and none is marked */
};

struct config {
	const char *local_url; /* "": the embedded server */
	const char *schema_path, *schema;
	const char **schemas; /* ended by NULL */
	struct remote *remotes;
	size_t remote_count;
	/* What was read: for changes (config/edit.h). A root of NULL: no such file. */
	struct json_file file, secrets;
};

const struct config *
config_read(struct arena *arena);

/* NULL when there is none of that name. */
const struct remote *
config_remote(const struct config *config, const char *name);

/* The remote that is used when none is named; dies when there is no telling. */
const struct remote *
config_default_remote(const struct config *config);

/* The same; NULL when there is no telling. */
const struct remote *
config_default_remote_or_null(const struct config *config);

/* The remote's URL, expanded and found well-formed; dies otherwise. */
const char *
config_remote_url(struct arena *arena, const struct remote *remote);

/*
 * What libpq needs for the database that an operand names:
 *     @local            the local database (POSTKIT_LOCAL_URL is where the embedded server says it is)
 *     @local:NAME       another database of the same server
 *     @scratch:NAME     one of the same server for the time of a piece of work, called so that no other
 *                       project has the same
 *     @remote           the default remote
 *     @remote:NAME      that remote
 *     env:NAME          what stands in the environment variable NAME: a URL, so that no password
 *                       is on a command line, or any other of these forms
 *     anything else     a URL, a conninfo string or a database name, as it is
 * Dies with status 2 when there is no such thing.
 */
const char *
config_database(struct arena *arena, const char *operand);

/* `text` with every ${NAME} replaced. NULL, and the name in `*missing`, when that
 * variable is not set. */
const char *
config_expand(struct arena *arena, const char *text, const char **missing);

#endif
