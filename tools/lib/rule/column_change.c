/* How columns and their defaults change in place. */
#include "rule/changes.h"
#include "rule/table.h"

#include <stdio.h>
#include <string.h>

struct sbuf *
column_begin(const struct alter *alter, bool only)
{
	struct sbuf *sql = script_next(alter->script);
	size_t length;
	const char *table = parent_name(alter->new->id, &length);

	sbuf_addf(sql, "ALTER TABLE %s%.*s ALTER COLUMN %s ", only ? "ONLY " : "", (int)length, table,
	          name_last_part(table));
	return sql;
}

/* ------------------------------------------------------------------- types */

/* The name of a type without its modifiers: `numeric` of `numeric(10,2)[]`. */
static size_t
type_base(const char *type, char *base, size_t room)
{
	size_t length = 0;
	bool quoted = false;

	for (; *type && length + 1 < room; type++) {
		if (*type == '"')
			quoted = !quoted;
		if (!quoted && *type == '(') {
			type += strcspn(type, ")");
			if (!*type)
				break;
			continue;
		}
		base[length++] = *type;
	}
	base[length] = '\0';
	return length;
}

static bool
one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(word, *list))
			return true;
	return false;
}

/* Pairs of built-in types with a cast, as pg_cast has them; both ways where it says so. */
static const char *const casts[][2] = {
	{ "date", "timestamp without time zone" },
	{ "date", "timestamp with time zone" },
	{ "timestamp without time zone", "timestamp with time zone" },
	{ "timestamp without time zone", "time without time zone" },
	{ "timestamp with time zone", "time without time zone" },
	{ "timestamp with time zone", "time with time zone" },
	{ "time without time zone", "time with time zone" },
	{ "time without time zone", "interval" },
	{ "json", "jsonb" },
	{ "boolean", "integer" },
	{ "bit", "bit varying" },
	{ "bit", "integer" },
	{ "bit", "bigint" },
	{ "inet", "cidr" },
	{ "money", "numeric" },
	{ "money", "integer" },
	{ "money", "bigint" },
};

/* Those of them that go one way only. */
static const char *const one_way[][2] = {
	{ "timestamp without time zone", "time without time zone" },
	{ "timestamp with time zone", "time without time zone" },
	{ "timestamp with time zone", "time with time zone" },
};

static bool
has_cast(const char *from, const char *to)
{
	static const char *const numbers[] = { "smallint", "integer", "bigint", "numeric", "real",
		                               "double precision", NULL };

	if (one_of(from, numbers) && one_of(to, numbers))
		return true;
	for (size_t i = 0; i < sizeof one_way / sizeof *one_way; i++)
		if (!strcmp(to, one_way[i][0]) && !strcmp(from, one_way[i][1]))
			return false;
	for (size_t i = 0; i < sizeof casts / sizeof *casts; i++)
		if ((!strcmp(from, casts[i][0]) && !strcmp(to, casts[i][1])) ||
		    (!strcmp(to, casts[i][0]) && !strcmp(from, casts[i][1])))
			return true;
	return false;
}

/*
 * The value of `column` as the new type wants it: by assignment where the server has a cast for it, else by the
 * text of the value, which every type has. (The other way round a value that has no cast would be refused by the parser, even in
 * an empty table.)
 */
static void
value_write(struct sbuf *sql, const char *column, const char *from, const char *to, const char *new, bool always)
{
	static const char *const strings[] = { "text", "character varying", "character", NULL };

	sbuf_adds(sql, column);
	if (always || (!one_of(from, strings) && !has_cast(from, to)))
		sbuf_adds(sql, "::text");
	sbuf_addf(sql, "::%s", new);
}

/* Whether it is so in an assignment, too. */
static bool
assigns(const char *from, const char *to)
{
	static const char *const strings[] = { "text", "character varying", "character", NULL };
	static const char *const numbers[] = { "smallint", "integer", "bigint", "numeric", "real",
		                               "double precision", NULL };

	return !strcmp(from, to) || one_of(to, strings) || (one_of(from, numbers) && one_of(to, numbers));
}

static void
using_write(struct sbuf *sql, const char *column, const char *old, const char *new, bool always)
{
	char from[512], to[512];

	type_base(old, from, sizeof from);
	type_base(new, to, sizeof to);
	if (!always && assigns(from, to))
		return;
	sbuf_adds(sql, " USING ");
	value_write(sql, column, from, to, new, always);
}

/* Whether every value of the old type is stored as it is, so that no row is written anew. */
static bool
same_storage(const char *old, const char *new)
{
	char from[512], to[512];
	int a = 0, b = 0;

	type_base(old, from, sizeof from);
	type_base(new, to, sizeof to);
	if (!strcmp(new, "text") || !strcmp(new, "character varying"))
		return !strcmp(from, "text") || !strcmp(from, "character varying");
	if (strcmp(from, to) != 0 || strcmp(from, "character varying") != 0)
		return !strcmp(old, new);
	return sscanf(old, "character varying(%d)", &a) == 1 && sscanf(new, "character varying(%d)", &b) == 1 &&
	       b >= a;
}

/* Whether every value of the old type is one of the new type. */
static bool
always_fits(const char *old, const char *new)
{
	static const char *const wider[] = { "smallint", "integer", "bigint", "numeric", NULL };
	size_t from = 0, to = 0;

	if (same_storage(old, new) || !strcmp(new, "text"))
		return true;
	while (wider[from] && strcmp(wider[from], old) != 0)
		from++;
	while (wider[to] && strcmp(wider[to], new) != 0)
		to++;
	return wider[to] && from < to;
}

static void
type_write(const struct alter *alter, bool always)
{
	const char *old = fact_text(alter->old, "type"), *new = fact_text(alter->new, "type");
	struct sbuf *sql = column_begin(alter, false);
	bool rewrites = always || !same_storage(old, new);

	sbuf_addf(sql, "TYPE %s", new);
	if (fact_has(alter->new, "collation"))
		sbuf_addf(sql, " COLLATE %s", fact_text(alter->new, "collation"));
	/* The rows of a foreign table are elsewhere. */
	if (!fact_has(alter->new, "generated") && !id_is(alter->new->in, "foreign_table"))
		using_write(sql, name_last_part(id_name(alter->new->id)), old, new, always);
	script_note(alter->script, rewrites ? STATEMENT_REWRITES : 0, "ACCESS EXCLUSIVE",
	            rewrites ? "table-rewrite" : NULL);
	if (always || !always_fits(old, new))
		script_note(alter->script, 0, NULL, "values-may-not-fit");
}

void
column_park(struct script *script, const struct fact *column)
{
	const char *name = name_last_part(id_name(column->id));

	script_add(script, "ALTER TABLE %s ALTER COLUMN %s TYPE text%s%s%s", id_name(column->in), name,
	           /* The rows of a foreign table are elsewhere. */
	           id_is(column->in, "foreign_table") ? "" : " USING ", id_is(column->in, "foreign_table") ? "" : name,
	           id_is(column->in, "foreign_table") ? "" : "::text");
	script_note(script, STATEMENT_REWRITES, "ACCESS EXCLUSIVE", "table-rewrite");
}

static bool
type_alter(const struct alter *alter)
{
	/* A column of a view has no type of its own. */
	if (!fact_has(alter->old, "type") || !fact_has(alter->new, "type"))
		return false;
	if (alter->moves && fact_has(alter->new, "generated"))
		return false;
	/* Rows are where their key says: the server does not change it. */
	if (fact_has(alter->old, "in_partition_key"))
		return false;
	/* One that changes its type moves over by that. */
	type_write(alter, alter->moves && fact_is(alter->old, "type", fact_text(alter->new, "type")));
	return true;
}

/* -------------------------------------------------------------- attributes */

/* Plain columns are what a generated one can become in place. */
static bool
generated_alter(const struct alter *alter)
{
	if (!fact_is(alter->old, "generated", "stored") || fact_has(alter->new, "generated"))
		return false;
	sbuf_adds(column_begin(alter, false), "DROP EXPRESSION");
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	return true;
}

/* What the column has by itself: the old fact knows its type's, of another type something is known. Where it is PLAIN
 * nothing else is allowed. (SET STORAGE DEFAULT exists since PostgreSQL 16.) */
static const char *
usual_storage(const struct alter *alter)
{
	static const char *const in_main[] = { "numeric", "inet", "cidr", NULL };
	const char *type = fact_text(alter->new, "type"), *usual = fact_text(alter->old, "usual_storage");
	char base[512];

	if (usual && value_equal(fact_value(alter->old, "type"), fact_value(alter->new, "type")))
		return usual;
	type_base(type ? type : "", base, sizeof base);
	return one_of(base, in_main) ? "MAIN" : "EXTENDED";
}

static bool
storage_alter(const struct alter *alter)
{
	const char *storage = fact_text(alter->new, "storage");

	sbuf_addf(column_begin(alter, true), "SET STORAGE %s",
	          storage ? storage : usual_storage(alter));
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	return true;
}

static bool
compression_alter(const struct alter *alter)
{
	const char *compression = fact_text(alter->new, "compression");

	sbuf_addf(column_begin(alter, true), "SET COMPRESSION %s", compression ? compression : "default");
	script_note(alter->script, 0, "ACCESS EXCLUSIVE", NULL);
	return true;
}

static bool
statistics_alter(const struct alter *alter)
{
	const char *statistics = fact_text(alter->new, "statistics");

	sbuf_addf(column_begin(alter, true), "SET STATISTICS %s", statistics ? statistics : "-1");
	script_note(alter->script, 0, "SHARE UPDATE EXCLUSIVE", NULL);
	return true;
}

/* The words up to ALTER COLUMN, in `words`. */
static void
column_words(struct sbuf *words, const struct alter *alter, const char *table_words)
{
	size_t length;
	const char *table = parent_name(alter->new->id, &length);

	sbuf_addf(words, "ALTER %s %.*s ALTER COLUMN %s", table_words, (int)length, table,
	          name_last_part(table));
}

static bool
column_options_alter(const struct alter *alter)
{
	struct sbuf words = SBUF_INIT;

	column_words(&words, alter, "TABLE ONLY");
	options_alter(alter->script, words.text, alter, "options", "");
	sbuf_release(&words);
	return true;
}

static bool
column_fdw_options_alter(const struct alter *alter)
{
	struct sbuf words = SBUF_INIT;

	column_words(&words, alter, "FOREIGN TABLE");
	fdw_options_alter(alter->script, words.text, alter);
	sbuf_release(&words);
	return true;
}

/* A parent that gets the column only now can bring it, if there is none of that name. */
static bool
inherited_alter(const struct alter *alter)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const char **ids = column_sources(alter->from, alter->new, &arena, &count);
	bool comes = count && fact_has(alter->new, "inherited") && !fact_has(alter->old, "inherited") &&
	             !fact_has(alter->old, "merged");

	for (size_t i = 0; i < count; i++)
		comes &= snapshot_find(alter->to, ids[i]) && !snapshot_find(alter->from, ids[i]);
	arena_release(&arena);
	return !comes;
}

void
column_take_over(struct script *script, const struct fact *old, const struct fact *new, const char *old_name)
{
	const char *old_type = fact_text(old, "type"), *new_type = fact_text(new, "type");
	char from[512], to[512];
	struct sbuf *sql;

	if (fact_has(new, "generated"))
		return;
	type_base(old_type, from, sizeof from);
	type_base(new_type, to, sizeof to);
	sql = script_next(script);
	sbuf_addf(sql, "UPDATE ONLY %s SET %s = ", id_name(new->in), name_last_part(id_name(new->id)));
	if (assigns(from, to))
		sbuf_adds(sql, old_name);
	else
		value_write(sql, old_name, from, to, new_type, false);
	script_note(script, STATEMENT_REWRITES, "ROW EXCLUSIVE", always_fits(old_type, new_type) ? NULL : "values-may-not-fit");
}

void
column_reset(struct script *script, const struct fact *fact)
{
	const struct fact bare = { .id = fact->id, .in = fact->in };
	const struct alter alter = { .old = fact, .new = &bare, .script = script };

	for (const struct change *change = column_changes; change->key; change++)
		if (change->alter && fact_has(fact, change->key))
			change->alter(&alter);
}

const struct change column_changes[] = {
	{ "position", CHANGE_IGNORED, NULL },
	/* Whether a column that is inherited also is the table's own decides only what happens when the parent
	 * loses it. It comes with INHERIT and NO INHERIT, and there is no statement for it alone. */
	{ "inherited", CHANGE_IGNORED, inherited_alter },
	{ "merged", CHANGE_IGNORED, NULL },
	/* The table's partition_key says it. */
	{ "in_partition_key", CHANGE_IGNORED, NULL },
	{ "generated", CHANGE_INHERITED | CHANGE_LETS_GO, generated_alter },
	{ "expression", CHANGE_INHERITED | CHANGE_LETS_GO, generated_alter },
	{ "type", CHANGE_TAKES_DOWN | CHANGE_INHERITED | CHANGE_MOVES | CHANGE_ROW_TYPE, type_alter },
	{ "collation", CHANGE_TAKES_DOWN | CHANGE_INHERITED | CHANGE_ROW_TYPE, type_alter },
	{ "not_null", CHANGE_INHERITED, not_null_alter },
	{ "not_null_name", 0, not_null_alter },
	{ "not_null_no_inherit", 0, not_null_alter },
	{ "inherited_not_null_name", CHANGE_IGNORED, NULL },
	{ "storage", CHANGE_BORN_WITH | CHANGE_LOST_WITH_TYPE, storage_alter },
	{ "usual_storage", CHANGE_IGNORED, NULL },
	{ "compression", CHANGE_BORN_WITH | CHANGE_ADDED_WITH | CHANGE_LOST_WITH_TYPE, compression_alter },
	{ "statistics", 0, statistics_alter },
	{ "options", 0, column_options_alter },
	{ "fdw_options", 0, column_fdw_options_alter },
	{ 0 },
};

/* A DEFAULT that is set again takes the place of the old one. */
const struct change default_changes[] = {
	{ "expression", CHANGE_AGAIN, NULL },
	{ 0 },
};

/* ----------------------------------------------------------------- sources */

const char **
table_parents(struct snapshot *state, const char *table, struct arena *arena, size_t *count)
{
	const struct fact *partition, *fact = snapshot_find(state, table);

	partition = snapshot_find(state, arena_printf(arena, "partition %s", id_name(table)));
	if (partition) {
		const char **one = arena_array(arena, 1, sizeof *one);

		*one = fact_text(partition, "parent");
		*count = *one != NULL;
		return one;
	}
	*count = 0;
	return fact ? fact_list(fact, "inherits", count) : NULL;
}

/* Whether the table leaves the parent for a while (inherited.h). */
static bool
is_left(const struct fact *table, const char *key, const char *parent)
{
	size_t count;
	const char **items = fact_list(table, key, &count);

	return in_list(parent, items, count);
}

const char *
partition_tie(struct snapshot *state, const struct fact *fact, struct arena *arena)
{
	const char *id = fact->in ? arena_printf(arena, "partition %s", id_name(fact->in)) : NULL;

	return id && snapshot_find(state, id) ? id : NULL;
}

static const char **
sources(struct snapshot *state, const struct fact *fact, struct arena *arena, const char *kind, size_t *count)
{
	const struct fact *table = fact->in ? snapshot_find(state, fact->in) : NULL;
	size_t parent_count = 0;
	const char **names = table ? table_parents(state, fact->in, arena, &parent_count) : NULL;
	const char **ids = parent_count ? arena_array(arena, parent_count, sizeof *ids) : NULL;

	*count = 0;
	for (size_t i = 0; i < parent_count; i++)
		if (!is_left(table, "leaves", names[i]) && !is_left(table, "joins", names[i]))
			ids[(*count)++] = arena_printf(arena, "%s %s.%s", kind, names[i], name_last_part(id_name(fact->id)));
	return ids;
}

/* A column of a typed table comes and goes with the attribute of the type. */
const char **
column_sources(struct snapshot *state, const struct fact *fact, struct arena *arena, size_t *count)
{
	const struct fact *table = fact->in ? snapshot_find(state, fact->in) : NULL;
	const char *type = table ? fact_text(table, "of_type") : NULL;

	if (type) {
		const char **ids = arena_array(arena, 1, sizeof *ids);

		*ids = arena_printf(arena, "attribute %s.%s", type, name_last_part(id_name(fact->id)));
		*count = 1;
		return ids;
	}
	return sources(state, fact, arena, "column", count);
}

const char **
constraint_sources(struct snapshot *state, const struct fact *fact, struct arena *arena, size_t *count)
{
	const char *definition = fact_text(fact, "definition");

	*count = 0;
	if (!fact_is(fact, "type", "c") || (definition && strstr(definition, ") NO INHERIT")) ||
	    !partition_tie(state, fact, arena))
		return NULL;
	return sources(state, fact, arena, "constraint", count);
}

/* Ids in an arena. */
struct ids {
	const char **items;
	size_t count, room;
};

/* Adds those of the parents of the table and of all above. */
static void
checks_above(struct ids *ids, struct snapshot *state, const char *table, const char *last, struct arena *arena)
{
	size_t parent_count;
	const char **names = table_parents(state, table, arena, &parent_count);

	for (size_t i = 0; i < parent_count; i++) {
		ARENA_GROW(arena, ids->items, ids->count, ids->room);
		ids->items[ids->count++] = arena_printf(arena, "constraint %s.%s", names[i], last);
		checks_above(ids, state, arena_printf(arena, "table %s", names[i]), last, arena);
	}
}

const char **
constraint_held_by(struct snapshot *state, const struct fact *fact, struct arena *arena, size_t *count)
{
	struct ids ids = { 0 };

	if (fact_is(fact, "type", "c") && !partition_tie(state, fact, arena))
		checks_above(&ids, state, fact->in, name_last_part(id_name(fact->id)), arena);
	*count = ids.count;
	return ids.items;
}
