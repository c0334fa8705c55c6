/* pk-infra: what a database stands on, as SQL that can be run again. */
#include "base/arena.h"
#include "base/die.h"
#include "base/io.h"
#include "base/opt.h"
#include "config/config.h"
#include "infra/infra.h"
#include "pg/name_list.h"

#include <stdio.h>
#include <string.h>

static bool all_roles;
static const char *schema_list;

static const struct opt options[] = {
	{ OPT_FLAG, 0, "all-roles", NULL, "every role of the server, not only those referred to", &all_roles },
	{ OPT_STRING, 'n', "schema", "LIST", "only these schemas (names with commas between)", &schema_list },
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
	connection = connection_open(config_database(&arena, operands[0]));
	connection_begin_reading(connection);
	infra_roles(connection, all_roles, &parts[0]);
	infra_schemas(connection, schemas, &parts[1]);
	infra_extensions(connection, &parts[2]);
	PQfinish(connection);
	if (count == 2)
		write_files(&arena, operands[1], parts);
	else
		printf("%s\n%s\n%s", parts[0].text, parts[1].text, parts[2].text);
	output_close();
	for (int i = 0; i < PARTS; i++)
		sbuf_release(&parts[i]);
	arena_release(&arena);
	return STATUS_DONE;
}
