#include "clone/clone.h"
#include "clone/facts.h"

#include "base/die.h"
#include "infra/infra.h"
#include "migration/table.h"
#include "pg/connection.h"
#include "sql/load.h"

#include <stdlib.h>
#include <string.h>

void
clone_check_target(const struct clone *clone)
{
	PGconn *connection = connection_open(clone->target);
	char *found = connection_value(connection,
		"select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
		" where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'"
		" union all select 1 from pg_catalog.pg_namespace"
		" where nspname !~ '^pg_' and nspname not in ('information_schema', 'public') limit 1");

	PQfinish(connection);
	if (found)
		die_hint(STATUS_NO, "make an empty one (pk-database reset)",
		         "the database that is to become the copy is not empty");
}

/* What the definitions stand on. */
static void
add_infra(struct sources *sources, PGconn *source, bool only_roles)
{
	struct sbuf sql = SBUF_INIT;

	infra_roles(source, false, &sql);
	if (!only_roles) {
		infra_schemas(source, NULL, &sql);
		infra_extensions(source, &sql);
	}
	sources_add_text(sources, "roles, schemas and extensions", arena_copy(sources->arena, sql.text, sql.length),
	                 sql.length, SOURCE_INFRA);
	sbuf_release(&sql);
}

static void
add_facts(struct sources *sources, PGconn *source)
{
	struct sbuf sql = SBUF_INIT;

	facts_write(source, &sql);
	sources_add_text(sources, "definitions", arena_copy(sources->arena, sql.text, sql.length), sql.length,
	                 SOURCE_MAIN);
	sbuf_release(&sql);
}

static void
load(PGconn *target, const struct sources *sources)
{
	struct load_result result;

	for (size_t i = 0; i < sources->problem_count; i++)
		report(&(struct report){ .file = sources->problems[i].file, .line = sources->problems[i].line,
		                         .text = sources->problems[i].text });
	if (sources->problem_count)
		die(STATUS_BUG, "definitions that cannot be read again");
	if (load_sources(target, sources, &(struct load_options){ .bodies = LOAD_BODIES_UNSEEN, .piecemeal = true },
	                 sources->arena, &result))
		return;
	for (size_t i = 0; i < result.count; i++)
		if (!result.failures[i].warning && !result.failures[i].consequence)
			report(&(struct report){ .text = result.failures[i].text,
			                         .detail = result.failures[i].item->statement.text,
			                         .hint = result.failures[i].hint,
			                         .sqlstate = result.failures[i].sqlstate });
	die(STATUS_REFUSED, "the copy is not complete: %zu statements were refused", result.errors);
}

/* What is applied in the source is applied in the copy. */
static void
copy_migrations(const struct table *table, PGconn *target)
{
	struct sbuf sql = SBUF_INIT;

	if (!table->count && !table->progress_count)
		return;
	table_make(target);
	if (table->progress_count)
		table_make_progress(target);
	sbuf_adds(&sql, "begin;\n");
	for (size_t i = 0; i < table->count; i++)
		table_applied_sql(&sql, &table->rows[i]);
	for (size_t i = 0; i < table->progress_count; i++)
		table_progress_sql(&sql, &table->progress[i]);
	sbuf_adds(&sql, "commit");
	connection_execute(target, sql.text);
	sbuf_release(&sql);
}

void
clone_definitions(struct arena *arena, const struct clone *clone)
{
	PGconn *source = connection_open(clone->source), *target = connection_open(clone->target);
	struct sources sources;
	struct table table;

	sources_init(&sources, arena);
	/* All of one moment: somebody may be applying migrations there. */
	connection_begin_reading(source);
	add_infra(&sources, source, false);
	add_facts(&sources, source);
	table_read(source, arena, &table);
	connection_execute(source, "commit");
	load(target, &sources);
	copy_migrations(&table, target);
	sources_release(&sources);
	PQfinish(source);
	PQfinish(target);
}

void
clone_roles(struct arena *arena, const struct clone *clone)
{
	PGconn *source = connection_open(clone->source), *target = connection_open(clone->target);
	struct sources sources;

	sources_init(&sources, arena);
	add_infra(&sources, source, true);
	load(target, &sources);
	sources_release(&sources);
	PQfinish(source);
	PQfinish(target);
}
