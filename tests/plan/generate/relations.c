/* What hangs on tables: views, indexes, constraints, triggers, policies, what is said of others. */
#include "world.h"

#include "base/sbuf.h"

#include <string.h>

enum {
	TABLES = MADE_TABLE | MADE_PARTITIONED,
	RELATIONS = TABLES | MADE_VIEW | MADE_MATVIEW | MADE_FOREIGN_TABLE
};

/* Some columns of a relation, as a select list; what they are goes into `into`. */
static size_t
write_list(struct world *world, struct sbuf *sql, const struct made *from, const char *alias, struct made_column *into, size_t count)
{
	for (size_t i = 0; i < from->column_count && count < COLUMNS_MOST; i++) {
		const struct made_column *column = &from->columns[i];
		bool there = false;

		if (!chance(world, text(world, "%s.%.16s", alias, column->name), 60))
			continue;
		for (size_t k = 0; k < count; k++)
			there |= !strcmp(into[k].name, column->name);
		if (there)
			continue;
		sbuf_addf(sql, "%s%s.%s", count ? ", " : "", alias, column->name);
		into[count++] = *column;
	}
	return count;
}

static bool
write_query(struct world *world, struct sbuf *sql, struct made_column *columns, size_t *count)
{
	const struct made *a = choose(world, "a", RELATIONS), *b = choose(world, "b", RELATIONS);
	const struct made *function = choose(world, "function", MADE_FUNCTION);
	const struct made_column *x;

	if (!a || !a->column_count)
		return false;
	x = choose_column(world, "x", a, CLASS_NUMBER);
	switch (draw(world, "form", 5)) {
	case 0:
		sbuf_addf(sql, "select %s as k, count(*) as n from %s a group by %s", x->name, a->name, x->name);
		columns[0] = *x;
		columns[0].name = "k";
		columns[1] = (struct made_column){ .name = "n", .type = "bigint", .class = CLASS_NUMBER };
		*count = 2;
		return true;
	case 1:
		if (b && b->column_count) {
			sbuf_adds(sql, "select ");
			*count = write_list(world, sql, b, "b", columns, write_list(world, sql, a, "a", columns, 0));
			sbuf_addf(sql, " from %s a %sjoin %s b on a.%s::text = b.%s::text", a->name, draw(world, "left", 2) ? "left " : "",
			          b->name, x->name, b->columns[0].name);
			return *count > 0;
		}
		break;
	case 2:
		if (function && x->class == CLASS_NUMBER) {
			sbuf_addf(sql, "select %.*s(a.%s::integer) as f%s from %s a",
			          (int)(strlen(function->name) - strlen("(integer)")), function->name, x->name,
			          /* The columns of what a materialized view keeps rows of cannot change. */
			          world->now->build == build_view ? ", a as whole" : "", a->name);
			columns[0] = (struct made_column){ .name = "f", .type = "integer", .class = CLASS_NUMBER };
			*count = 1;
			return true;
		}
		break;
	default:
		break;
	}
	sbuf_adds(sql, "select ");
	*count = write_list(world, sql, a, "a", columns, 0);
	sbuf_addf(sql, " from %s a%s", a->name, chance(world, "where", 40) ? text(world, " where a.%s is not null", x->name) : "");
	return *count > 0;
}

static struct made *
remember_view(struct world *world, enum made_kind kind, const char *name, const struct made_column *columns, size_t count)
{
	struct made *made = remember(world, kind, name, kind == MADE_VIEW ? "view" : "materialized view");

	made->owned = made->words;
	made->grant = "select";
	memcpy(made->columns, columns, count * sizeof *columns);
	made->column_count = count;
	return made;
}

void
build_view(struct world *world)
{
	struct sbuf sql = SBUF_INIT;
	struct made_column columns[COLUMNS_MOST];
	size_t count = 0;
	const char *name = draw_name(world);
	static const char *const options[] = { " with (security_barrier = true)", " with (security_invoker = true)",
		                               " with (check_option = local)" };

	if (write_query(world, &sql, columns, &count) &&
	    run(world, "create view %s%s as %s", name, chance(world, "options", 20) ? options[draw(world, "option", 3)] : "", sql.text)) {
		remember_view(world, MADE_VIEW, name, columns, count);
		if (chance(world, "comment", 20))
			run(world, "comment on column %s.%s is 'of a view'", name, columns[0].name);
		if (chance(world, "default", 10) && columns[0].class == CLASS_NUMBER)
			run(world, "alter view %s alter column %s set default 3", name, columns[0].name);
	}
	sbuf_release(&sql);
}

void
build_matview(struct world *world)
{
	struct sbuf sql = SBUF_INIT;
	struct made_column columns[COLUMNS_MOST];
	size_t count = 0;
	const char *name = draw_name(world);

	if (write_query(world, &sql, columns, &count) &&
	    run(world, "create materialized view %s%s as %s%s", name, chance(world, "options", 20) ? " with (fillfactor = 70)" : "", sql.text,
	        chance(world, "empty", 20) ? " with no data" : ""))
		remember_view(world, MADE_MATVIEW, name, columns, count);
	sbuf_release(&sql);
}

/* A name for a part, or for what stands in the schema of its table. */
static const char *
part_name(struct world *world)
{
	static const char *const names[] = { "p_one", "\"P two\"", "p_three", "\"p'four\"", "p_five", "p_six", "p_seven", "p_eight" };

	return names[draw(world, "name", 8)];
}

static const char *
schema_of(struct world *world, const char *name)
{
	const char *dot = *name == '"' ? strchr(name + 1, '"') + 1 : strchr(name, '.');

	return text(world, "%.*s", (int)(dot - name), name);
}

void
build_index(struct world *world)
{
	const struct made *table = choose(world, "table", TABLES | MADE_MATVIEW);
	const struct made *function = choose(world, "function", MADE_FUNCTION);
	const struct made_column *x, *y;
	const char *name = part_name(world), *what, *method = "", *include = "", *where = "";
	static const char *const orders[] = { "", " desc", " nulls first" };

	if (!table || !table->column_count)
		return;
	x = choose_column(world, "x", table, CLASS_NUMBER);
	y = choose_column(world, "y", table, CLASS_TEXT);
	what = text(world, "%s%s", x->name, orders[draw(world, "order", 3)]);
	switch (draw(world, "form", 8)) {
	case 0: what = text(world, "%s, %s", what, y->name); break;
	case 1: what = text(world, "(%s::text)", x->name), method = " using hash"; break;
	case 2: what = text(world, "lower(%s::character varying), %s", y->name, what); break;
	case 3: include = text(world, " include (%s)", y->name); break;
	case 4: where = text(world, " where %s is not null", y->name); break;
	case 5:
		if (function)
			what = text(world, "%.*s(%s::integer)", (int)(strlen(function->name) - strlen("(integer)")), function->name, x->name);
		break;
	default: break;
	}
	if (!run(world, "create %sindex %s on %s%s (%s)%s%s%s", chance(world, "unique", 25) ? "unique " : "", name, table->name, method, what,
	         include, chance(world, "options", 15) ? " with (fillfactor = 75)" : "", where))
		return;
	if (chance(world, "comment", 15))
		run(world, "comment on index %s.%s is 'i%u'", schema_of(world, table->name), name, draw(world, "comment of", 5));
	if (chance(world, "cluster", 10))
		run(world, "alter table %s cluster on %s", table->name, name);
	if (chance(world, "identity", 10))
		run(world, "alter table %s replica identity using index %s", table->name, name);
}

void
build_constraint(struct world *world)
{
	const struct made *table = choose(world, "table", TABLES);
	const struct made *function = choose(world, "function", MADE_FUNCTION);
	const struct made_column *x, *y;
	const char *name = part_name(world), *late;
	static const char *const deferrals[] = { "", "", " deferrable", " deferrable initially deferred" };
	bool is;

	if (!table || !table->column_count)
		return;
	x = choose_column(world, "x", table, CLASS_NUMBER);
	y = choose_column(world, "y", table, CLASS_TEXT);
	late = deferrals[draw(world, "deferral", 4)];
	switch (draw(world, "form", 8) % (table->kind & MADE_PARENT ? 3 : 8)) {
	case 0:
		is = run(world, "alter table %s add constraint %s unique (%s, %s)%s", table->name, name, x->name, y->name, late);
		break;
	case 1:
		is = run(world, "alter table %s add constraint %s unique%s (%s)%s", table->name, name,
		         world->version >= 15 && draw(world, "nulls", 2) ? " nulls not distinct" : "", y->name, late);
		break;
	case 2:
		is = run(world, "alter table %s add constraint %s exclude using btree (%s with =)%s", table->name, name, x->name, late);
		break;
	case 3:
		is = run(world, "alter table %s add constraint %s check (%s is not null) not valid", table->name, name, x->name);
		break;
	case 4:
		is = run(world, "alter table %s add constraint %s check (%s::text <> %s::text)%s", table->name, name, x->name, y->name,
		         chance(world, "no inherit", 25) ? " no inherit" : "");
		break;
	case 5:
		if (function && x->class == CLASS_NUMBER) {
			is = run(world, "alter table %s add constraint %s check (%.*s(%s::integer) > 0)", table->name, name,
			         (int)(strlen(function->name) - strlen("(integer)")), function->name, x->name);
			break;
		}
		/* fall through */
	default:
		is = run(world, "alter table %s add constraint %s check (length(%s::text) < %u)", table->name, name, y->name,
		         100 + draw(world, "limit", 3));
	}
	if (is && chance(world, "comment", 15))
		run(world, "comment on constraint %s on %s is 'k%u'", name, table->name, draw(world, "comment of", 5));
}

void
build_foreign_key(struct world *world)
{
	const struct made *table = choose(world, "table", TABLES), *to = choose(world, "to", TABLES);
	const struct made_column *x;
	static const char *const actions[] = { "", " on delete cascade", " on update set null", " match full", " on delete set default" };

	if (!table || !table->column_count || !to->key)
		return;
	x = choose_column(world, "x", table, CLASS_NUMBER);
	run(world, "alter table %s add constraint %s foreign key (%s) references %s (%s)%s%s%s", table->name, part_name(world), x->name,
	    to->name, to->key, actions[draw(world, "action", 5)], chance(world, "deferrable", 20) ? " deferrable initially deferred" : "",
	    chance(world, "not valid", 15) ? " not valid" : "");
}

void
build_trigger(struct world *world)
{
	const struct made *table = choose(world, "table", TABLES | MADE_VIEW | MADE_FOREIGN_TABLE);
	const struct made *function = choose(world, "function", MADE_TRIGGER_FUNCTION);
	const struct made_column *x;
	const char *name = part_name(world);
	static const char *const enabled[] = { "disable", "enable replica", "enable always" };
	bool is;

	if (!table || !function || !table->column_count)
		return;
	x = choose_column(world, "x", table, -1);
	if (table->kind == MADE_VIEW)
		is = run(world, "create trigger %s instead of %s on %s for each row execute function %s", name,
		         draw(world, "event", 2) ? "update" : "insert or delete", table->name, function->name);
	else
		switch (draw(world, "form", 4)) {
		case 0:
			is = run(world, "create trigger %s before update of %s on %s for each row when (old.* is distinct from new.*) execute function %s",
			         name, x->name, table->name, function->name);
			break;
		case 1:
			is = run(world, "create constraint trigger %s after insert or update on %s deferrable initially deferred for each row execute function %s",
			         name, table->name, function->name);
			break;
		case 2:
			is = run(world, "create trigger %s after update on %s referencing old table as o new table as n for each statement execute function %s",
			         name, table->name, function->name);
			break;
		default:
			is = run(world, "create trigger %s before %s on %s for each row when (new.%s is null) execute function %s", name,
			         draw(world, "event", 2) ? "insert" : "insert or update", table->name, x->name, function->name);
		}
	if (is && chance(world, "enabled", 20))
		run(world, "alter table %s %s trigger %s", table->name, enabled[draw(world, "enabled of", 3)], name);
	if (is && chance(world, "comment", 15))
		run(world, "comment on trigger %s on %s is 'tr'", name, table->name);
}

void
build_rule(struct world *world)
{
	const struct made *table = choose(world, "table", MADE_TABLE | MADE_VIEW), *other = choose(world, "other", RELATIONS);
	const char *name = part_name(world);

	if (!table || !other || !table->column_count || !other->column_count)
		return;
	if (run(world, "create rule %s as on %s to %s%s do %s", name, draw(world, "event", 2) ? "delete" : "update", table->name,
	        chance(world, "where", 30) ? text(world, " where old.%s is not null", choose_column(world, "x", table, -1)->name) : "",
	        draw(world, "also", 2) ? "instead nothing" : text(world, "also select %s from %s", choose_column(world, "y", other, -1)->name, other->name)) &&
	    (table->kind & MADE_TABLE) && chance(world, "disabled", 20))
		run(world, "alter table %s disable rule %s", table->name, name);
}

void
build_policy(struct world *world)
{
	const struct made *table = choose(world, "table", TABLES), *other = choose(world, "other", RELATIONS);
	const char *name = part_name(world);
	static const char *const commands[] = { "all", "select", "update", "delete" };
	static const char *const roles[] = { "public", "postkit_plan_a", "postkit_plan_a, postkit_plan_b" };
	unsigned command = draw(world, "command", 4);

	if (!table || !table->column_count || !other->column_count)
		return;
	if (run(world, "create policy %s on %s%s for %s to %s using (%s)%s", name, table->name,
	        chance(world, "restrictive", 20) ? " as restrictive" : "", commands[command], roles[draw(world, "roles", 3)],
	        draw(world, "reads", 2) ? text(world, "exists (select from %s o where o.%s is not null)", other->name, choose_column(world, "y", other, -1)->name) :
	        text(world, "%s is not null", choose_column(world, "x", table, -1)->name),
	        command != 1 && command != 3 && chance(world, "check", 40) ? " with check (true)" : "") &&
	    chance(world, "comment", 15))
		run(world, "comment on policy %s on %s is 'po'", name, table->name);
}

void
build_statistics(struct world *world)
{
	const struct made *table = choose(world, "table", TABLES | MADE_MATVIEW);
	const struct made_column *x, *y;
	const char *name = draw_name(world);
	static const char *const statistics[] = { "", " (ndistinct)", " (dependencies, mcv)" };

	if (!table || table->column_count < 2)
		return;
	x = choose_column(world, "x", table, CLASS_NUMBER);
	y = choose_column(world, "y", table, CLASS_TEXT);
	if (!run(world, "create statistics %s%s on %s, %s from %s", name, statistics[draw(world, "kinds", 3)], x->name,
	         world->version >= 14 && draw(world, "expression", 2) ? text(world, "lower(%s::text)", y->name) : y->name, table->name))
		return;
	remember(world, MADE_OTHER, name, "statistics")->owned = "statistics";
	if (chance(world, "target", 20))
		run(world, "alter statistics %s set statistics 50", name);
}

void
build_publication(struct world *world)
{
	static const char *const names[] = { "pub", "\"Pub 2\"" };
	const struct made *a = choose(world, "a", TABLES), *b = choose(world, "b", MADE_TABLE), *schema = choose(world, "schema", MADE_SCHEMA);
	const char *name = names[draw(world, "name", 2)], *what = "", *more = "";

	switch (draw(world, "form", 4)) {
	case 0: what = " for all tables"; break;
	case 1:
		if (schema && world->version >= 15)
			what = text(world, " for tables in schema %s", schema->name);
		break;
	default:
		if (a && a->column_count && world->version >= 15 && chance(world, "columns", 40))
			more = text(world, " (%s)", choose_column(world, "x", a, -1)->name);
		if (a && a->column_count && world->version >= 15 && chance(world, "where", 30))
			more = text(world, "%s where (%s is not null)", more, choose_column(world, "y", a, -1)->name);
		if (a)
			what = text(world, " for table %s%s%s%s", a->name, more, b && b != a ? ", " : "", b && b != a ? b->name : "");
	}
	if (run(world, "create publication %s%s%s", name, what,
	        chance(world, "options", 30) ? " with (publish = 'insert, update')" : chance(world, "root", 20) ? " with (publish_via_partition_root = true)" : ""))
		remember(world, MADE_OTHER, name, "publication")->owned = "publication";
}

/* ------------------------------------------------- what is said of others */

enum { ANYTHING = ~0 };

void
build_comment(struct world *world)
{
	static const char *const texts[] = { "'one'", "'it''s'", "'two\nlines'", "E'\\\\ ü'" };
	const struct made *made = choose(world, "of", ANYTHING);

	if (made)
		run(world, "comment on %s %s is %s", made->words, made->name, texts[draw(world, "text", 4)]);
}

void
build_owner(struct world *world)
{
	const struct made *made = choose(world, "of", ANYTHING);

	/* Whoever owns a materialized view, or a view that one reads, is who refreshes it, and may not read what it is made of. */
	if (made && made->owned && made->kind != MADE_MATVIEW && made->kind != MADE_VIEW)
		run(world, "alter %s %s owner to %s", made->owned, made->name, draw(world, "role", 2) ? "postkit_plan_a" : "postkit_plan_b");
}

void
build_privilege(struct world *world)
{
	static const char *const roles[] = { "postkit_plan_a", "postkit_plan_b", "public" };
	const struct made *made = choose(world, "of", ANYTHING);
	const char *role = roles[draw(world, "role", 3)], *words;

	if (!made || !made->grant)
		return;
	words = made->kind & (RELATIONS) ? "table" : made->words;
	if (!strcmp(words, "aggregate"))
		words = "function";
	if (chance(world, "revoke", 25))
		run(world, "revoke all on %s %s from %s", words, made->name, role);
	else
		run(world, "grant %s on %s %s to %s%s", draw(world, "all", 2) ? "all" : made->grant, words, made->name, role,
		    strcmp(role, "public") != 0 && chance(world, "option", 20) ? " with grant option" : "");
}

void
build_default_privilege(struct world *world)
{
	static const char *const forms[] = { "grant select on tables to postkit_plan_a", "grant execute on functions to postkit_plan_b",
		                             "revoke execute on functions from public", "grant usage on sequences to postkit_plan_a",
		                             "grant all on types to postkit_plan_b", "grant select, insert on tables to postkit_plan_b with grant option" };
	const struct made *schema = choose(world, "schema", MADE_SCHEMA);
	const char *form = forms[draw(world, "form", 6)];

	if (schema && chance(world, "in schema", 50))
		run(world, "alter default privileges in schema %s %s", schema->name, form);
	else
		run(world, "alter default privileges%s %s", draw(world, "for", 2) ? " for role postkit_plan_a" : "", form);
}
