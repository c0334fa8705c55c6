/* Tables of all sorts, with their columns. */
#include "world.h"

#include "base/sbuf.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	enum class class;
	const char *value, *constant, *other;
} types[] = {
	{ "integer", CLASS_NUMBER, "g", "0", "42" },
	{ "bigint", CLASS_NUMBER, "g", "1", "-5" },
	{ "text", CLASS_TEXT, "'t' || g", "'x'", "'it''s'" },
	{ "smallint", CLASS_NUMBER, "g", "1", "2" },
	{ "numeric(10,2)", CLASS_NUMBER, "g", "1.5", "2" },
	{ "character varying(40)", CLASS_TEXT, "'v' || g", "'y'", "''" },
	{ "timestamp with time zone", CLASS_TIME, "'2020-01-01'::timestamptz + g * interval '1 day'", "now()", "'2020-01-01 00:00:00+00'" },
	{ "date", CLASS_TIME, "'2020-01-01'::date + g", "current_date", "'2020-01-01'" },
	{ "boolean", CLASS_TRUTH, "g % 2 = 0", "true", "false" },
	{ "jsonb", CLASS_OTHER, "'{}'", "'{}'", "'[1]'" },
	{ "uuid", CLASS_OTHER, "md5(g::text)::uuid", "gen_random_uuid()", "'00000000-0000-0000-0000-000000000001'" },
	{ "integer[]", CLASS_OTHER, "array[g]", "'{}'", "array[1, 2]" },
	{ "character(3)", CLASS_TEXT, "'c' || g", "'abc'", "''" },
	{ "double precision", CLASS_NUMBER, "g", "0.1", "1e20" },
	{ "text[]", CLASS_OTHER, "array['a' || g]", "'{}'", "array['a']" },
};
enum { TYPES = sizeof types / sizeof *types };

/* A table while its columns are written. */
struct writing {
	struct sbuf sql;    /* what stands between the parentheses */
	struct sbuf after;  /* further statements, NAME written as \1 */
	struct made_column columns[COLUMNS_MOST];
	size_t count;
	bool foreign, partitioned, parent;
};

static const char *
label(struct world *world, unsigned column, const char *what)
{
	return text(world, "c%u.%s", column, what);
}

static void
write_default(struct world *world, struct writing *w, unsigned i, unsigned type, const struct made *own, struct made_column *column)
{
	const struct made *function = choose(world, label(world, i, "function"), MADE_FUNCTION);
	const struct made *sequence = choose(world, label(world, i, "sequence"), MADE_SEQUENCE);
	const struct made_column *from = NULL;

	for (size_t k = 0; k < w->count; k++)
		if (w->columns[k].class == column->class && !w->columns[k].generated)
			from = &w->columns[k];
	switch (draw(world, label(world, i, "default"), 12)) {
	case 0:
	case 1:
		if (!own)
			sbuf_addf(&w->sql, " default %s", types[type].constant);
		break;
	case 2:
		if (!own)
			sbuf_addf(&w->sql, " default %s", types[type].other);
		break;
	case 3:
		if (column->class == CLASS_NUMBER && function)
			sbuf_addf(&w->sql, " default %.*s(3)", (int)(strlen(function->name) - strlen("(integer)")), function->name);
		break;
	case 4:
		if (column->class == CLASS_NUMBER && sequence)
			sbuf_addf(&w->sql, " default nextval('%s')", text(world, "%s", sequence->name));
		break;
	case 5:
		if (column->class == CLASS_NUMBER && !own && type != 4 && type != 13 && !w->foreign && !w->partitioned)
			sbuf_addf(&w->sql, " generated %s as identity%s",
			          draw(world, label(world, i, "identity"), 2) ? "always" : "by default",
			          chance(world, label(world, i, "identity start"), 30) ? " (start with 100 increment by 2)" : "");
		break;
	case 6:
	case 7:
		if (from && (column->class == CLASS_NUMBER || column->class == CLASS_TEXT) && !own) {
			sbuf_addf(&w->sql, column->class == CLASS_NUMBER ? " generated always as (%s * %u) stored" :
			          " generated always as (lower(%s) || '%u') stored", from->name, draw(world, label(world, i, "factor"), 4));
			column->generated = true;
		}
		break;
	default:
		break;
	}
}

/* What is said of the column in statements of its own. */
static void
column_details(struct world *world, struct writing *w, unsigned i, const struct made_column *column)
{
	static const char *const storages[] = { "plain", "external", "main", "extended" };

	if (!w->foreign && chance(world, label(world, i, "storage"), 5))
		sbuf_addf(&w->after, "alter table \1 alter column %s set storage %s;", column->name,
		          storages[draw(world, label(world, i, "storage of"), 4)]);
	if (chance(world, label(world, i, "statistics"), 5))
		sbuf_addf(&w->after, "alter table \1 alter column %s set statistics %u;", column->name,
		          100 + draw(world, label(world, i, "statistics of"), 3));
	if (chance(world, label(world, i, "options"), 5))
		sbuf_addf(&w->after, "alter table \1 alter column %s set (n_distinct = %u);", column->name,
		          5 + draw(world, label(world, i, "options of"), 3));
	if (chance(world, label(world, i, "comment"), 8))
		sbuf_addf(&w->after, "comment on column \1.%s is 'c''%u';", column->name, draw(world, label(world, i, "comment of"), 9));
	if (chance(world, label(world, i, "grant"), 5))
		sbuf_addf(&w->after, "grant %s (%s) on \1 to postkit_plan_a;",
		          draw(world, label(world, i, "grant of"), 2) ? "select" : "update, references", column->name);
	if (!w->foreign && world->version >= 14 && column->class == CLASS_TEXT && chance(world, label(world, i, "compression"), 4))
		sbuf_addf(&w->after, "alter table \1 alter column %s set compression pglz;", column->name);
}

static void
write_column(struct world *world, struct writing *w, unsigned i)
{
	static const char *const names[] = { "id", "name", "\"Total\"", "state", "\"when\"", "note", "amount", "kind", "\"a b\"", "extra" };
	const struct made *own = choose(world, label(world, i, "own type"), MADE_TYPE);
	const struct made *collation = choose(world, label(world, i, "collation"), MADE_COLLATION);
	unsigned type = draw(world, label(world, i, "type"), TYPES);
	struct made_column column;

	if (!chance(world, label(world, i, "own"), 20))
		own = NULL;
	column = (struct made_column){
		.name = names[draw(world, label(world, i, "other name"), 12) ? i : 8 + i % 2],
		.type = own ? own->name : types[type].name,
		.class = own ? own->class : types[type].class,
		.value = own ? own->value : types[type].value,
	};
	for (size_t k = 0; k < w->count; k++)
		if (!strcmp(w->columns[k].name, column.name))
			return;
	sbuf_addf(&w->sql, "%s%s %s", w->sql.length ? ", " : "", column.name, column.type);
	if (column.class == CLASS_TEXT && chance(world, label(world, i, "collate"), 8))
		sbuf_addf(&w->sql, " collate %s", collation ? collation->name : "pg_catalog.\"C\"");
	write_default(world, w, i, type, own, &column);
	if (chance(world, label(world, i, "not null"), 25))
		sbuf_adds(&w->sql, " not null");
	if (column.class == CLASS_NUMBER && !w->parent && chance(world, label(world, i, "check"), 8))
		sbuf_addf(&w->sql, " check (%s > %d)", column.name, -(int)draw(world, label(world, i, "check of"), 3) - 10);
	w->columns[w->count++] = column;
	column_details(world, w, i, &column);
}

static void
write_columns(struct world *world, struct writing *w, unsigned first, unsigned last)
{
	for (unsigned i = first; i < last; i++)
		if (chance(world, label(world, i, "exists"), 60))
			write_column(world, w, i);
}

/* The statements in `after`, for this table. */
static void
run_after(struct world *world, const struct writing *w, const char *name)
{
	const char *from = w->after.text;

	while (*from) {
		const char *end = strchr(from, ';');
		struct sbuf sql = SBUF_INIT;

		for (; from < end; from++)
			if (*from == '\1')
				sbuf_adds(&sql, name);
			else
				sbuf_addc(&sql, *from);
		run(world, "%s", sql.text);
		sbuf_release(&sql);
		from = end + 1;
	}
}

/* What any kind of table can have besides. */
static void
table_details(struct world *world, const char *name)
{
	static const char *const identities[] = { "full", "nothing", "default" };

	if (chance(world, "rls", 20))
		run(world, "alter table %s enable row level security", name);
	if (chance(world, "force rls", 10))
		run(world, "alter table %s force row level security", name);
	if (chance(world, "replica identity", 10))
		run(world, "alter table %s replica identity %s", name, identities[draw(world, "replica identity of", 3)]);
}

static struct made *
remember_table(struct world *world, const struct writing *w, enum made_kind kind, const char *name, const char *words)
{
	struct made *made = remember(world, kind, name, words);

	made->owned = words;
	made->grant = "select, insert, update";
	memcpy(made->columns, w->columns, w->count * sizeof *w->columns);
	made->column_count = w->count;
	return made;
}

static void
writing_release(struct writing *w)
{
	sbuf_release(&w->sql);
	sbuf_release(&w->after);
}

/* PRIMARY KEY of the first column that can be one. */
static const char *
write_key(struct world *world, struct writing *w, const char *always)
{
	const struct made_column *column;

	if (!w->count || !chance(world, "key", 60))
		return NULL;
	column = &w->columns[draw(world, "key column", 2) % w->count];
	sbuf_addf(&w->sql, ", %sprimary key (%s%s%s)%s", chance(world, "key name", 30) ? text(world, "constraint \"Key %u\" ", (unsigned)(world->now->seed % 1000)) : "", column->name,
	          always && strcmp(always, column->name) != 0 ? ", " : "", always && strcmp(always, column->name) != 0 ? always : "",
	          chance(world, "key deferrable", 10) ? " deferrable" : "");
	return column->name;
}

void
build_table(struct world *world)
{
	struct writing w = { .sql = SBUF_INIT, .after = SBUF_INIT };
	const char *name = draw_name(world), *key;
	static const char *const options[] = { " with (fillfactor = 70)", " with (autovacuum_enabled = false, toast.autovacuum_enabled = false)",
		                               " with (fillfactor = 80, parallel_workers = 2)" };
	bool is;

	w.parent = chance(world, "parent", 40);
	write_columns(world, &w, 0, 8);
	key = write_key(world, &w, NULL);
	is = run(world, "create %stable %s (%s)%s", chance(world, "unlogged", 8) ? "unlogged " : "", name, w.sql.text,
	         chance(world, "options", 20) ? options[draw(world, "options of", 3)] : "");
	if (is) {
		remember_table(world, &w, MADE_TABLE | (w.parent ? MADE_PARENT : 0), name, "table")->key = key;
		run_after(world, &w, name);
		table_details(world, name);
	}
	writing_release(&w);
}

static const char *
partition_bound(struct world *world, const char *method, unsigned i)
{
	unsigned shift = draw(world, text(world, "p%u.shift", i), 2) * 10;

	if (!strcmp(method, "hash"))
		return text(world, "for values with (modulus 3, remainder %u)", i);
	if (i == 2)
		return "default";
	if (!strcmp(method, "list"))
		return text(world, "for values in (%u, %u)", i + shift, i + 2 + shift);
	return text(world, "for values from (%u) to (%u)", i * 100, i * 100 + 50 + shift);
}

/* A partitioned table by a column that is always there, with some partitions. */
void
build_partitioned(struct world *world)
{
	struct writing w = { .sql = SBUF_INIT, .after = SBUF_INIT, .partitioned = true };
	static const char *const methods[] = { "range", "list", "hash" };
	const char *name = draw_name(world), *method = methods[draw(world, "method", 3)], *key;
	struct writing own = w;

	sbuf_addf(&w.sql, "part %s%s", draw(world, "part type", 2) ? "integer" : "bigint", chance(world, "part not null", 40) ? " not null" : "");
	w.columns[w.count++] = (struct made_column){ .name = "part", .type = "integer", .class = CLASS_NUMBER, .value = "g" };
	write_columns(world, &w, 0, 5);
	own.count = w.count;
	memcpy(own.columns, w.columns, sizeof own.columns);
	key = write_key(world, &w, "part");
	if (run(world, "create table %s (%s) partition by %s (part)", name, w.sql.text, method)) {
		remember_table(world, &w, MADE_PARTITIONED, name, "table")->key = key && !strcmp(key, "part") ? key : NULL;
		run_after(world, &w, name);
		table_details(world, name);
		for (unsigned i = 0; i < 3; i++) {
			static const char *const ends[] = { "_1", "_2", "_3" };
			const char *last = name + strlen(name) - (name[strlen(name) - 1] == '"');
			const char *part = text(world, "%.*s%s%s", (int)(last - name), name, ends[i], last);

			if (!chance(world, text(world, "p%u.exists", i), 65))
				continue;
			if (chance(world, text(world, "p%u.attached", i), 80)) {
				if (!run(world, "create table %s partition of %s %s%s", part, name, partition_bound(world, method, i),
				         chance(world, text(world, "p%u.options", i), 15) ? " with (fillfactor = 60)" : ""))
					continue;
			} else if (!run(world, "create table %s (%s)", part, w.sql.text)) {
				continue;
			}
			remember_table(world, &own, MADE_TABLE, part, "table");
			if (chance(world, text(world, "p%u.default", i), 15))
				run(world, "alter table %s alter column part set default %u", part, i);
		}
	}
	writing_release(&w);
}

/* A table that inherits from others. */
void
build_child(struct world *world)
{
	struct writing w = { .sql = SBUF_INIT, .after = SBUF_INIT };
	const struct made *parent = choose(world, "parent", MADE_PARENT), *second = choose(world, "second", MADE_PARENT);
	const char *name = draw_name(world);

	if (!parent)
		return;
	write_columns(world, &w, 5, 8);
	/* One that the parent has too, defined here as well. */
	if (parent->column_count && chance(world, "local", 40)) {
		const struct made_column *column = choose_column(world, "which", parent, -1);

		sbuf_addf(&w.sql, "%s%s %s%s", w.sql.length ? ", " : "", column->name, column->type,
		          chance(world, "local not null", 30) ? " not null" : "");
	}
	if (run(world, "create table %s (%s) inherits (%s%s%s)", name, w.sql.text, parent->name,
	        second != parent && chance(world, "two", 15) ? ", " : "", second != parent && chance(world, "two", 15) ? second->name : "")) {
		struct writing all = { .count = 0 };

		for (size_t i = 0; i < parent->column_count && all.count < COLUMNS_MOST - 3; i++)
			all.columns[all.count++] = parent->columns[i];
		remember_table(world, &all, MADE_TABLE, name, "table");
		run_after(world, &w, name);
		table_details(world, name);
	}
	writing_release(&w);
}

void
build_typed(struct world *world)
{
	const struct made *type = choose(world, "type", MADE_COMPOSITE);
	const char *name;
	const struct made_column *column;
	struct made_column columns[COLUMNS_MOST];
	size_t count;
	struct made *made;

	if (!type || !type->column_count)
		return;
	/* Called after its type: one of another type would need its columns in that type's order. */
	name = text(world, "%s_of", type->name);
	column = choose_column(world, "column", type, -1);
	count = type->column_count;
	memcpy(columns, type->columns, sizeof columns);
	if (!run(world, "create table %s of %s%s%s%s", name, type->name, chance(world, "not null", 40) ? " (" : "",
	         chance(world, "not null", 40) ? column->name : "", chance(world, "not null", 40) ? " with options not null)" : ""))
		return;
	made = remember(world, MADE_TABLE, name, "table");
	made->owned = "table";
	made->grant = "select";
	memcpy(made->columns, columns, sizeof columns);
	made->column_count = count;
	table_details(world, name);
}

void
build_foreign(struct world *world)
{
	struct writing w = { .sql = SBUF_INIT, .after = SBUF_INIT, .foreign = true };
	const struct made *server = choose(world, "server", MADE_SERVER);
	const char *name = draw_name(world);

	if (server) {
		write_columns(world, &w, 0, 5);
		if (run(world, "create foreign table %s (%s) server %s%s", name, w.sql.text, server->name,
		        chance(world, "options", 50) ? draw(world, "table", 2) ? " options (t 'b')" : " options (\"T\" 'a')" : "")) {
			remember_table(world, &w, MADE_FOREIGN_TABLE, name, "foreign table");
			run_after(world, &w, name);
		}
	}
	writing_release(&w);
}
