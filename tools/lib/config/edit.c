#include "config/edit.h"
#include "config/ignore.h"
#include "config/url.h"

#include "base/clock.h"
#include "base/die.h"
#include "base/io.h"
#include "pg/quote.h"

#include <string.h>
#include <stdlib.h>

/* -------------------------------------------------------------- .gitignore */

static const char *const ignored[] = {
	"/.postkit/*", "!/.postkit/db/", "/.postkit/db/*", "!/.postkit/db/committed.json",
	"!/.postkit/db/migrations/", ("/" SECRETS_FILE),
};

/* Whether one of the text's lines is `line`, a closing CR and blanks aside. */
static bool
has_line(const char *text, const char *line)
{
	size_t length = strlen(line);

	for (const char *p = text; p; p = (p = strchr(p, '\n')) ? p + 1 : NULL)
		if (!strncmp(p, line, length) && strchr("\r\n", p[length + strspn(p + length, " \t")]))
			return true;
	return false;
}

static void
gitignore_complete(void)
{
	struct sbuf text = SBUF_INIT;
	size_t missing = 0;

	if (file_exists(".gitignore"))
		file_must_read(".gitignore", &text);
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		missing += !has_line(text.text, ignored[i]);
	if (missing) {
		/* All of them in their order: a later line wins over an earlier one. */
		if (text.length && text.text[text.length - 1] != '\n')
			sbuf_addc(&text, '\n');
		sbuf_addf(&text, "%s# PostKit: products and secrets; migrations are committed\n",
		          text.length ? "\n" : "");
		for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
			sbuf_addf(&text, "%s\n", ignored[i]);
		file_replace(".gitignore", text.text, text.length);
	}
	sbuf_release(&text);
}

/* ------------------------------------------------------------------- files */

static void
save(const struct json_file *file)
{
	struct sbuf text = SBUF_INIT;

	json_write(&text, file->root);
	if (!strcmp(file->path, SECRETS_FILE))
		file_replace_mode(file->path, text.text, text.length, 0600);
	else
		file_replace(file->path, text.text, text.length);
	sbuf_release(&text);
}

static void
must_be_project(const struct config *config)
{
	if (!config->file.root && !config->secrets.root)
		die_hint(STATUS_USAGE, "make init makes one", "there is no %s here", CONFIG_FILE);
}

/* "db": { "remotes": … } of a file, made where it is absent. */
static cJSON *
make_remotes(struct json_file *file, const char *path)
{
	if (!file->root) {
		file->path = path;
		file->root = json_made(cJSON_CreateObject());
	}
	return json_make_object(json_make_object(file->root, "db"), "remotes");
}

/* The object of a remote in a file, NULL: it is not there. */
static cJSON *
remote_member(const struct json_file *file, const char *name)
{
	const cJSON *settings = file->root ? json_member(file->root, "db") : NULL;
	const cJSON *remotes = settings ? json_member(settings, "remotes") : NULL;

	return remotes ? json_member(remotes, name) : NULL;
}

void
project_init(void)
{
	static const char text[] = "{\n"
				   "  \"db\": {\n"
				   "    \"localDbUrl\": \"\",\n"
				   "    \"schemaPath\": \"schema\",\n"
				   "    \"schema\": \"public\",\n"
				   "    \"schemas\": [\"public\"],\n"
				   "    \"remotes\": {}\n"
				   "  }\n"
				   "}\n";
	static const char *const directories[] = { "infra", "tables", "views", "functions", "seeds" };
	struct arena arena = ARENA_INIT;
	const struct config *config;

	if (!file_exists(CONFIG_FILE))
		file_replace(CONFIG_FILE, text, strlen(text));
	config = config_read(&arena);
	directory_make(".postkit/db/migrations");
	for (size_t i = 0; i < sizeof directories / sizeof *directories; i++)
		directory_make(arena_printf(&arena, "%s/%s", config->schema_path, directories[i]));
	ignore_write_new(arena_printf(&arena, "%s/" IGNORE_FILE, config->schema_path), NULL);
	gitignore_complete();
	arena_release(&arena);
}

/* ----------------------------------------------------------------- remotes */

/* Marks that one, and no other, as the default, in the file that describes it. */
static void
mark_default(struct config *config, const char *name)
{
	cJSON *chosen = remote_member(&config->file, name);

	for (size_t i = 0; i < config->remote_count; i++) {
		cJSON_DeleteItemFromObjectCaseSensitive(
			remote_member(&config->file, config->remotes[i].name), "default");
		cJSON_DeleteItemFromObjectCaseSensitive(
			remote_member(&config->secrets, config->remotes[i].name), "default");
	}
	if (!chosen)
		chosen = remote_member(&config->secrets, name);
	json_made(cJSON_AddTrueToObject(chosen, "default"));
}

static void
save_both(const struct config *config)
{
	if (config->file.root)
		save(&config->file);
	if (config->secrets.root)
		save(&config->secrets);
}

/* The URL of another remote for comparing; NULL where it is not to be had here. */
static const char *
known_url(struct arena *arena, const struct remote *remote)
{
	const char *missing;

	return remote->url ? config_expand(arena, remote->url, &missing) : NULL;
}

static void
check_new(struct arena *arena, const struct config *config, const char *name, const char *url)
{
	const char *missing, *wrong;
	const char *expanded = config_expand(arena, url, &missing);

	if (!*name || name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")])
		die(STATUS_USAGE, "the name of a remote is made of letters, digits, _ and -: \"%s\"", name);
	if (!expanded)
		die(STATUS_USAGE, "the environment variable %s is not set", missing);
	if (!url_has_scheme(expanded))
		die(STATUS_USAGE, "a URL that begins with postgres:// or postgresql:// is needed");
	wrong = url_wrong(arena, expanded);
	if (wrong)
		die(STATUS_USAGE, "the URL is malformed: %s", wrong);
	if (*config->local_url && url_same(config->local_url, expanded))
		die(STATUS_USAGE, "that URL is the local database's (localDbUrl)");
	for (size_t i = 0; i < config->remote_count; i++) {
		const struct remote *other = &config->remotes[i];
		const char *other_url = known_url(arena, other);

		if (other_url && strcmp(other->name, name) && url_same(other_url, expanded))
			die(STATUS_USAGE, "that URL is the one of the remote \"%s\" already", other->name);
	}
}

void
remote_add(struct arena *arena, const char *name, const char *url, bool make_default)
{
	/* A copy: what is read is not changed, the trees that are written are. */
	struct config config = *config_read(arena);
	const struct remote *old = config_remote(&config, name);
	cJSON *described;

	must_be_project(&config);
	check_new(arena, &config, name, url);
	if (old && old->url && strcmp(old->url, url))
		die_hint(STATUS_NO, "make remote-remove NAME=… first, or choose another name",
		         "there is a remote \"%s\" already, with another URL", name);
	described = remote_member(&config.file, name);
	if (!described && !remote_member(&config.secrets, name))
		described = json_make_object(make_remotes(&config.file, CONFIG_FILE), name);
	if (described && !json_member(described, "addedAt"))
		json_set_string(described, "addedAt", clock_text(arena, CLOCK_ISO));
	if (!old || !old->url)
		json_set_string(json_make_object(make_remotes(&config.secrets, SECRETS_FILE), name), "url", url);
	if (make_default || !config.remote_count)
		mark_default(&config, name);
	gitignore_complete();
	save_both(&config);
}

static const struct remote *
must_have(const struct config *config, const char *name)
{
	const struct remote *remote = config_remote(config, name);

	if (!remote)
		die_hint(STATUS_USAGE, "make remote-list shows them", "there is no remote \"%s\"", name);
	return remote;
}

void
remote_use(struct arena *arena, const char *name)
{
	struct config config = *config_read(arena);

	must_have(&config, name);
	mark_default(&config, name);
	save_both(&config);
}

static void
remove_from(struct json_file *file, const char *name)
{
	if (remote_member(file, name))
		cJSON_DeleteItemFromObjectCaseSensitive(
			json_member(json_member(file->root, "db"), "remotes"), name);
}

void
remote_remove(struct arena *arena, const char *name, bool force)
{
	struct config config = *config_read(arena);
	const struct remote *remote = must_have(&config, name), *next = NULL;

	if (config.remote_count == 1)
		die(STATUS_USAGE, "\"%s\" is the last remote, it stays", name);
	if (remote->is_default && !force)
		die_hint(STATUS_NO, "make remote-use NAME=… chooses another one first; FORCE=1 removes it all the same",
		         "\"%s\" is the default remote", name);
	for (size_t i = 0; i < config.remote_count && !next; i++)
		if (&config.remotes[i] != remote)
			next = &config.remotes[i];
	if (remote->is_default) {
		mark_default(&config, next->name);
		note("the default remote is now \"%s\"", next->name);
	}
	remove_from(&config.file, name);
	remove_from(&config.secrets, name);
	save_both(&config);
}

/* ------------------------------------------------------------------ schemas */

/* Where the schemas are chosen, this one is chosen too. */
static void
choose_too(struct arena *arena, const char *path, const char *name)
{
	const char **chosen = ignore_chosen(arena, ignore_read(arena, path)), **all;
	size_t count = 0;

	if (!chosen)
		return;
	for (; chosen[count]; count++)
		if (!strcmp(chosen[count], name))
			return;
	all = arena_array(arena, count + 2, sizeof *all);
	memcpy(all, chosen, count * sizeof *all);
	all[count] = name;
	ignore_write_new(path, all);
}

void
schema_add(struct arena *arena, const char *name)
{
	struct config config = *config_read(arena);
	const char *path = arena_printf(arena, "%s/infra/schemas.sql", config.schema_path);
	struct sbuf statement = SBUF_INIT, text = SBUF_INIT;
	cJSON *settings, *array;
	bool listed = false, created = false;

	must_be_project(&config);
	if (!*name || strlen(name) > 63 || !strncmp(name, "pg_", 3) || !strcmp(name, "information_schema"))
		die(STATUS_USAGE, "not a name for a schema of yours: \"%s\"", name);
	for (size_t i = 0; config.schemas[i]; i++)
		listed = listed || !strcmp(config.schemas[i], name);
	if (!listed) {
		struct json_file *file = &config.file;

		make_remotes(file, CONFIG_FILE); /* for the file and its "db" */
		settings = json_member(file->root, "db");
		array = json_member(settings, "schemas");
		if (!array) {
			array = json_made(cJSON_AddArrayToObject(settings, "schemas"));
			for (size_t i = 0; config.schemas[i]; i++)
				cJSON_AddItemToArray(array, json_made(cJSON_CreateString(config.schemas[i])));
		}
		cJSON_AddItemToArray(array, json_made(cJSON_CreateString(name)));
		save(file);
	}
	choose_too(arena, arena_printf(arena, "%s/" IGNORE_FILE, config.schema_path), name);
	sbuf_adds(&statement, "CREATE SCHEMA IF NOT EXISTS ");
	quote_identifier(&statement, name);
	if (file_exists(path))
		file_must_read(path, &text);
	for (const char *p = strstr(text.text, statement.text); p && !created;
	     p = strstr(p + 1, statement.text))
		created = strchr("; \t\r\n", p[statement.length]) && (p == text.text || p[-1] == '\n');
	if (!created) {
		directory_make(arena_printf(arena, "%s/infra", config.schema_path));
		if (text.length && text.text[text.length - 1] != '\n')
			sbuf_addc(&text, '\n');
		sbuf_addf(&text, "%s;\n", statement.text);
		file_replace(path, text.text, text.length);
	}
	sbuf_release(&text);
	sbuf_release(&statement);
}
