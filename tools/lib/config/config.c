#include "config/config.h"
#include "config/url.h"

#include "pg/connection.h"
#include "base/die.h"
#include "base/sha256.h"
#include "pg/name_list.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const known_sections[] = { "$schema", "name", "db", "auth", "stack", NULL };
static const char *const known_settings[] = { "localDbUrl", "schemaPath", "schema",
	                                      "schemas", "remotes", NULL };
static const char *const known_remote[] = { "url", "default", "addedAt", NULL };

/* --------------------------------------------------------- environment */

static const char *
environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

const char *
config_expand(struct arena *arena, const char *text, const char **missing)
{
	struct sbuf out = SBUF_INIT;
	const char *result;

	while (*text) {
		size_t length = strncmp(text, "${", 2) ? 0 : strspn(text + 2,
			"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

		if (length && text[2 + length] == '}') {
			const char *name = arena_copy(arena, text + 2, length), *value = getenv(name);

			if (!value) {
				*missing = name;
				sbuf_release(&out);
				return NULL;
			}
			sbuf_adds(&out, value);
			text += 2 + length + 1;
		} else {
			sbuf_addc(&out, *text++);
		}
	}
	result = arena_copy(arena, out.text, out.length);
	sbuf_release(&out);
	return result;
}

static const char *
expand_member(struct arena *arena, const struct json_file *file, const cJSON *item)
{
	const char *missing, *value = config_expand(arena, json_text(file, item), &missing);

	if (!value)
		json_wrong(file, item, "the environment variable %s is not set", missing);
	return value;
}

/* ---------------------------------------------------------------- checks */

static void
check_path(const struct json_file *file, const cJSON *item, const char *path)
{
	const char *bad = strpbrk(path, " $#:;%'\"\\`*?[]()<>|&=");

	for (const char *p = path; *p && !bad; p++)
		if (iscntrl((unsigned char)*p))
			bad = p;
	if (!bad && *path)
		return;
	if (!item)
		die(STATUS_USAGE, "POSTKIT_SCHEMA_PATH: not a path that make can work with: \"%s\"", path);
	json_wrong(file, item, *path ? "not a path that make can work with (blanks and $#:;%%'\"\\`*?[]()<>|&=)"
	                             : "a path is needed");
}

static void
check_schema(const struct json_file *file, const cJSON *item, const char *name)
{
	if (!*name || strlen(name) > 63)
		json_wrong(file, item, "the name of a schema has 1 to 63 bytes");
}

static void
check_remote(const struct json_file *file, const cJSON *item)
{
	const char *url;

	if (!*item->string || item->string[strspn(item->string,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")])
		json_wrong(file, item, "the name of a remote is made of letters, digits, _ and -");
	json_must_be_object(file, item);
	json_known_keys(file, item, known_remote);
	url = json_string_or(file, item, "url", NULL);
	if (url && strncmp(url, "${", 2) && !url_has_scheme(url))
		json_wrong(file, json_member(item, "url"),
		           "a URL that begins with postgres:// or postgresql:// is needed");
	json_string_or(file, item, "addedAt", NULL);
	json_bool_or(file, item, "default", false);
}

/* Checks one of the two files, and returns its "db" (NULL: none). */
static const cJSON *
checked_settings(const struct json_file *file)
{
	const cJSON *settings, *remotes, *item;

	if (!file->root)
		return NULL;
	json_known_keys(file, file->root, known_sections);
	settings = json_object_or_null(file, file->root, "db");
	if (!settings)
		return NULL;
	json_known_keys(file, settings, known_settings);
	json_string_or(file, settings, "localDbUrl", NULL);
	json_string_or(file, settings, "schemaPath", NULL);
	json_string_or(file, settings, "schema", NULL);
	json_array_or_null(file, settings, "schemas");
	remotes = json_object_or_null(file, settings, "remotes");
	cJSON_ArrayForEach(item, remotes)
		check_remote(file, item);
	return settings;
}

/* --------------------------------------------------------------- merging */

/* One of the two files, the one that wins first. */
struct layer {
	const struct json_file *file;
	const cJSON *settings; /* NULL: none */
};

enum { LAYERS = 2 };

/* The member of the layer that wins, NULL when no layer has it. */
static const cJSON *
winner(const struct layer *layers, const char *key, const struct json_file **file)
{
	for (int i = 0; i < LAYERS; i++) {
		const cJSON *item = layers[i].settings ? json_member(layers[i].settings, key) : NULL;

		if (item && !cJSON_IsNull(item)) {
			*file = layers[i].file;
			return item;
		}
	}
	return NULL;
}

static const char *
setting(struct arena *arena, const struct layer *layers, const char *key, const char *variable,
        const char *fallback)
{
	const struct json_file *file;
	const cJSON *item = winner(layers, key, &file);

	if (environment(variable))
		return environment(variable);
	return item ? expand_member(arena, file, item) : fallback;
}

static void
read_schemas(struct arena *arena, struct config *config, const struct layer *layers)
{
	const char *list = environment("POSTKIT_SCHEMAS");
	const struct json_file *file;
	const cJSON *item, *array = winner(layers, "schemas", &file);
	size_t count = 0;

	if (list) {
		config->schemas = name_list_parse(arena, list, &count);
		if (!config->schemas)
			die(STATUS_USAGE, "POSTKIT_SCHEMAS: not a list of names: %s", list);
		return;
	}
	config->schemas = arena_array(arena, (size_t)cJSON_GetArraySize(array) + 2,
	                              sizeof *config->schemas);
	cJSON_ArrayForEach(item, array) {
		config->schemas[count] = expand_member(arena, file, item);
		check_schema(file, item, config->schemas[count++]);
	}
	if (!count)
		config->schemas[0] = config->schema;
}

static struct remote *
remote_named(struct config *config, const char *name)
{
	for (size_t i = 0; i < config->remote_count; i++)
		if (!strcmp(config->remotes[i].name, name))
			return &config->remotes[i];
	return NULL;
}

/* Merges the remotes of one layer under (the first one: into) what is there. */
static void
read_remotes(struct arena *arena, struct config *config, const struct layer *layer)
{
	const cJSON *item, *remotes;

	remotes = layer->settings ? json_member(layer->settings, "remotes") : NULL;
	cJSON_ArrayForEach(item, remotes) {
		struct remote *remote = remote_named(config, item->string);
		const struct json_file *file = layer->file;

		if (!remote) {
			remote = &config->remotes[config->remote_count++];
			remote->name = arena_string(arena, item->string);
		}
		remote->url = json_string_or(file, item, "url", remote->url);
		remote->added_at = json_string_or(file, item, "addedAt", remote->added_at);
		remote->is_default = json_bool_or(file, item, "default", remote->is_default);
	}
}

static void
choose_default(struct config *config)
{
	const struct remote *chosen = NULL;

	for (size_t i = 0; i < config->remote_count; i++) {
		if (!config->remotes[i].is_default)
			continue;
		if (chosen)
			die_hint(STATUS_USAGE, "make remote-use NAME=… leaves one",
			         "%s: two remotes are the default: %s and %s", CONFIG_FILE, chosen->name,
			         config->remotes[i].name);
		chosen = &config->remotes[i];
	}
	if (config->remote_count == 1)
		config->remotes[0].is_default = true;
}

const struct config *
config_read(struct arena *arena)
{
	struct config *config = arena_alloc(arena, sizeof *config);
	struct layer layers[LAYERS] = { { &config->secrets, NULL }, { &config->file, NULL } };
	const struct json_file *file = NULL;
	const cJSON *item;
	size_t most = 0;

	json_read(&config->file, CONFIG_FILE);
	json_read(&config->secrets, SECRETS_FILE);
	for (int i = 0; i < LAYERS; i++) {
		layers[i].settings = checked_settings(layers[i].file);
		if (layers[i].settings)
			most += (size_t)cJSON_GetArraySize(json_member(layers[i].settings, "remotes"));
	}
	config->local_url = setting(arena, layers, "localDbUrl", "POSTKIT_LOCAL_URL", "");
	config->schema_path = setting(arena, layers, "schemaPath", "POSTKIT_SCHEMA_PATH", "schema");
	item = winner(layers, "schemaPath", &file);
	check_path(file, environment("POSTKIT_SCHEMA_PATH") ? NULL : item, config->schema_path);
	config->schema = setting(arena, layers, "schema", "POSTKIT_SCHEMA", "public");
	item = winner(layers, "schema", &file);
	if (item)
		check_schema(file, item, config->schema);
	read_schemas(arena, config, layers);
	config->remotes = arena_array(arena, most + 1, sizeof *config->remotes);
	/* The order is that of the committed file; the secrets win, so they come last. */
	for (int i = LAYERS - 1; i >= 0; i--)
		read_remotes(arena, config, &layers[i]);
	choose_default(config);
	return config;
}

/* --------------------------------------------------------------- remotes */

const struct remote *
config_remote(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->remote_count; i++)
		if (!strcmp(config->remotes[i].name, name))
			return &config->remotes[i];
	return NULL;
}

static _Noreturn void
die_unknown(const struct config *config, const char *name)
{
	struct sbuf hint = SBUF_INIT;

	for (size_t i = 0; i < config->remote_count; i++)
		sbuf_addf(&hint, "%s%s", i ? ", " : "there are: ", config->remotes[i].name);
	die_hint(STATUS_USAGE, hint.length ? hint.text : "make remote-add NAME=… URL=… adds one",
	         "there is no remote \"%s\"", name);
}

const struct remote *
config_default_remote_or_null(const struct config *config)
{
	const char *name = environment("POSTKIT_REMOTE");

	if (name && !config_remote(config, name))
		die_unknown(config, name);
	for (size_t i = 0; i < config->remote_count; i++)
		if (name ? !strcmp(config->remotes[i].name, name) : config->remotes[i].is_default)
			return &config->remotes[i];
	return NULL;
}

const struct remote *
config_default_remote(const struct config *config)
{
	const struct remote *remote = config_default_remote_or_null(config);

	if (!remote)
		die_hint(STATUS_USAGE,
		         config->remote_count ? "make remote-use NAME=… chooses one" : "make remote-add NAME=… URL=… adds one",
		         config->remote_count ? "no remote is the default one" : "there is no remote");
	return remote;
}

const char *
config_remote_url(struct arena *arena, const struct remote *remote)
{
	const char *missing, *url, *wrong;

	if (!remote->url)
		die_hint(STATUS_USAGE, "make remote-add NAME=… URL=… writes it to " SECRETS_FILE,
		         "the URL of the remote \"%s\" is not known here", remote->name);
	url = config_expand(arena, remote->url, &missing);
	if (!url)
		die(STATUS_USAGE, "the URL of the remote \"%s\": the environment variable %s is not set",
		    remote->name, missing);
	if (!url_has_scheme(url))
		die(STATUS_USAGE, "the URL of the remote \"%s\" does not begin with postgres://", remote->name);
	wrong = url_wrong(arena, url);
	if (wrong)
		die(STATUS_USAGE, "the URL of the remote \"%s\" is malformed: %s", remote->name, wrong);
	return url;
}

/* ------------------------------------------------------------- databases */

static const char *
local_database(struct arena *arena)
{
	const struct config *config = config_read(arena);

	if (!*config->local_url)
		die_hint(STATUS_USAGE, "make server-start starts it; by hand, set POSTKIT_LOCAL_URL to its URL",
		         "the embedded server's URL is not known");
	return config->local_url;
}

/* Another database of the server that the local one is on. */
static const char *
sibling_database(struct arena *arena, const char *name)
{
	char *conninfo = conninfo_with_database(local_database(arena), name);
	const char *kept = arena_string(arena, conninfo);

	free(conninfo);
	return kept;
}

static const char *
remote_database(struct arena *arena, const char *name)
{
	const struct config *config = config_read(arena);
	const struct remote *remote;

	if (!name)
		return config_remote_url(arena, config_default_remote(config));
	remote = config_remote(config, name);
	if (!remote)
		die_unknown(config, name);
	return config_remote_url(arena, remote);
}

/* Of this project alone: several can share a server. */
static const char *
scratch_name(struct arena *arena, const char *name)
{
	enum { DIGITS = 8 };
	char directory[PATH_MAX], hex[SHA256_HEX];
	struct sha256 digest;

	if (!getcwd(directory, sizeof directory))
		die(STATUS_USAGE, "the current directory cannot be found: %s", strerror(errno));
	sha256_init(&digest);
	sha256_add(&digest, directory, strlen(directory));
	sha256_end(&digest, hex);
	return arena_printf(arena, "postkit_%s_%.*s", name, DIGITS, hex);
}

static const char *
resolve(struct arena *arena, const char *operand, int depth)
{
	const char *value;

	if (!strcmp(operand, "@local"))
		return local_database(arena);
	if (!strncmp(operand, "@local:", 7))
		return sibling_database(arena, operand + 7);
	if (!strncmp(operand, "@scratch:", 9))
		return sibling_database(arena, scratch_name(arena, operand + 9));
	if (!strcmp(operand, "@remote"))
		return remote_database(arena, NULL);
	if (!strncmp(operand, "@remote:", 8))
		return remote_database(arena, operand + 8);
	if (*operand == '@')
		die_hint(STATUS_USAGE, "known are @local, @local:NAME, @scratch:NAME, @remote and @remote:NAME",
		         "there is no database of the name %s", operand);
	if (!strncmp(operand, "env:", 4)) {
		value = environment(operand + 4);
		if (!value || depth > 1)
			die(STATUS_USAGE, "the environment variable %s holds no URL", operand + 4);
		return resolve(arena, value, depth + 1);
	}
	if (!*operand)
		die_hint(STATUS_USAGE, "give a URL (postgres://…), @local, @remote or @remote:NAME",
		         "the database is not named");
	return operand;
}

const char *
config_database(struct arena *arena, const char *operand)
{
	return resolve(arena, operand, 0);
}
