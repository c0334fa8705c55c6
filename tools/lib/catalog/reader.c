#include "catalog/reader.h"

#include "catalog/query.h"
#include "catalog/row.h"

#include "base/die.h"
#include "pg/parallel.h"

#include <stdlib.h>
#include <string.h>

/* A fact that waits until all others are known. */
struct waiting {
	struct fact *fact;
	struct address on;
};

struct depend {
	struct address from, to;
	char type;
};

struct reading {
	PGconn *connection;
	struct catalog *catalog;
	const struct catalog_options *options;
	struct address_map addresses;
	struct snapshot left_out; /* ids (in: the extension, or NULL) that did not become facts */
	struct fact **parents;    /* by the number of a fact; what is left out has number 0 */
	struct waiting *waiting;
	size_t waiting_count, waiting_room;
	struct depend *depends;
	size_t depend_count;
	/* What may be something that no query gives: find_unknown. */
	struct address *unknown;
	size_t unknown_count, unknown_room;
};

/* ---------------------------------------------------------------- queries */

static uint32_t
number_at(const PGresult *result, int row, int column)
{
	return (uint32_t)strtoul(PQgetvalue(result, row, column), NULL, 10);
}

static void
take_members(void *context, const struct parallel_query *query, const PGresult *result)
{
	struct reading *r = context;
	struct arena *arena = &r->catalog->snapshot.arena;
	struct fact *extension = NULL;

	(void)query;
	for (int i = 0; i < PQntuples(result); i++) {
		struct address address = { number_at(result, i, 0), number_at(result, i, 1), 0 };
		const char *id = PQgetvalue(result, i, 2);

		if (!extension || strcmp(extension->id, id) != 0) {
			extension = arena_alloc(arena, sizeof *extension);
			extension->id = arena_string(arena, id);
		}
		address_map_add(&r->addresses, address, extension, true);
	}
}

static void
take_depends(void *context, const struct parallel_query *query, const PGresult *result)
{
	struct reading *r = context;
	size_t count = (size_t)PQntuples(result);

	(void)query;
	r->depends = memory_resize(NULL, count * sizeof *r->depends);
	r->depend_count = count;
	for (size_t i = 0; i < count; i++) {
		int row = (int)i;

		r->depends[i] = (struct depend){
			{ number_at(result, row, 0), number_at(result, row, 1), (int32_t)number_at(result, row, 2) },
			{ number_at(result, row, 3), number_at(result, row, 4), (int32_t)number_at(result, row, 5) },
			*PQgetvalue(result, row, 6),
		};
	}
}

static void
leave_out(struct reading *r, const char *id, const char *extension)
{
	struct fact *fact = arena_alloc(&r->catalog->snapshot.arena, sizeof *fact);

	fact->id = id;
	fact->in = extension;
	snapshot_add(&r->left_out, fact);
}

static void
withhold(struct catalog *catalog, const char *what, const char *why)
{
	GROW(catalog->withheld, catalog->withheld_count, catalog->withheld_room);
	catalog->withheld[catalog->withheld_count++] = (struct left_out){ what, why };
}

static void
add_unknown(struct catalog *catalog, const char *what, const char *why)
{
	struct arena *arena = &catalog->snapshot.arena;

	GROW(catalog->unknown, catalog->unknown_count, catalog->unknown_room);
	catalog->unknown[catalog->unknown_count++] = (struct left_out){ arena_string(arena, what), why };
}

static void
take_stray(void *context, const struct parallel_query *query, const PGresult *result)
{
	struct reading *r = context;

	(void)query;
	for (int i = 0; i < PQntuples(result); i++)
		add_unknown(r->catalog, PQgetvalue(result, i, 0),
		            arena_string(&r->catalog->snapshot.arena, PQgetvalue(result, i, 1)));
}

static void
take_facts(void *context, const struct parallel_query *query, const PGresult *result)
{
	struct reading *r = context;
	struct arena *arena = &r->catalog->snapshot.arena;
	struct row_shape shape;

	row_shape_of(&shape, arena, query->name, result);
	for (int i = 0; i < PQntuples(result); i++) {
		const struct address_entry *entry;
		struct row row;

		row_read(&row, arena, &shape, result, i);
		if (!row.fact->id) {
			withhold(r->catalog, row.withheld, "a secret");
			continue;
		}
		if (row.has_address) {
			struct address whole = { row.address.class, row.address.object, 0 };

			entry = address_map_get(&r->addresses, whole);
			if (entry && entry->member) {
				struct fact *extension = entry->fact; /* adding moves the entries */

				leave_out(r, row.fact->id, extension->id);
				for (size_t k = 0; k < row.also_count; k++)
					address_map_add(&r->addresses, address_parse(row.also[k]), extension, true);
				continue;
			}
			address_map_add(&r->addresses, row.address, row.fact, false);
		}
		for (size_t k = 0; k < row.also_count; k++)
			address_map_add(&r->addresses, address_parse(row.also[k]), row.fact, false);
		if (row.withheld)
			withhold(r->catalog, row.fact->id, row.withheld);
		if (row.left_out && !r->options->with_invalid) {
			withhold(r->catalog, row.fact->id, row.left_out);
			leave_out(r, row.fact->id, NULL);
		}
		if (row.has_on) {
			GROW(r->waiting, r->waiting_count, r->waiting_room);
			r->waiting[r->waiting_count++] = (struct waiting){ row.fact, row.on };
		} else {
			snapshot_add(&r->catalog->snapshot, row.fact);
		}
	}
}

/*
 * The more there is to read, the more a second connection helps; with little it
 * costs more than it gives. Two keep a server with two processors busy.
 */
static int
helpers_wanted(PGconn *connection)
{
	char *many = connection_value(connection,
		"select 1 from pg_catalog.pg_class where oid = 'pg_catalog.pg_attribute'::pg_catalog.regclass"
		" and pg_catalog.pg_relation_size(oid) > 1600000");

	free(many);
	return many ? 1 : 0;
}

static void
read_all(struct reading *r, bool inside)
{
	struct arena *arena = &r->catalog->snapshot.arena;
	struct parallel_query *list, member = { "catalog/member.sql", NULL, take_members, r, false };
	struct parallel *parallel;
	char *sql = query_text("member", r->connection);
	size_t count = 0, most = 3;

	/* A short one, set for the role or the database, must not end this. */
	connection_execute(r->connection, "set statement_timeout to 0");
	parallel = parallel_begin(r->connection, inside ? 0 : helpers_wanted(r->connection));
	member.sql = sql;
	parallel_run(parallel, &member, 1);
	free(sql);
	for (const struct query *query = queries; query->name; query++)
		most++;
	list = arena_array(arena, most, sizeof *list);
	for (const struct query *query = queries; query->name; query++)
		if (query_gives_facts(query))
			list[count++] = (struct parallel_query){
				arena_printf(arena, "catalog/%s.sql", query->name),
				query_text(query->name, r->connection), take_facts, r, query_deparses(query) };
	list[count++] = (struct parallel_query){ "catalog/depend.sql", query_text("depend", r->connection),
	                                         take_depends, r, false };
	list[count++] = (struct parallel_query){ "catalog/stray.sql", query_text("stray", r->connection),
	                                         take_stray, r, false };
	parallel_run(parallel, list, count);
	parallel_end(parallel);
	for (size_t i = 0; i < count; i++)
		free((char *)list[i].sql);
}

/* ---------------------------------------------------------------- parents */

static void
suspect(struct reading *r, struct address address)
{
	GROW(r->unknown, r->unknown_count, r->unknown_room);
	r->unknown[r->unknown_count++] = address;
}

/* Facts about other facts get their id and parent. */
static void
resolve_waiting(struct reading *r)
{
	struct arena *arena = &r->catalog->snapshot.arena;

	for (size_t i = 0; i < r->waiting_count; i++) {
		struct fact *fact = r->waiting[i].fact;
		const struct address_entry *entry = address_map_find(&r->addresses, r->waiting[i].on);

		if (!entry) {
			suspect(r, r->waiting[i].on);
			continue;
		}
		if (entry->member) {
			/* About a member of an extension; others may be about what has a name of its own. */
			if (!strcmp(row_id_about(arena, fact->id, entry->fact->id), fact->id))
				leave_out(r, fact->id, entry->fact->id);
			continue;
		}
		fact->id = row_id_about(arena, fact->id, entry->fact->id);
		fact->in = entry->fact->id;
		for (size_t k = 0; k < fact->needs_count; k++)
			fact->needs[k] = row_id_about(arena, fact->needs[k], entry->fact->id);
		snapshot_add(&r->catalog->snapshot, fact);
	}
}

/* PostKit's own: the migrations table stands in it. */
static const char own_schema[] = "schema postkit";

static bool
schema_wanted(const struct reading *r, const char *id)
{
	const char *const *schema = r->options->schemas;

	if (!strcmp(id, own_schema))
		return false;
	if (!schema || !id_is(id, "schema"))
		return true;
	for (; *schema; schema++) {
		char *name = identifier_plain(&r->catalog->snapshot.arena, id_name(id), strlen(id_name(id)));

		if (!strcmp(*schema, name))
			return true;
	}
	return false;
}

/* What a user put into a schema that an extension made stands in that extension. */
static void
adopt_orphans(struct reading *r)
{
	struct snapshot *snapshot = &r->catalog->snapshot;

	for (size_t i = 0; i < snapshot->count; i++) {
		struct fact *fact = snapshot->facts[i];
		const struct fact *schema = id_is(fact->in, "schema") ? snapshot_find(&r->left_out, fact->in) : NULL;

		if (schema && schema->in)
			fact->in = schema->in;
	}
}

/* Takes away what is not asked for, and whatever stands in something that is not there. */
static void
drop_orphans(struct reading *r)
{
	struct snapshot *snapshot = &r->catalog->snapshot;
	bool changed = true;

	for (size_t i = 0; i < snapshot->count; i++)
		if (!schema_wanted(r, snapshot->facts[i]->id))
			leave_out(r, snapshot->facts[i]->id, NULL);
	while (changed) {
		size_t kept = 0, all = snapshot->count;
		struct fact **dropped = memory_resize(NULL, all * sizeof *dropped);
		size_t dropped_count = 0;

		for (size_t i = 0; i < all; i++) {
			struct fact *fact = snapshot->facts[i];

			if (fact->in && snapshot_find(&r->left_out, fact->in))
				dropped[dropped_count++] = fact;
			else if (!snapshot_find(&r->left_out, fact->id))
				snapshot->facts[kept++] = fact;
		}
		changed = kept != all;
		snapshot->count = kept;
		for (size_t i = 0; i < dropped_count; i++)
			leave_out(r, dropped[i]->id, snapshot_find(&r->left_out, dropped[i]->in)->in);
		free(dropped);
	}
	snapshot_forget_places(snapshot);
}

/* Numbers the facts that stay, from 1, and finds the parent of each. */
static void
find_parents(struct reading *r)
{
	struct snapshot *snapshot = &r->catalog->snapshot;

	r->parents = memory_resize(NULL, (snapshot->count + 1) * sizeof *r->parents);
	for (size_t i = 0; i < snapshot->count; i++) {
		struct fact *fact = snapshot->facts[i];

		fact->number = i + 1;
		r->parents[i + 1] = fact->in ? snapshot_find(snapshot, fact->in) : NULL;
		if (fact->in && !r->parents[i + 1])
			die(STATUS_BUG, "\"%s\" stands in \"%s\", which no catalog query gives", fact->id, fact->in);
	}
}

/* ------------------------------------------------------------------ needs */

/* Whether `inner` is `outer` or stands in it, at any depth. */
static bool
stands_in(const struct reading *r, const struct fact *inner, const struct fact *outer)
{
	for (; inner; inner = r->parents[inner->number])
		if (inner == outer)
			return true;
	return false;
}

/* A need before it becomes a string of its fact. */
struct need {
	struct fact *from;
	const char *to;
};

static int
compare_need(const void *a, const void *b)
{
	const struct need *x = a, *y = b;

	if (x->from != y->from)
		return x->from->number < y->from->number ? -1 : 1;
	return strcmp(x->to, y->to);
}

struct needs {
	struct need *items;
	size_t count, room;
};

static void
need_add(struct needs *needs, struct fact *from, const char *to)
{
	GROW(needs->items, needs->count, needs->room);
	needs->items[needs->count++] = (struct need){ from, to };
}

/* The same of something that may have been left out. */
static void
need_find(struct reading *r, struct needs *needs, struct fact *from, const char *to)
{
	struct snapshot *snapshot = &r->catalog->snapshot;
	const struct fact *gone;

	if (snapshot_find(snapshot, to)) {
		need_add(needs, from, to);
		return;
	}
	gone = snapshot_find(&r->left_out, to);
	if (gone && gone->in) {
		need_add(needs, from, gone->in); /* the extension stands for its member */
	} else if (gone && r->options->schemas) {
		GROW(r->catalog->leaving, r->catalog->leaving_count, r->catalog->leaving_room);
		r->catalog->leaving[r->catalog->leaving_count++] =
			arena_printf(&snapshot->arena, "%s needs %s", from->id, to);
	}
}

static void
resolve_needs(struct reading *r)
{
	struct snapshot *snapshot = &r->catalog->snapshot;
	struct needs needs = { NULL, 0, 0 };

	for (size_t i = 0; i < snapshot->count; i++) {
		struct fact *fact = snapshot->facts[i];

		for (size_t k = 0; k < fact->needs_count; k++)
			need_find(r, &needs, fact, fact->needs[k]);
		fact->needs = NULL;
		fact->needs_count = 0;
	}
	for (size_t i = 0; i < r->depend_count; i++) {
		const struct address_entry *from = address_map_find(&r->addresses, r->depends[i].from);
		const struct address_entry *to = address_map_find(&r->addresses, r->depends[i].to);

		if (!from || !to || from->member || from->fact == to->fact || !from->fact->number)
			continue;
		if (to->member || !to->fact->number)
			need_find(r, &needs, from->fact, to->fact->id);
		/* What stands in one another needs no word. */
		else if (!stands_in(r, from->fact, to->fact) && !stands_in(r, to->fact, from->fact))
			need_add(&needs, from->fact, to->fact->id);
	}
	if (needs.count)
		qsort(needs.items, needs.count, sizeof *needs.items, compare_need);
	for (size_t i = 0; i < needs.count;) {
		struct fact *fact = needs.items[i].from;
		size_t end = i;

		while (end < needs.count && needs.items[end].from == fact)
			end++;
		fact->needs = arena_array(&snapshot->arena, end - i, sizeof *fact->needs);
		for (; i < end; i++)
			if (!fact->needs_count ||
			    strcmp(fact->needs[fact->needs_count - 1], needs.items[i].to) != 0)
				fact->needs[fact->needs_count++] = needs.items[i].to;
	}
	free(needs.items);
}

/* ---------------------------------------------------------------- unknown */

static int
compare_address(const void *a, const void *b)
{
	const struct address *x = a, *y = b;

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	if (x->object != y->object)
		return x->object < y->object ? -1 : 1;
	return x->part < y->part ? -1 : x->part > y->part;
}

/* What has dependencies of its own, is no fact, and is nobody's inner part. */
static void
suspect_dependent(struct reading *r)
{
	struct address_map inner = ADDRESS_MAP_INIT;
	struct fact mark = { 0 };

	for (size_t i = 0; i < r->depend_count; i++) {
		struct address from = r->depends[i].from;

		from.part = 0;
		if (r->depends[i].type != 'n')
			address_map_add(&inner, from, &mark, false);
	}
	for (size_t i = 0; i < r->depend_count; i++) {
		struct address from = r->depends[i].from;

		from.part = 0;
		if (!address_map_get(&r->addresses, from) && !address_map_get(&inner, from))
			suspect(r, from);
	}
	address_map_release(&inner);
}

/* Names what is of a kind that no query gives, or has something said about it that is lost so. */
static void
find_unknown(struct reading *r)
{
	struct catalog *catalog = r->catalog;
	struct sbuf sql = SBUF_INIT;
	PGresult *result;

	suspect_dependent(r);
	if (!r->unknown_count)
		return;
	qsort(r->unknown, r->unknown_count, sizeof *r->unknown, compare_address);
	sbuf_adds(&sql, "select pg_catalog.pg_describe_object(c, o, p) from (values ");
	for (size_t i = 0; i < r->unknown_count; i++) {
		struct address a = r->unknown[i];

		if (!i || compare_address(&a, &r->unknown[i - 1]))
			sbuf_addf(&sql, "%s(%u::oid,%u::oid,%d)", i ? "," : "", a.class, a.object, (int)a.part);
	}
	sbuf_adds(&sql, ") v(c, o, p) order by 1");
	result = connection_query(r->connection, sql.text);
	for (int i = 0; i < PQntuples(result); i++) {
		if (PQgetisnull(result, i, 0))
			continue;
		add_unknown(catalog, PQgetvalue(result, i, 0), "PostKit does not know this kind of object");
	}
	PQclear(result);
	sbuf_release(&sql);
}

void
catalog_read(PGconn *connection, const struct catalog_options *options, struct catalog *catalog)
{
	struct reading r = {
		.connection = connection, .catalog = catalog, .options = options,
		.addresses = ADDRESS_MAP_INIT, .left_out = SNAPSHOT_INIT,
	};
	bool inside = PQtransactionStatus(connection) == PQTRANS_INTRANS;

	read_all(&r, inside);
	resolve_waiting(&r);
	adopt_orphans(&r);
	drop_orphans(&r);
	find_parents(&r);
	resolve_needs(&r);
	find_unknown(&r);
	if (!inside)
		connection_execute(connection, "commit");
	snapshot_sort(&catalog->snapshot);
	address_map_release(&r.addresses);
	snapshot_release(&r.left_out);
	free(r.waiting);
	free(r.parents);
	free(r.depends);
	free(r.unknown);
}

void
catalog_release(struct catalog *catalog)
{
	snapshot_release(&catalog->snapshot);
	free(catalog->unknown);
	free(catalog->leaving);
	free(catalog->withheld);
	*catalog = (struct catalog)CATALOG_INIT;
}
