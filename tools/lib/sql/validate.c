#include "sql/validate.h"

#include "pg/connection.h"
#include "pg/quote.h"
#include "sql/reader.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 256 };

/* One function that is to be validated. */
struct candidate {
	unsigned oid;
	const char *schema, *name, *source, *validator, *signature;
	const struct load_node *node;
};

/* A function that a statement makes. */
struct made {
	const char *schema, *name;
	const struct load_node *node;
	bool taken; /* by another function with the same name and body */
};

static unsigned
oid_at(const PGresult *rows, int row, int column)
{
	return (unsigned)strtoul(PQgetvalue(rows, row, column), NULL, 10);
}

struct functions
functions_before(PGconn *connection, struct arena *arena)
{
	static const char sql[] = "select oid, xmin || ' ' || cmin || ' ' || ctid "
				  "from pg_catalog.pg_proc where oid >= 16384 order by oid";
	PGresult *rows = connection_query(connection, sql);
	struct functions functions = { .count = (size_t)PQntuples(rows) };

	functions.items = arena_array(arena, functions.count, sizeof *functions.items);
	for (int i = 0; i < PQntuples(rows); i++) {
		functions.items[i].oid = oid_at(rows, i, 0);
		functions.items[i].row = arena_string(arena, PQgetvalue(rows, i, 1));
	}
	PQclear(rows);
	return functions;
}

static int
compare_oids(const void *a, const void *b)
{
	const struct function *x = a, *y = b;

	return x->oid < y->oid ? -1 : x->oid > y->oid;
}

static bool
was_there(const struct functions *before, unsigned oid, const char *row)
{
	struct function key = { .oid = oid }, *found;

	if (!before->count)
		return false;
	found = bsearch(&key, before->items, before->count, sizeof key, compare_oids);
	return found && !strcmp(found->row, row);
}

/* Aggregates have no body, SQL-standard bodies have been parsed already. */
static const char candidates_sql[] =
	"select p.oid, p.xmin || ' ' || p.cmin || ' ' || p.ctid, n.nspname, p.proname, p.prosrc, "
	"pg_catalog.format('%I.%I', vn.nspname, v.proname), "
	"pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, "
	"pg_catalog.pg_get_function_identity_arguments(p.oid)) "
	"from pg_catalog.pg_proc p "
	"join pg_catalog.pg_namespace n on n.oid = p.pronamespace "
	"join pg_catalog.pg_language l on l.oid = p.prolang "
	"join pg_catalog.pg_proc v on v.oid = l.lanvalidator "
	"join pg_catalog.pg_namespace vn on vn.oid = v.pronamespace "
	"where p.oid >= 16384 and p.prokind <> 'a' and p.prosrc <> '' "
	"and not exists (select from pg_catalog.pg_depend d "
	"where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass "
	"and d.objid = p.oid and d.deptype = 'e') "
	"order by p.oid";

static struct candidate *
read_candidates(PGconn *connection, struct arena *arena, const struct functions *before,
                size_t *count)
{
	PGresult *rows = connection_query(connection, candidates_sql);
	struct candidate *candidates = arena_array(arena, (size_t)PQntuples(rows), sizeof *candidates);

	*count = 0;
	for (int i = 0; i < PQntuples(rows); i++) {
		struct candidate *c = &candidates[*count];

		c->oid = oid_at(rows, i, 0);
		if (was_there(before, c->oid, PQgetvalue(rows, i, 1)))
			continue;
		c->schema = arena_string(arena, PQgetvalue(rows, i, 2));
		c->name = arena_string(arena, PQgetvalue(rows, i, 3));
		c->source = arena_string(arena, PQgetvalue(rows, i, 4));
		c->validator = arena_string(arena, PQgetvalue(rows, i, 5));
		c->signature = arena_string(arena, PQgetvalue(rows, i, 6));
		(*count)++;
	}
	PQclear(rows);
	return candidates;
}

/* ------------------------------------------------- which statement made it */

static int
compare_made(const void *a, const void *b)
{
	const struct made *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->schema, y->schema);
}

static struct made *
list_made(struct arena *arena, const struct load_order *order, size_t *count)
{
	struct made *list = arena_array(arena, order->count, sizeof *list);

	*count = 0;
	for (size_t i = 0; i < order->count; i++) {
		const struct load_node *node = &order->nodes[order->sequence[i]];
		const struct subject_name *name = node->subject.names;

		if (node->subject.stage != STAGE_FUNCTION || !node->subject.count ||
		    name->act != ACT_MAKES)
			continue;
		const char *schema = name->schema ? name->schema : node->item->settings->path[0];

		if (schema)
			list[(*count)++] = (struct made){ schema, name->name, node, false };
	}
	qsort(list, *count, sizeof *list, compare_made);
	return list;
}

/* The string behind AS; TOKEN_END when there is none. */
static struct token
body_token(const struct load_node *node, struct reader *reader, struct arena *arena)
{
	const struct statement *statement = &node->item->statement;

	reader_start(reader, arena, statement->text, statement->length);
	while (!reader_at_end(reader)) {
		if (reader_is_sign(reader, '('))
			reader_skip_parentheses(reader);
		else if (!reader_accept(reader, "as"))
			reader_advance(reader);
		else if (reader->token.type == TOKEN_DOLLAR || reader->token.type == TOKEN_STRING ||
		         reader->token.type == TOKEN_ESCAPED)
			break;
	}
	return reader->token;
}

/* Overloads have the same name: the body tells them apart, or else any will do. */
static const struct load_node *
find_made(struct made *list, size_t count, const struct candidate *candidate, struct arena *scratch)
{
	struct made key = { .schema = candidate->schema, .name = candidate->name };
	struct made *found, *second_best = NULL;

	if (!count || !(found = bsearch(&key, list, count, sizeof key, compare_made)))
		return NULL;
	while (found > list && !compare_made(found - 1, &key))
		found--;
	for (; found < list + count && !compare_made(found, &key); found++) {
		struct reader reader;

		if (found->taken)
			continue;
		if (body_token(found->node, &reader, scratch).type != TOKEN_END &&
		    !strcmp(reader_value(&reader), candidate->source)) {
			found->taken = true;
			return found->node;
		}
		second_best = found;
	}
	return second_best ? second_best->node : NULL;
}

/* ------------------------------------------------------------- validation */

static long
count_newlines(const char *text, size_t length)
{
	long count = 0;

	for (size_t i = 0; i < length; i++)
		count += text[i] == '\n';
	return count;
}

/* The first number behind the word line in a context, as PL/pgSQL writes it; 0: none. */
static long
context_line(const char *context)
{
	const char *found = context ? strstr(context, "line ") : NULL;

	return found ? strtol(found + 5, NULL, 10) : 0;
}

static long
error_line(const struct candidate *candidate, const struct refusal *refusal, struct arena *scratch)
{
	struct reader reader;
	struct token token;
	long line;

	if (!candidate->node)
		return 0;
	line = candidate->node->item->statement.line;
	token = body_token(candidate->node, &reader, scratch);
	if (token.type == TOKEN_END)
		return line;
	line += count_newlines(reader.lexer.text, token.start);
	if (refusal->internal_position && refusal->internal_query &&
	    !strcmp(refusal->internal_query, candidate->source))
		return refusal_line(candidate->source, refusal->internal_position, line);
	if (context_line(refusal->context) > 0)
		return line + context_line(refusal->context) - 1;
	return line;
}

static const char *
search_path(struct arena *arena, const struct candidate *candidate)
{
	struct sbuf out = SBUF_INIT;
	const char *sql;

	sbuf_adds(&out, "SET search_path = ");
	if (candidate->node)
		for (const char *const *path = candidate->node->item->settings->path; *path; path++) {
			quote_identifier(&out, *path);
			sbuf_adds(&out, ", ");
		}
	quote_identifier(&out, candidate->schema);
	sbuf_adds(&out, ", public");
	sql = arena_copy(arena, out.text, out.length);
	sbuf_release(&out);
	return sql;
}

/* Validates `count` candidates or up to the first wrong one, whose place it returns. */
static size_t
validate_chunk(PGconn *connection, struct arena *arena, const struct candidate *candidates,
               size_t count, struct refusal *refusal)
{
	const char *steps[2 * CHUNK + 2];
	size_t places[2 * CHUNK + 2], n = 0;
	const char *path = "";
	bool in_transaction = PQtransactionStatus(connection) == PQTRANS_INTRANS;
	struct refusal_list warnings = { 0 };

	if (in_transaction)
		steps[n++] = "SAVEPOINT pk_validate";
	for (size_t i = 0; i < count; i++) {
		const char *new_path = search_path(arena, &candidates[i]);

		if (strcmp(path, new_path)) {
			places[n] = i;
			steps[n++] = path = new_path;
		}
		places[n] = i;
		steps[n++] = arena_printf(arena, "SELECT %s(%u)", candidates[i].validator, candidates[i].oid);
	}
	*refusal = pipeline_run(connection, arena, steps, n, &warnings);
	if (in_transaction)
		connection_execute(connection,
		                   "ROLLBACK TO SAVEPOINT pk_validate; RELEASE SAVEPOINT pk_validate");
	free(warnings.items);
	return refusal->step == SIZE_MAX ? count : places[refusal->step];
}

size_t
functions_validate(PGconn *connection, struct arena *arena, const struct load_order *order,
                   const struct functions *before, struct invalid_function **invalid)
{
	struct arena scratch = ARENA_INIT;
	size_t count, made_count, wrong = 0;
	struct candidate *candidates = read_candidates(connection, arena, before, &count);
	struct made *made = list_made(&scratch, order, &made_count);

	*invalid = arena_array(arena, count, sizeof **invalid);
	for (size_t i = 0; i < count; i++)
		candidates[i].node = find_made(made, made_count, &candidates[i], &scratch);
	if (count)
		connection_execute(connection, "SET check_function_bodies = on");
	for (size_t at = 0; at < count;) {
		size_t n = count - at < CHUNK ? count - at : CHUNK;
		struct refusal refusal;
		size_t good = validate_chunk(connection, arena, candidates + at, n, &refusal);

		at += good;
		if (good == n)
			continue;
		(*invalid)[wrong++] = (struct invalid_function){
			.node = candidates[at].node,
			.signature = candidates[at].signature,
			.line = error_line(&candidates[at], &refusal, &scratch),
			.refusal = refusal,
		};
		at++;
	}
	if (count)
		connection_execute(connection, "RESET search_path; SET check_function_bodies = off");
	arena_release(&scratch);
	return wrong;
}
