/* Functions and what is made of them. */
#include "world.h"

static struct made *
remember_routine(struct world *world, enum made_kind kind, const char *name, const char *arguments, const char *words)
{
	struct made *made = remember(world, kind, text(world, "%s(%s)", name, arguments), words);

	made->owned = words;
	made->grant = "execute";
	return made;
}

static const char *
attributes(struct world *world)
{
	static const char *const volatilities[] = { "", " stable", " immutable" };

	return text(world, "%s%s%s%s%s%s", volatilities[draw(world, "volatility", 3)],
	            chance(world, "strict", 15) ? " strict" : "", chance(world, "definer", 15) ? " security definer" : "",
	            chance(world, "parallel", 15) ? " parallel safe" : "", chance(world, "cost", 15) ? " cost 5" : "",
	            chance(world, "set", 15) ? " set work_mem to '8MB' set search_path to one, \"Two\"" : "");
}

/* (integer) returns integer: for checks, defaults and indexes. */
void
build_function(struct world *world)
{
	const char *name = draw_name(world);
	const char *argument = draw(world, "argument", 2) ? "integer" : "x integer";
	unsigned body = draw(world, "body", 4);
	bool made;

	if (body == 3 && world->version >= 14)
		made = run(world, "create function %s(%s) returns integer language sql immutable return $1 + 1", name, argument);
	else
		made = run(world, "create function %s(%s) returns integer language %s immutable%s as %s", name, argument,
		           body == 2 ? "plpgsql" : "sql", chance(world, "strict", 20) ? " strict" : "",
		           body == 2 ? "$$ begin return $1; end $$" : body ? "'select $1'" : "$f$ select $1 + 2 $f$");
	if (made)
		remember_routine(world, MADE_FUNCTION | MADE_ROUTINE, name, "integer", "function");
}

/* What takes or gives rows of a relation, or reads it. */
void
build_row_function(struct world *world)
{
	const char *name = draw_name(world);
	const struct made *row = choose(world, "row", MADE_TABLE | MADE_PARTITIONED | MADE_VIEW | MADE_COMPOSITE);
	const struct made *from = choose(world, "from", MADE_TABLE | MADE_PARTITIONED | MADE_VIEW | MADE_MATVIEW);
	const struct made *type = choose(world, "type", MADE_TYPE);
	const struct made_column *column;
	const char *given = attributes(world);

	if (!row || !from || !from->column_count)
		return;
	column = choose_column(world, "column", from, -1);
	switch (draw(world, "form", 7)) {
	case 0:
		if (run(world, "create function %s(%s) returns integer language sql%s as 'select 1'", name, row->name, given))
			remember_routine(world, MADE_ROUTINE, name, row->name, "function");
		break;
	case 1:
		if (run(world, "create function %s(n integer default 3) returns setof %s language plpgsql%s as 'begin return; end'",
		        name, row->name, given))
			remember_routine(world, MADE_ROUTINE, name, "integer", "function");
		break;
	case 2:
		if (world->version >= 14 &&
		    run(world, "create function %s() returns bigint language sql%s begin atomic select count(%s) from %s; end",
		        name, given, column->name, from->name))
			remember_routine(world, MADE_ROUTINE, name, "", "function");
		break;
	case 3:
		if (world->version >= 14 &&
		    run(world, "create function %s(r %s) returns %s language sql%s begin atomic select %s from %s limit 1; end",
		        name, row->name, column->type, given, column->name, from->name))
			remember_routine(world, MADE_ROUTINE, name, row->name, "function");
		break;
	case 4:
		if (type && run(world, "create function %s(v %s, variadic list integer[] default '{1,2}') returns %s[] language sql%s"
		                " as 'select null'", name, type->name, type->name, given))
			remember_routine(world, MADE_ROUTINE, name, text(world, "%s, integer[]", type->name), "function");
		break;
	case 5:
		if (run(world, "create function %s(out a %s, out b integer) language sql%s as 'select null, 1'", name,
		        column->type, given))
			remember_routine(world, MADE_ROUTINE, name, "", "function");
		break;
	default:
		if (run(world, "create function %s(b boolean%s) returns table(\"A\" integer, b2 %s) language sql%s rows 7 as 'select 1, null'",
		        name, chance(world, "with default", 40) ? " default true" : "", row->name, given))
			remember_routine(world, MADE_ROUTINE, name, "boolean", "function");
	}
}

void
build_trigger_function(struct world *world)
{
	const char *name = draw_name(world);

	if (run(world, "create function %s() returns trigger language plpgsql as 'begin %sreturn new; end'", name,
	        draw(world, "body", 2) ? "null; " : ""))
		remember_routine(world, MADE_TRIGGER_FUNCTION | MADE_ROUTINE, name, "", "function");
}

void
build_procedure(struct world *world)
{
	const char *name = draw_name(world);
	const struct made *type = choose(world, "type", MADE_TYPE);
	const char *argument = type && draw(world, "argument", 2) ? type->name : "integer";

	if (run(world, "create procedure %s(inout p %s) language plpgsql%s as 'begin %s end'", name, argument,
	        chance(world, "definer", 20) ? " security definer" : "", draw(world, "body", 2) ? "null;" : ""))
		remember_routine(world, MADE_ROUTINE, name, argument, "procedure");
}

void
build_aggregate(struct world *world)
{
	const char *name = draw_name(world);
	static const char *const forms[] = { "sfunc = pg_catalog.int4pl, stype = integer",
		                             "sfunc = pg_catalog.int4pl, stype = integer, initcond = '0'",
		                             "sfunc = pg_catalog.int4larger, stype = integer, parallel = safe" };

	if (run(world, "create aggregate %s(integer) (%s)", name, forms[draw(world, "form", 3)]))
		remember_routine(world, MADE_ROUTINE, name, "integer", "aggregate");
}

void
build_operator(struct world *world)
{
	static const char *const signs[] = { "<@>", "+++" };
	const struct made *schema = choose(world, "schema", MADE_SCHEMA);
	const struct made *type = choose(world, "type", MADE_TYPE);
	const char *prefix = schema ? schema->name : "public", *sign = signs[draw(world, "sign", 2)];
	const char *name = draw_name(world), *argument = type ? type->name : "integer";

	if (!run(world, "create function %s(%s, integer) returns boolean language sql immutable as 'select true'", name, argument))
		return;
	remember_routine(world, MADE_ROUTINE, name, text(world, "%s, integer", argument), "function");
	if (run(world, "create operator %s.%s (function = %s, leftarg = %s, rightarg = integer%s)", prefix, sign, name, argument,
	        chance(world, "restrict", 30) ? ", restrict = pg_catalog.eqsel" : ""))
		remember(world, MADE_OTHER, text(world, "%s.%s (%s, integer)", prefix, sign, argument), "operator")->owned = "operator";
}

void
build_cast(struct world *world)
{
	const struct made *row = choose(world, "row", MADE_TABLE | MADE_COMPOSITE);
	const char *name = draw_name(world);
	static const char *const contexts[] = { "", " as assignment" };

	if (!row)
		return;
	if (!run(world, "create function %s(%s) returns integer language sql immutable as 'select 5'", name, row->name))
		return;
	remember_routine(world, MADE_ROUTINE, name, row->name, "function");
	if (run(world, "create cast (%s as integer) with function %s(%s)%s", row->name, name, row->name,
	        contexts[draw(world, "context", 2)]))
		remember(world, MADE_OTHER, text(world, "(%s as integer)", row->name), "cast");
}

void
build_event_trigger(struct world *world)
{
	const char *name = draw_name(world);
	static const char *const events[] = { "ddl_command_start", "ddl_command_end", "sql_drop" };
	static const char *const enabled[] = { "enable", "disable", "enable replica", "enable always" };

	if (!run(world, "create function %s() returns event_trigger language plpgsql as 'begin end'", name))
		return;
	remember_routine(world, MADE_ROUTINE, name, "", "function");
	if (!run(world, "create event trigger watch on %s%s execute function %s()", events[draw(world, "event", 3)],
	         chance(world, "tag", 30) ? " when tag in ('CREATE TABLE', 'DROP TABLE')" : "", name))
		return;
	remember(world, MADE_OTHER, "watch", "event trigger");
	if (chance(world, "set", 30))
		run(world, "alter event trigger watch %s", enabled[draw(world, "enabled", 4)]);
}
