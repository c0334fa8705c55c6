#include "rows.h"

#include "rule/script.h"

#include <stdlib.h>
#include <string.h>

void
rows_fill(PGconn *connection, const struct world *world)
{
	for (size_t i = 0; i < world->made_count; i++) {
		const struct made *table = world->made[i];
		struct sbuf sql = SBUF_INIT, values = SBUF_INIT;

		if (!(table->kind & (MADE_TABLE | MADE_PARTITIONED)))
			continue;
		for (size_t k = 0; k < table->column_count; k++) {
			const struct made_column *column = &table->columns[k];

			if (column->generated || !column->value)
				continue;
			sbuf_addf(&sql, "%s%s", values.length ? ", " : "", column->name);
			sbuf_addf(&values, "%s(%s)::%s", values.length ? ", " : "", column->value, column->type);
		}
		if (values.length) {
			struct sbuf all = SBUF_INIT;

			sbuf_addf(&all, "insert into %s (%s) overriding system value select %s from generate_series(1, 5) g",
			          table->name, sql.text, values.text);
			PQclear(PQexec(connection, all.text)); /* what is refused is left out */
			sbuf_release(&all);
		}
		sbuf_release(&sql);
		sbuf_release(&values);
	}
}

void
rows_remove(PGconn *connection, const struct snapshot *state)
{
	for (size_t i = 0; i < state->count; i++) {
		struct sbuf sql = SBUF_INIT;

		if (!id_is(state->facts[i]->id, "table"))
			continue;
		sbuf_addf(&sql, "truncate %s cascade", id_name(state->facts[i]->id));
		PQclear(PQexec(connection, sql.text));
		sbuf_release(&sql);
	}
}

static char *
digest(PGconn *connection, const char *table, const char *column)
{
	struct sbuf sql = SBUF_INIT;
	PGresult *result;
	char *value = NULL;

	sbuf_addf(&sql, "select count(*) || md5(coalesce(string_agg(%s::text, ',' order by %s::text collate \"C\"), '')) from %s",
	          column, column, table);
	result = PQexec(connection, sql.text);
	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		value = strcpy(memory_resize(NULL, strlen(PQgetvalue(result, 0, 0)) + 1), PQgetvalue(result, 0, 0));
	PQclear(result);
	sbuf_release(&sql);
	return value;
}

void
rows_note(struct rows *rows, PGconn *connection, struct snapshot *from, struct snapshot *to)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct fact *old = from->facts[i], *new = snapshot_find(to, old->id);
		char *value;

		if (!id_is(old->id, "column") || !id_is(old->in, "table") || !new || strcmp(old->in, new->in) != 0 ||
		    fact_has(old, "generated") || fact_has(new, "generated") ||
		    strcmp(fact_text(old, "type"), fact_text(new, "type")) != 0)
			continue;
		value = digest(connection, id_name(old->in), name_last_part(id_name(old->id)));
		if (!value)
			continue;
		GROW(rows->columns, rows->count, rows->room);
		rows->columns[rows->count++] = (struct kept){ old->id, old->in, value };
	}
}

/* Whether a step says that it destroys the data. */
static bool
told(const struct plan *plan, const char *id)
{
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < plan->steps[i].destroys_count; k++)
			if (!strcmp(plan->steps[i].destroys[k], id))
				return plan->steps[i].flags & STATEMENT_LOSES;
	return false;
}

const char *
rows_lost(const struct rows *rows, PGconn *connection, const struct plan *plan)
{
	bool any = false;

	/* Rows may also be gone because they were in a child or a partition that is gone. */
	for (size_t i = 0; i < plan->count; i++)
		any |= (plan->steps[i].flags & STATEMENT_LOSES) != 0 || strstr(plan->steps[i].sql, " DETACH PARTITION ") ||
		       strstr(plan->steps[i].sql, " ATTACH PARTITION ") || strstr(plan->steps[i].sql, "INHERIT ");
	for (size_t i = 0; i < rows->count; i++) {
		const struct kept *kept = &rows->columns[i];
		char *now;
		bool same;

		if (any && (told(plan, kept->id) || told(plan, kept->table)))
			continue;
		now = digest(connection, id_name(kept->table), name_last_part(id_name(kept->id)));
		same = now && !strcmp(now, kept->digest);
		free(now);
		if (!same && !(any && now))
			return kept->id;
	}
	return NULL;
}

void
rows_release(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		free(rows->columns[i].digest);
	free(rows->columns);
}
