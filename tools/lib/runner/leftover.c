#include "runner/leftover.h"

#include "base/die.h"
#include "pg/quote.h"
#include "sql/lexer.h"

#include <string.h>

/* The statements that are known here. */
enum verb { VERB_OTHER, VERB_CREATE_INDEX, VERB_DROP_INDEX, VERB_REINDEX, VERB_DETACH, VERB_HARMLESS };

struct parsed {
	enum verb verb;
	struct sbuf relation; /* the table (of REINDEX INDEX: the index), as SQL text; "" when there is none */
	struct sbuf name;     /* the index or the partition; CREATE INDEX: its plain name, "" when it has none */
	bool is_index;        /* REINDEX INDEX */
};

struct reader {
	struct lexer lexer;
	struct token token;
};

static void
next(struct reader *reader)
{
	reader->token = lexer_next_solid(&reader->lexer);
}

/* Steps over the word if it comes next. */
static bool
skip(struct reader *reader, const char *word)
{
	bool found = token_is(&reader->lexer, &reader->token, word);

	if (found)
		next(reader);
	return found;
}

static bool
is_sign(const struct reader *reader, char sign)
{
	return reader->token.type == TOKEN_SIGN && reader->token.sign == sign;
}

/* A name with its dots, as it is written. */
static void
read_name(struct reader *reader, struct sbuf *out)
{
	for (;;) {
		if (reader->token.type != TOKEN_WORD && reader->token.type != TOKEN_QUOTED)
			return;
		sbuf_add(out, reader->lexer.text + reader->token.start, reader->token.length);
		next(reader);
		if (!is_sign(reader, '.'))
			return;
		sbuf_addc(out, '.');
		next(reader);
	}
}

static void
skip_parentheses(struct reader *reader)
{
	int depth = 0;

	do {
		depth += is_sign(reader, '(') - is_sign(reader, ')');
		if (depth)
			next(reader);
	} while (depth && reader->token.type != TOKEN_END);
	if (is_sign(reader, ')'))
		next(reader);
}

static void
parse_create_index(struct reader *reader, struct parsed *parsed)
{
	skip(reader, "unique");
	if (!skip(reader, "index") || !skip(reader, "concurrently"))
		return;
	if (skip(reader, "if") && skip(reader, "not"))
		skip(reader, "exists");
	if (!token_is(&reader->lexer, &reader->token, "on")) {
		token_value(&reader->lexer, &reader->token, &parsed->name);
		next(reader);
	}
	if (!skip(reader, "on"))
		return;
	skip(reader, "only");
	read_name(reader, &parsed->relation);
	parsed->verb = VERB_CREATE_INDEX;
}

static void
parse_drop_index(struct reader *reader, struct parsed *parsed)
{
	if (!skip(reader, "index") || !skip(reader, "concurrently"))
		return;
	if (skip(reader, "if"))
		skip(reader, "exists");
	read_name(reader, &parsed->name);
	parsed->verb = VERB_DROP_INDEX;
}

static void
parse_reindex(struct reader *reader, struct parsed *parsed)
{
	skip_parentheses(reader);
	parsed->is_index = skip(reader, "index");
	parsed->verb = VERB_HARMLESS;
	if (parsed->is_index || skip(reader, "table")) {
		parsed->verb = VERB_REINDEX;
		skip(reader, "concurrently");
		read_name(reader, &parsed->relation);
	}
}

static void
parse_detach(struct reader *reader, struct parsed *parsed)
{
	if (!skip(reader, "table"))
		return;
	if (skip(reader, "if"))
		skip(reader, "exists");
	skip(reader, "only");
	read_name(reader, &parsed->relation);
	if (!skip(reader, "detach") || !skip(reader, "partition"))
		return;
	read_name(reader, &parsed->name);
	if (skip(reader, "concurrently"))
		parsed->verb = VERB_DETACH;
}

static struct parsed
parse(const char *statement)
{
	static const char *const harmless[] = { "vacuum", "analyze", "analyse", "cluster", "checkpoint" };
	struct reader reader = { .lexer = { statement, strlen(statement), 0 } };
	struct parsed parsed = { VERB_OTHER, SBUF_INIT, SBUF_INIT, false };

	next(&reader);
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
		if (token_is(&reader.lexer, &reader.token, harmless[i]))
			parsed.verb = VERB_HARMLESS;
	if (skip(&reader, "create"))
		parse_create_index(&reader, &parsed);
	else if (skip(&reader, "drop"))
		parse_drop_index(&reader, &parsed);
	else if (skip(&reader, "reindex"))
		parse_reindex(&reader, &parsed);
	else if (skip(&reader, "alter"))
		parse_detach(&reader, &parsed);
	return parsed;
}

static void
parsed_release(struct parsed *parsed)
{
	sbuf_release(&parsed->relation);
	sbuf_release(&parsed->name);
}

bool
leftover_is_concurrent(const char *statement)
{
	struct lexer lexer = { statement, strlen(statement), 0 };
	struct token token;

	while ((token = lexer_next_solid(&lexer)).type != TOKEN_END)
		if (token_is(&lexer, &token, "concurrently"))
			return true;
	return false;
}

/* ------------------------------------------------------------ the server's */

/*
 * Indexes of the relation that match: their name in SQL, whether they are valid, the server
 * process that builds them now. to_regclass gives NULL for what is not there.
 */
static PGresult *
find_indexes(struct session *session, const struct parsed *parsed)
{
	struct sbuf sql = SBUF_INIT;
	PGresult *rows;

	sbuf_adds(&sql,
	          "select pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname), i.indisvalid,"
	          " (select min(pid) from pg_catalog.pg_stat_progress_create_index p"
	          "  where p.index_relid = c.oid and p.datid = (select oid from pg_catalog.pg_database"
	          "  where datname = pg_catalog.current_database()))"
	          " from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid"
	          " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
	          " where c.relkind = 'i' and i.indrelid = ");
	if (parsed->is_index)
		sbuf_adds(&sql, "(select indrelid from pg_catalog.pg_index where indexrelid = ");
	sbuf_adds(&sql, "pg_catalog.to_regclass(");
	quote_literal(&sql, parsed->relation.text);
	sbuf_adds(&sql, parsed->is_index ? "))" : ")");
	if (parsed->verb == VERB_REINDEX)
		sbuf_adds(&sql, " and c.relname ~ '_cc(new|old)[0-9]*$'");
	else if (parsed->name.length) {
		sbuf_adds(&sql, " and c.relname = ");
		quote_literal(&sql, parsed->name.text);
	}
	sbuf_adds(&sql, " order by c.oid");
	rows = session_query(session, sql.text);
	sbuf_release(&sql);
	return rows;
}

/* Drops those of the indexes found that are invalid and that nobody builds now; `*count` of them. */
static enum outcome
drop_invalid(struct session *session, const struct parsed *parsed, size_t *count, struct failure *failure)
{
	PGresult *rows = find_indexes(session, parsed);
	enum outcome outcome = OUTCOME_DONE;

	*count = 0;
	for (int i = 0; i < PQntuples(rows) && outcome == OUTCOME_DONE; i++) {
		struct sbuf sql = SBUF_INIT;

		if (*PQgetvalue(rows, i, 1) == 't' || !PQgetisnull(rows, i, 2))
			continue;
		note("the index %s is invalid, left by a build that was interrupted: it is dropped",
		     PQgetvalue(rows, i, 0));
		sbuf_addf(&sql, "drop index concurrently if exists %s", PQgetvalue(rows, i, 0));
		outcome = session_run(session, sql.text, NULL, failure);
		sbuf_release(&sql);
		++*count;
	}
	PQclear(rows);
	return outcome;
}

enum outcome
leftover_clear(struct session *session, const char *statement, struct failure *failure)
{
	struct parsed parsed = parse(statement);
	enum outcome outcome = OUTCOME_DONE;
	size_t count;

	/* Where no name is given, an invalid index may be anybody's, and is in nobody's way. */
	if ((parsed.verb == VERB_CREATE_INDEX && parsed.name.length) || parsed.verb == VERB_REINDEX)
		outcome = drop_invalid(session, &parsed, &count, failure);
	parsed_release(&parsed);
	return outcome;
}

static enum outcome
created(struct session *session, const struct parsed *parsed, enum effect *effect, struct failure *failure)
{
	enum outcome outcome = OUTCOME_DONE;

	if (parsed->name.length) {
		PGresult *rows = find_indexes(session, parsed);

		*effect = PQntuples(rows) && *PQgetvalue(rows, 0, 1) == 't' ? EFFECT_DONE : EFFECT_NONE;
		PQclear(rows);
	} else {
		/* An invalid one on the table is what the statement, which was interrupted, left. When there is none
		 * it may have come to its end or not have begun. */
		size_t count;

		outcome = drop_invalid(session, parsed, &count, failure);
		*effect = count ? EFFECT_NONE : EFFECT_UNKNOWN;
	}
	return outcome;
}

static enum effect
dropped(struct session *session, const struct parsed *parsed)
{
	struct sbuf sql = SBUF_INIT;
	PGresult *rows;
	bool there;

	sbuf_adds(&sql, "select pg_catalog.to_regclass(");
	quote_literal(&sql, parsed->name.text);
	sbuf_adds(&sql, ") is not null");
	rows = session_query(session, sql.text);
	there = *PQgetvalue(rows, 0, 0) == 't';
	PQclear(rows);
	sbuf_release(&sql);
	return there ? EFFECT_NONE : EFFECT_DONE;
}

static enum outcome
detached(struct session *session, const struct parsed *parsed, enum effect *effect, struct failure *failure)
{
	enum outcome outcome = OUTCOME_DONE;
	struct sbuf sql = SBUF_INIT;
	PGresult *rows;

	/* The column is younger than the oldest server that we know. */
	sbuf_adds(&sql, "select coalesce(j->>'inhdetachpending', 'false') = 'true' from pg_catalog.pg_inherits i,"
	                " pg_catalog.to_jsonb(i) j where i.inhrelid = pg_catalog.to_regclass(");
	quote_literal(&sql, parsed->name.text);
	sbuf_adds(&sql, ") and i.inhparent = pg_catalog.to_regclass(");
	quote_literal(&sql, parsed->relation.text);
	sbuf_adds(&sql, ")");
	rows = session_query(session, sql.text);
	*effect = PQntuples(rows) ? EFFECT_NONE : EFFECT_DONE;
	if (PQntuples(rows) && *PQgetvalue(rows, 0, 0) == 't') {
		note("the detachment of the partition %s was interrupted: it is brought to its end", parsed->name.text);
		sbuf_reset(&sql);
		sbuf_addf(&sql, "alter table %s detach partition %s finalize", parsed->relation.text,
		          parsed->name.text);
		outcome = session_run(session, sql.text, NULL, failure);
		*effect = EFFECT_DONE;
	}
	PQclear(rows);
	sbuf_release(&sql);
	return outcome;
}

enum outcome
leftover_effect(struct session *session, const char *statement, enum effect *effect, struct failure *failure)
{
	struct parsed parsed = parse(statement);
	enum outcome outcome = OUTCOME_DONE;

	*effect = EFFECT_UNKNOWN;
	switch (parsed.verb) {
	case VERB_CREATE_INDEX:
		outcome = created(session, &parsed, effect, failure);
		break;
	case VERB_DROP_INDEX:
		*effect = dropped(session, &parsed);
		break;
	case VERB_DETACH:
		outcome = detached(session, &parsed, effect, failure);
		break;
	case VERB_REINDEX:
	case VERB_HARMLESS:
		*effect = EFFECT_NONE;
		break;
	case VERB_OTHER:
		break;
	}
	parsed_release(&parsed);
	return outcome;
}
