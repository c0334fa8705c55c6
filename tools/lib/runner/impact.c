#include "runner/impact.h"

#include "base/json.h"
#include "pg/connection.h"
#include "pg/quote.h"
#include "runner/leftover.h"

#include <stdlib.h>
#include <string.h>

/* Bytes a second, of a disk and a processor that are not the best. */
static const double read_speed = 200e6, write_speed = 50e6;

/* ------------------------------------------------------------------ reading */

static struct impact_lock *
find(struct impact *impact, const char *migration, const char *relation)
{
	for (size_t i = 0; relation && i < impact->count; i++) {
		struct impact_lock *item = &impact->items[i];

		if (item->relation && !strcmp(item->relation, relation) && !strcmp(item->migration, migration))
			return item;
	}
	GROW(impact->items, impact->count, impact->room);
	impact->items[impact->count] = (struct impact_lock){ .migration = migration, .relation = relation, .rows = -1 };
	return &impact->items[impact->count++];
}

struct reading {
	struct arena *arena;
	struct impact impact;
};

static void
read_line(const struct json_file *file, size_t number, void *context)
{
	struct reading *reading = context;
	struct arena *arena = reading->arena;
	const char *migration = json_string(file, file->root, "migration");
	const char *relation = json_string_or(file, file->root, "relation", NULL);
	struct impact_lock *item = find(&reading->impact, arena_string(arena, migration), arena_string(arena, relation));

	(void)number;
	if (!relation) {
		item->alone = arena_string(arena, json_string(file, file->root, "alone"));
		return;
	}
	if (item->lock < json_integer(file, file->root, "lock"))
		item->lock = (long)json_integer(file, file->root, "lock");
	item->scan = item->scan || json_bool_or(file, file->root, "scan", false);
	item->rewrite = item->rewrite || json_bool_or(file, file->root, "rewrite", false);
}

struct impact
impact_read(struct arena *arena, const char *path)
{
	struct reading reading = { .arena = arena };

	json_lines_read(path, read_line, &reading);
	return reading.impact;
}

/* ---------------------------------------------------------------- measuring */

void
impact_measure(struct impact *impact, const char *conninfo)
{
	PGconn *connection = connection_open(conninfo);

	for (size_t i = 0; i < impact->count; i++) {
		struct impact_lock *item = &impact->items[i];
		PGresult *rows;

		if (!item->relation)
			continue;
		/* A partitioned table is its partitions. */
		rows = connection_query_params(connection,
			"select sum(pg_catalog.pg_table_size(c.oid)), sum(case when c.reltuples < 0 then null else c.reltuples end)"
			" from (select pg_catalog.to_regclass($1) as oid union"
			" select relid from pg_catalog.pg_partition_tree(pg_catalog.to_regclass($1))) t"
			" join pg_catalog.pg_class c on c.oid = t.oid where c.relkind in ('r', 'm')", 1, &item->relation);
		item->bytes = strtod(PQgetvalue(rows, 0, 0), NULL);
		if (!PQgetisnull(rows, 0, 1))
			item->rows = strtod(PQgetvalue(rows, 0, 1), NULL);
		PQclear(rows);
	}
	PQfinish(connection);
}

/* ----------------------------------------------------------------- printing */

/* How long the transactions of a migration take, in seconds. */
static double
duration(const struct impact *impact, const char *migration)
{
	double seconds = 0;

	for (size_t i = 0; i < impact->count; i++) {
		const struct impact_lock *item = &impact->items[i];

		if (item->alone || strcmp(item->migration, migration) != 0)
			continue;
		if (item->rewrite)
			seconds += item->bytes / write_speed;
		else if (item->scan)
			seconds += item->bytes / read_speed;
	}
	return seconds;
}

static void
print_size(FILE *out, const struct impact_lock *item)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	double size = item->bytes;
	size_t unit = 0;

	for (; size >= 1000 && unit < 4; unit++)
		size /= 1000;
	fprintf(out, " (%.*f %s", size < 10 && unit ? 1 : 0, size, units[unit]);
	if (item->rows > 0)
		fprintf(out, ", about %.0f rows", item->rows);
	fputc(')', out);
}

static void
print_duration(FILE *out, double seconds)
{
	if (seconds < 1)
		fputs("for a moment", out);
	else if (seconds < 90)
		fprintf(out, "for about %.0f s", seconds);
	else
		fprintf(out, "for about %.0f min", seconds / 60);
}

static void
print_alone(FILE *out, const char *statement)
{
	size_t length = strcspn(statement, "\n");

	length = length < 60 ? length : utf8_fit(statement, 60);
	fprintf(out, "%.*s%s: ", (int)length, statement, statement[length] ? "…" : "");
	fputs(leftover_is_concurrent(statement) ? "in its own time; others read and write meanwhile"
	                                        : "not in a transaction; what it locks is not known", out);
}

void
impact_print(const struct impact *impact, FILE *out)
{
	bool any = false;

	for (size_t i = 0; i < impact->count; i++) {
		const struct impact_lock *item = &impact->items[i];
		double seconds = duration(impact, item->migration);

		/* Below SHARE nobody waits but who changes definitions. */
		if (!item->alone && item->lock < 5)
			continue;
		any = true;
		fprintf(out, "%s: ", item->migration);
		if (item->alone) {
			print_alone(out, item->alone);
		} else {
			fputs(item->relation, out);
			print_size(out, item);
			fprintf(out, " cannot be %s ", item->lock == 8 ? "read or written" : "written");
			print_duration(out, seconds);
			fputs(item->rewrite ? ", it is written anew" : item->scan ? ", all of it is read" : "", out);
		}
		fputc('\n', out);
	}
	if (!any)
		fputs("nothing that is in use is locked against reading or writing\n", out);
}
