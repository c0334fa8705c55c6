/*
 * Sequences, also those behind identity columns, and which column owns one.
 *
 * A sequence of an identity column stands in that column (`identity` is always
 * or by default) and is created with it; so does that of a serial column (idiom.h).
 */
#include "rule/changes.h"
#include "rule/rules.h"
#include "rule/table.h"

#include "pg/quote.h"

#include <string.h>

static void
sequence_options(struct sbuf *sql, const struct fact *fact)
{
	static const char *const words[][2] = {
		{ "type", " AS %s" },          { "start", " START WITH %s" },
		{ "increment", " INCREMENT BY %s" }, { "minimum", " MINVALUE %s" },
		{ "maximum", " MAXVALUE %s" }, { "cache", " CACHE %s" },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *value = fact_text(fact, words[i][0]);

		/* An identity column's sequence has the column's type. */
		if (value && !(i == 0 && fact_has(fact, "identity")))
			sbuf_addf(sql, words[i][1], value);
	}
	if (fact_has(fact, "cycle"))
		sbuf_adds(sql, " CYCLE");
}

void
identity_write(struct sbuf *sql, const struct fact *sequence)
{
	struct sbuf options = SBUF_INIT;

	if (fact_has(sequence, "named"))
		sbuf_addf(&options, " SEQUENCE NAME %s", id_name(sequence->id));
	sequence_options(&options, sequence);
	sbuf_addf(sql, "GENERATED %s AS IDENTITY", fact_text(sequence, "identity"));
	if (options.length)
		sbuf_addf(sql, " (%s)", options.text + 1);
	sbuf_release(&options);
}

void
identity_extras(struct script *script, const struct fact *sequence)
{
	if (fact_has(sequence, "persistence"))
		script_add(script, "ALTER SEQUENCE %s SET %s", id_name(sequence->id),
		           fact_text(sequence, "persistence"));
}

static enum fold
sequence_fold(const struct fact *fact)
{
	return fact_has(fact, "identity") ? FOLD_MAY : fact_has(fact, "serial") ? FOLD_MUST : FOLD_NEVER;
}

/* Numbers for rows that are there already begin behind theirs, unless the sequence is to begin, or must end, elsewhere. */
static void
goes_on(struct script *script, const struct fact *sequence, const char *column)
{
	const char *increment = fact_text(sequence, "increment");
	bool down = increment && *increment == '-';
	size_t length;
	const char *table = parent_name(column, &length);
	struct sbuf *sql = script_next(script);

	sbuf_adds(sql, "SELECT pg_catalog.setval(");
	quote_literal(sql, id_name(sequence->id));
	sbuf_addf(sql, ", r.value)\nFROM pg_catalog.pg_sequence s, (SELECT pg_catalog.%s(%s) AS value FROM %.*s) r\n"
	          "WHERE s.seqrelid = ", down ? "min" : "max", name_last_part(table), (int)length, table);
	quote_literal(sql, id_name(sequence->id));
	sbuf_addf(sql, "::pg_catalog.regclass AND r.value BETWEEN %s", down ? "s.seqmin AND s.seqstart" : "s.seqstart AND s.seqmax");
	script_note(script, STATEMENT_SCANS, "ACCESS SHARE", NULL);
}

static void
sequence_create(struct script *script, const struct unit *unit)
{
	const struct fact *fact = unit->fact;
	struct sbuf *sql = script_next(script);

	if (fact_has(fact, "identity")) {
		size_t length;
		const char *table = parent_name(fact->in, &length);

		sbuf_addf(sql, "ALTER TABLE %.*s ALTER COLUMN %s ADD ", (int)length, table,
		          name_last_part(table));
		identity_write(sql, fact);
		identity_extras(script, fact);
		if (script->existing)
			goes_on(script, fact, fact->in);
		return;
	}
	sbuf_addf(sql, "CREATE %sSEQUENCE %s", fact_has(fact, "unlogged") ? "UNLOGGED " : "",
	          id_name(fact->id));
	sequence_options(sql, fact);
}

static void
sequence_drop(struct script *script, const struct fact *fact)
{
	size_t length;
	const char *table;

	if (!fact_has(fact, "identity")) {
		script_add(script, "DROP SEQUENCE %s", id_name(fact->id));
		return;
	}
	table = parent_name(fact->in, &length);
	script_add(script, "ALTER TABLE %.*s ALTER COLUMN %s DROP IDENTITY", (int)length, table,
	           name_last_part(table));
}

const struct rule sequence_rule = {
	.kind = "sequence", .words = "SEQUENCE", .directory = "sequences", .rank = RANK_SEQUENCE,
	.fold = sequence_fold, .create = sequence_create, .drop = sequence_drop,
	.changes = sequence_changes, .spaces = "rt", .rides = rides,
	.drop_hazard = "drop-sequence", .drop_loses = true,
};

static void
owned_by_create(struct script *script, const struct unit *unit)
{
	static const char *const numbers[] = { "smallint", "integer", "bigint" };
	const struct fact *column;

	script_add(script, "ALTER SEQUENCE %s OWNED BY %s", id_name(unit->fact->in),
	           fact_text(unit->fact, "column"));
	column = script->ties ? snapshot_find(script->ties, unit->fact->needs[0]) : NULL;
	for (size_t i = 0; column && i < sizeof numbers / sizeof *numbers; i++)
		if (fact_is(column, "type", numbers[i]))
			goes_on(script, snapshot_find(script->ties, unit->fact->in), column->id);
}

static void
owned_by_drop(struct script *script, const struct fact *fact)
{
	script_add(script, "ALTER SEQUENCE %s OWNED BY NONE", id_name(fact->in));
}

/* Both have one owner as long as they belong together: another one is given to each before that or after. */
static size_t
owned_by_undone_by(struct snapshot *state, const struct fact *fact, struct arena *arena, const char **ids, size_t room)
{
	const char *owner = owned_by_owner(state, fact, arena);
	size_t count = 0;

	if (count < room)
		ids[count++] = arena_printf(arena, "owner of %s", fact->in);
	if (owner && count < room)
		ids[count++] = owner;
	return count;
}

const struct rule owned_by_rule = {
	.kind = "owned_by", .rank = RANK_OWNED_BY, .create = owned_by_create, .drop = owned_by_drop,
	.changes = owned_by_changes, .rides = rides, .taken_by = owned_by_taken_by,
	.undone_by = owned_by_undone_by,
};
