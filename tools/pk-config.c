#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/edit.h"
#include "config/ignore.h"
#include "config/url.h"
#include "pg/name_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool as_default, force;
static const char *schema_list;

static const struct opt options[] = {
	{ OPT_FLAG, 'd', "default", NULL, "remote-add: make it the default remote", &as_default },
	{ OPT_FLAG, 'f', "force", NULL, "remote-remove: remove even the default one", &force },
	{ OPT_STRING, 'n', "schema", "LIST", "ignore-file: what is in other schemas is ignored (names with commas between)", &schema_list },
	{ 0 },
};

static const struct usage usage = {
	"pk-config", "reads, checks and changes the configuration", "VERB [OPERAND]...",
	"Works on postkit.config.json and postkit.secrets.json of the current directory.\n"
	"\n"
	"  check                 says what is wrong, if anything\n"
	"  get NAME              prints one setting: local, schema_path, schema, schemas, remote, remotes\n"
	"  make                  prints them all as make variables, project.NAME\n"
	"  url DATABASE          prints the whole URL, password and all, of what a DATABASE operand names\n"
	"  same DATABASE DATABASE  exit 0 when both are the same database, 1 when not\n"
	"  init                  makes the current directory a project; does no harm in one\n"
	"  ignore-file FILE      writes the .pgschemaignore of a new project, where there is none; --schema goes into it\n"
	"  remote-add NAME DB    adds a remote; DB is its URL, or env:VARIABLE where the URL is in VARIABLE\n"
	"  remote-list           prints the remotes: name, URL without its password, time, default\n"
	"  remote-use NAME       makes it the default\n"
	"  remote-remove NAME    removes it\n"
	"  schema-add NAME       adds a schema to the configuration and to infra/schemas.sql\n"
	"\n"
	"Every program takes its database as a DATABASE operand: @local, @remote (the default remote), "
	"@remote:NAME, env:VARIABLE (the URL is in that environment variable, so that no password stands "
	"on a command line), or a URL, conninfo string or database name as it is.",
	options, 1, 3,
};

/* The settings that have one value of text. */
enum { SETTINGS = 6 };
static const char *const setting_names[SETTINGS] = { "local", "schema_path", "schema",
	                                             "schemas", "remote", "remotes" };

static void
setting_write(struct sbuf *out, const struct config *config, int setting)
{
	switch (setting) {
	case 0:
		sbuf_adds(out, *config->local_url ? "given" : "embedded");
		break;
	case 1:
		sbuf_adds(out, config->schema_path);
		break;
	case 2:
		name_list_add(out, config->schema);
		break;
	case 3:
		for (size_t i = 0; config->schemas[i]; i++) {
			sbuf_adds(out, i ? "," : "");
			name_list_add(out, config->schemas[i]);
		}
		break;
	case 4:
		if (config_default_remote_or_null(config))
			sbuf_adds(out, config_default_remote_or_null(config)->name);
		break;
	case 5:
		for (size_t i = 0; i < config->remote_count; i++)
			sbuf_addf(out, "%s%s", i ? " " : "", config->remotes[i].name);
		break;
	}
}

static void
get(const struct config *config, const char *name)
{
	struct sbuf out = SBUF_INIT;

	for (int i = 0; i < SETTINGS; i++)
		if (!strcmp(setting_names[i], name)) {
			setting_write(&out, config, i);
			puts(out.text);
			sbuf_release(&out);
			return;
		}
	die(STATUS_USAGE, "there is no setting %s; see pk-config --help", name);
}

/* The value of a := in a makefile: $ and # lose their meaning. Backslashes
 * matter to make only before a #, and are doubled there. */
static void
make_value(struct sbuf *out, const char *text)
{
	size_t backslashes = 0;

	for (; *text; text++) {
		if (*text == '\n')
			die(STATUS_USAGE, "make cannot hold a name with a line break in it");
		if (*text == '#')
			for (size_t i = 0; i <= backslashes; i++)
				sbuf_addc(out, '\\');
		if (*text == '$')
			sbuf_addc(out, '$');
		sbuf_addc(out, *text);
		backslashes = *text == '\\' ? backslashes + 1 : 0;
	}
}

static void
make_variables(const struct config *config)
{
	for (int i = 0; i < SETTINGS; i++) {
		struct sbuf text = SBUF_INIT, value = SBUF_INIT;

		setting_write(&text, config, i);
		make_value(&value, text.text);
		printf("project.%s := %s\n", setting_names[i], value.text);
		sbuf_release(&value);
		sbuf_release(&text);
	}
}

static void
list_remotes(const struct config *config)
{
	for (size_t i = 0; i < config->remote_count; i++) {
		const struct remote *remote = &config->remotes[i];
		char *url = mask_passwords(remote->url ? remote->url : "(URL not known here)");

		printf("%-12s %s%s%s%s\n", remote->name, url, remote->added_at ? "  added " : "",
		       remote->added_at ? remote->added_at : "", remote->is_default ? "  (default)" : "");
		free(url);
	}
}

static void
write_ignore(struct arena *arena, const char *path)
{
	size_t count = 0;
	const char **schemas = schema_list ? name_list_parse(arena, schema_list, &count) : NULL;

	if (schema_list && !count)
		die(STATUS_USAGE, "not a list of names: %s", schema_list);
	ignore_write_new(path, schemas);
}

/* The verbs, and how many operands follow each. */
enum verb { CHECK, GET, MAKE, URL, SAME, INIT, REMOTE_ADD, REMOTE_LIST, REMOTE_USE, REMOTE_REMOVE,
            SCHEMA_ADD, IGNORE_NEW, VERBS };
static const struct {
	const char *name;
	size_t operands;
} verbs[VERBS] = {
	[CHECK] = { "check", 0 },           [GET] = { "get", 1 },
	[MAKE] = { "make", 0 },             [URL] = { "url", 1 },
	[INIT] = { "init", 0 },             [REMOTE_ADD] = { "remote-add", 2 },
	[REMOTE_LIST] = { "remote-list", 0 }, [REMOTE_USE] = { "remote-use", 1 },
	[REMOTE_REMOVE] = { "remote-remove", 1 }, [SCHEMA_ADD] = { "schema-add", 1 },
	[IGNORE_NEW] = { "ignore-file", 1 }, [SAME] = { "same", 2 },
};

static enum verb
find_verb(const char *name, size_t operands)
{
	for (int i = 0; i < VERBS; i++)
		if (!strcmp(verbs[i].name, name)) {
			if (verbs[i].operands != operands)
				die(STATUS_USAGE, "%s takes %zu operands, not %zu", name, verbs[i].operands, operands);
			return i;
		}
	die_hint(STATUS_USAGE, "see pk-config --help", "there is no verb %s", name);
}

int
main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	const char *first = operands[1];
	enum status status = STATUS_DONE;

	switch (find_verb(operands[0], count - 1)) {
	case CHECK:
		config_read(&arena);
		break;
	case GET:
		get(config_read(&arena), first);
		break;
	case MAKE:
		make_variables(config_read(&arena));
		break;
	case URL:
		puts(config_database(&arena, first));
		break;
	case SAME:
		if (!url_same(config_database(&arena, first), config_database(&arena, operands[2])))
			status = STATUS_NO;
		break;
	case INIT:
		project_init();
		break;
	case REMOTE_ADD:
		remote_add(&arena, first, config_database(&arena, operands[2]), as_default);
		break;
	case REMOTE_LIST:
		list_remotes(config_read(&arena));
		break;
	case REMOTE_USE:
		remote_use(&arena, first);
		break;
	case REMOTE_REMOVE:
		remote_remove(&arena, first, force);
		break;
	case SCHEMA_ADD:
		schema_add(&arena, first);
		break;
	case IGNORE_NEW:
		write_ignore(&arena, first);
		break;
	case VERBS:
		break;
	}
	output_close();
	arena_release(&arena);
	return status;
}
