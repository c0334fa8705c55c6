#include "runner/observe.h"

#include "base/die.h"
#include "base/json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct relation {
	unsigned long oid, file; /* 0: no file */
	const char *name;
};

struct observer {
	const char *path;
	FILE *out;
	struct relation *relations; /* by oid */
	size_t count;
};

static const char relations_query[] =
	"select c.oid, coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),"
	" pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)"
	" from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
	" where c.relkind in ('r', 'm', 'p', 'v', 'f') and n.nspname !~ '^pg_'"
	" and n.nspname not in ('information_schema', 'postkit') order by c.oid";

const char observe_sql[] =
	"select l.relation, max(case l.mode when 'AccessExclusiveLock' then 8 when 'ExclusiveLock' then 7"
	" when 'ShareRowExclusiveLock' then 6 when 'ShareLock' then 5 when 'ShareUpdateExclusiveLock' then 4"
	" when 'RowExclusiveLock' then 3 when 'RowShareLock' then 2 else 1 end),"
	" coalesce(max(pg_catalog.pg_relation_filenode(l.relation)), 0),"
	" coalesce(max(s.seq_scan), 0) > 0"
	" from pg_catalog.pg_locks l left join pg_catalog.pg_stat_xact_all_tables s on s.relid = l.relation"
	" where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation' and l.granted"
	" group by l.relation order by l.relation;";

static unsigned long
number(const PGresult *rows, int row, int column)
{
	return strtoul(PQgetvalue(rows, row, column), NULL, 10);
}

struct observer *
observer_start(struct arena *arena, struct session *session, const char *path)
{
	struct observer *observer = arena_alloc(arena, sizeof *observer);
	PGresult *rows = session_query(session, relations_query);

	observer->path = path;
	observer->out = fopen(path, "w");
	if (!observer->out)
		die(STATUS_USAGE, "cannot write %s: %s", path, strerror(errno));
	observer->count = (size_t)PQntuples(rows);
	observer->relations = arena_array(arena, observer->count, sizeof *observer->relations);
	for (int i = 0; i < PQntuples(rows); i++)
		observer->relations[i] = (struct relation){ number(rows, i, 0), number(rows, i, 1),
			                                    arena_string(arena, PQgetvalue(rows, i, 2)) };
	PQclear(rows);
	return observer;
}

static int
compare(const void *a, const void *b)
{
	unsigned long first = ((const struct relation *)a)->oid, second = ((const struct relation *)b)->oid;

	return first < second ? -1 : first > second;
}

void
observe_locks(struct observer *observer, const char *migration, const PGresult *rows)
{
	for (int i = 0; i < PQntuples(rows); i++) {
		struct relation key = { .oid = number(rows, i, 0) }, *relation;
		unsigned long file = number(rows, i, 2);
		struct sbuf line = SBUF_INIT;

		relation = observer->count ? bsearch(&key, observer->relations, observer->count, sizeof key, compare)
		                           : NULL;
		if (!relation)
			continue;
		sbuf_adds(&line, "{\"migration\":");
		json_write_string(&line, migration);
		sbuf_adds(&line, ",\"relation\":");
		json_write_string(&line, relation->name);
		sbuf_addf(&line, ",\"lock\":%lu", number(rows, i, 1));
		/* What is dropped has no file any more. */
		if (file && file != relation->file)
			sbuf_adds(&line, ",\"rewrite\":true");
		if (*PQgetvalue(rows, i, 3) == 't')
			sbuf_adds(&line, ",\"scan\":true");
		fprintf(observer->out, "%s}\n", line.text);
		relation->file = file;
		sbuf_release(&line);
	}
}

void
observe_alone(struct observer *observer, const char *migration, const char *statement)
{
	struct sbuf line = SBUF_INIT;

	sbuf_adds(&line, "{\"migration\":");
	json_write_string(&line, migration);
	sbuf_adds(&line, ",\"alone\":");
	json_write_string(&line, statement);
	fprintf(observer->out, "%s}\n", line.text);
	sbuf_release(&line);
}

void
observer_end(struct observer *observer)
{
	if (observer && (ferror(observer->out) | fclose(observer->out)))
		die(STATUS_USAGE, "cannot write %s: %s", observer->path, strerror(errno));
}
