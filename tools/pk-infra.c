/* pk-infra: what a database stands on, as SQL that can be run again. */
#include "base/arena.h"
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "infra/infra.h"
#include "migration/protect.h"
#include "pg/name_list.h"
#include "sql/splitter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool all_roles, only_roles, as_migration;
static const char *schema_list, *except;

static const struct opt options[] = {
	{ OPT_FLAG, 0, "all-roles", NULL, "every role of the server, not only those referred to", &all_roles },
	{ OPT_STRING, 'n', "schema", "LIST", "only these schemas (names with commas between)", &schema_list },
	{ OPT_FLAG, 0, "roles", NULL, "only the roles, on standard output", &only_roles },
	{ OPT_STRING, 0, "except", "FILE", "with --roles: leave out the statements that FILE, another output, has", &except },
	{ OPT_FLAG, 0, "migration", NULL, "with --roles: as a migration; nothing where there are none", &as_migration },
	{ 0 },
};

static const struct usage usage = {
	.name = "pk-infra",
	.summary = "writes the roles, schemas and extensions of a database as SQL",
	.operands = "DATABASE [DIRECTORY]",
	.description =
		"Writes what a database stands on as statements that do no harm when they are run\n"
		"again: the roles that it refers to (with attributes, settings, memberships, never\n"
		"with passwords), its schemas with their owners, its extensions.\n\n"
		"With DIRECTORY: as roles.sql, schemas.sql and extensions.sql in it, each replaced only\n"
		"when it changes. Otherwise: as one script on standard output. A plain login role can run it.",
	.options = options, .least = 1, .most = 2,
};

enum { PARTS = 3 };
static const char *const part_names[PARTS] = { "roles", "schemas", "extensions" };

static void
write_files(struct arena *arena, const char *directory, const struct sbuf *parts)
{
	directory_make(directory);
	for (int i = 0; i < PARTS; i++)
		file_replace(arena_printf(arena, "%s/%s.sql", directory, part_names[i]), parts[i].text,
		             parts[i].length);
}

struct statements {
	const char **items;
	size_t count, room;
};

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct statements
divide(struct arena *arena, const char *file, const struct sbuf *text)
{
	struct statements list = { NULL, 0, 0 };
	struct splitter splitter;
	enum split found;

	splitter_start(&splitter, arena, file, text->text, text->length);
	while ((found = splitter_next(&splitter)) == SPLIT_STATEMENT) {
		GROW(list.items, list.count, list.room);
		list.items[list.count++] = splitter.statement.text;
	}
	if (found != SPLIT_END)
		die(STATUS_USAGE, "%s is no output of pk-infra", file);
	return list;
}

/* What of the roles is not in the file `except`. Statements stay in their order. */
static struct sbuf
new_roles(struct arena *arena, const struct sbuf *roles)
{
	struct sbuf text = SBUF_INIT, result = SBUF_INIT;
	struct statements all, known;

	file_must_read(except, &text);
	known = divide(arena, except, &text);
	if (known.count)
		qsort(known.items, known.count, sizeof *known.items, compare);
	all = divide(arena, "standard output", roles);
	for (size_t i = 0; i < all.count; i++)
		if (!known.count || !bsearch(&all.items[i], known.items, known.count, sizeof *known.items, compare))
			sbuf_addf(&result, "%s;\n", all.items[i]);
	free(all.items);
	free(known.items);
	sbuf_release(&text);
	return result;
}

static void
print_roles(struct arena *arena, const struct sbuf *roles)
{
	struct sbuf text = SBUF_INIT;

	if (!as_migration) {
		fputs(roles->text, stdout);
		return;
	}
	if (!roles->length)
		return;
	sbuf_adds(&text, "-- migrate:up\n");
	/* A comment on a role can hold anything. */
	migration_protect(arena, &text, roles);
	sbuf_adds(&text, "\n-- migrate:down\n-- roles belong to the server, and stay\nSELECT 1;\n");
	fputs(text.text, stdout);
	sbuf_release(&text);
}

int
main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	size_t count, schema_count;
	const char **operands = usage_parse(&usage, argc, argv, &count);
	const char **schemas = schema_list ? name_list_parse(&arena, schema_list, &schema_count) : NULL;
	struct sbuf parts[PARTS] = { SBUF_INIT, SBUF_INIT, SBUF_INIT };
	PGconn *connection;

	if (schema_list && !schemas)
		die(STATUS_USAGE, "not a list of names: %s", schema_list);
	if ((only_roles && count == 2) || ((except || as_migration) && !only_roles))
		die(STATUS_USAGE, "--roles writes to standard output, and --except and --migration go with it");
	connection = connection_open(config_database(&arena, operands[0]));
	connection_begin_reading(connection);
	infra_roles(connection, all_roles, &parts[0]);
	infra_schemas(connection, schemas, &parts[1]);
	infra_extensions(connection, &parts[2]);
	PQfinish(connection);
	if (except) {
		struct sbuf all = parts[0];

		parts[0] = new_roles(&arena, &all);
		sbuf_release(&all);
	}
	if (only_roles)
		print_roles(&arena, &parts[0]);
	else if (count == 2)
		write_files(&arena, operands[1], parts);
	else
		printf("%s\n%s\n%s", parts[0].text, parts[1].text, parts[2].text);
	output_close();
	for (int i = 0; i < PARTS; i++)
		sbuf_release(&parts[i]);
	arena_release(&arena);
	return STATUS_DONE;
}
