/* The order that statements are loaded in, and the settings each runs under. */
#include "test.h"
#include "base/sbuf.h"
#include "sql/load_order.h"

#include <string.h>

static struct arena arena;

/* The statements of the files (divided by NULL-ended arguments) in loading order, divided by `|`. */
static const char *
ordered(const char *const *files)
{
	struct sbuf out = SBUF_INIT;
	struct sources sources;
	struct load_order order;

	sources_init(&sources, &arena);
	for (; *files; files++)
		sources_add_text(&sources, "test.sql", *files, strlen(*files), SOURCE_MAIN);
	load_order_make(&order, &arena, &sources);
	for (size_t i = 0; i < order.count; i++)
		sbuf_addf(&out, "%s|", order.nodes[order.sequence[i]].sql);
	return sbuf_take(&out);
}

#define ORDERED(name, expected, ...) \
	check_text(ordered((const char *const[]){ __VA_ARGS__, NULL }), expected, name)

static void
test_stages(void)
{
	ORDERED("kinds come in the order in which they need each other",
	        "create schema s|create extension e|create type s.e as enum ('a')|create table s.t (a s.e)|"
	        "create index on s.t (a)|create view s.v as select from s.t|alter table s.t add foreign key (a) references s.u|"
	        "alter table s.t owner to o|comment on table s.t is ''|grant select on s.t to x|insert into s.t values ('a')|"
	        "refresh materialized view s.m|create publication p for all tables|"
	        "alter default privileges grant select on tables to x|create event trigger g on ddl_command_end execute function f()|",
	        "create event trigger g on ddl_command_end execute function f();"
	        "create publication p for all tables; refresh materialized view s.m; insert into s.t values ('a');"
	        "grant select on s.t to x; comment on table s.t is ''; alter table s.t owner to o;"
	        "alter table s.t add foreign key (a) references s.u; create view s.v as select from s.t;"
	        "create index on s.t (a); create table s.t (a s.e); create type s.e as enum ('a');"
	        "create extension e; create schema s; alter default privileges grant select on tables to x");
	ORDERED("default privileges act on what their file makes below them, and on nothing else",
	        "create table above ()|create table other ()|grant select on other to x|"
	        "alter default privileges grant select on tables to x|create table below (like above)|"
	        "alter default privileges grant insert on tables to x|create table last ()|",
	        "create table above (); alter default privileges grant select on tables to x;"
	        "create table below (like above); alter default privileges grant insert on tables to x; create table last ()",
	        "grant select on other to x; create table other ()");
	ORDERED("an owned sequence comes after the owners",
	        "create sequence q|create table t ()|alter table t owner to o|alter sequence q owner to o|"
	        "alter sequence q owned by t.a|",
	        "alter sequence q owned by t.a; create table t (); create sequence q;"
	        "alter table t owner to o; alter sequence q owner to o");
	ORDERED("partitions are attached before indexes are made",
	        "create table p () partition by list (a)|create table c ()|alter table only p attach partition c for values in (1)|"
	        "create index i on p (a)|",
	        "create index i on p (a); alter table only p attach partition c for values in (1);"
	        "create table p () partition by list (a); create table c ()");
	ORDERED("a block goes where its commands go",
	        "do $$ begin create type e as enum ('a'); exception when duplicate_object then null; end $$|"
	        "create table t (e e)|do $$ begin execute 'grant select on t to x'; end $$|",
	        "do $$ begin execute 'grant select on t to x'; end $$; create table t (e e);"
	        "do $$ begin create type e as enum ('a'); exception when duplicate_object then null; end $$");
}

static void
test_mentions(void)
{
	ORDERED("views over views",
	        "create view a as select 1|create view b as select * from a|create view c as select * from b|",
	        "create view c as select * from b", "create view b as select * from a", "create view a as select 1");
	ORDERED("a function that takes a row of a table",
	        "create table t ()|create function f(t) returns int language sql as 'select 1'|",
	        "create function f(t) returns int language sql as 'select 1'; create table t ()");
	ORDERED("names in strings, quoted names, the search_path",
	        "create sequence x.\"S\"|create table y.t (a int default nextval('x.\"S\"'))|",
	        "set search_path = y, x; create table y.t (a int default nextval('x.\"S\"'))",
	        "set search_path = x; create sequence x.\"S\"");
	ORDERED("without a schema the search_path decides",
	        "create view w as select 2|create view v as select * from x.w|create view w as select 1|",
	        "create view v as select * from x.w; set search_path = y; create view w as select 1;"
	        "set search_path = x; create view w as select 2");
	ORDERED("a loop is no trouble",
	        "create view b as select * from a|create view a as select * from b|",
	        "create view a as select * from b; create view b as select * from a");
}

static void
test_file_order(void)
{
	ORDERED("what changes a table stays where it is in its file",
	        "create table t (a int)|create view v as select * from t|alter table t add column b int|"
	        "create view w as select * from t|",
	        "create table t (a int); create view v as select * from t; alter table t add column b int;"
	        "create view w as select * from t");
	ORDERED("and comes first for other files",
	        "create table t (a int)|alter table t add column b int|create view v as select * from t|",
	        "create view v as select * from t", "create table t (a int)", "alter table t add column b int");
	ORDERED("a drop before what it makes room for",
	        "drop view if exists v|create table t ()|create view v as select from t|",
	        "drop view if exists v; create view v as select from t", "create table t ()");
	ORDERED("a rename",
	        "create table a ()|create index on a (x)|alter table a rename to b|create index on b (y)|",
	        "create table a (); create index on a (x); alter table a rename to b; create index on b (y)");
	ORDERED("a view that is made and then replaced",
	        "create view v as select null::int as a|create view w as select a from v|"
	        "create or replace view v as select a from w|",
	        "create or replace view v as select a from w", "create view w as select a from v",
	        "create view v as select null::int as a");
	ORDERED("privileges stay in the order of their file, otherwise REVOKE comes first",
	        "revoke all on t from y|grant all on t to x|revoke delete on t from x|",
	        "grant all on t to x; revoke delete on t from x", "revoke all on t from y");
	ORDERED("LIKE copies all of a table",
	        "create table t (a int)|create index on t (a)|create table u (like t including all)|",
	        "create table u (like t including all)", "create index on t (a)", "create table t (a int)");
	ORDERED("columns of a table before those of its partitions",
	        "create table p (a int, b int) partition by list (a)|"
	        "create table c partition of p for values in (1) partition by list (b)|create table d (a int, b int)|"
	        "alter table c attach partition d default|"
	        "alter table p alter b set statistics 2|alter table d alter b set statistics 3|",
	        "create table d (a int, b int)", "alter table d alter b set statistics 3",
	        "alter table c attach partition d default",
	        "create table c partition of p for values in (1) partition by list (b)",
	        "create table p (a int, b int) partition by list (a)", "alter table p alter b set statistics 2");
	ORDERED("an index of a partition before that of its parent",
	        "create table p (a int) partition by list (a)|create table c partition of p default|"
	        "create index c1 on c (a)|create index p1 on p (a)|",
	        "create index p1 on p (a)", "create table c partition of p default",
	        "create table p (a int) partition by list (a); create index c1 on c (a)");
	ORDERED("unless a file has it so",
	        "create table p (a int) partition by list (a)|create table c partition of p default|"
	        "create index p1 on p (a)|create index c1 on c (a)|",
	        "create index p1 on p (a); create index c1 on c (a)",
	        "create table p (a int) partition by list (a); create table c partition of p default");
	ORDERED("CONCURRENTLY is left out, places stay",
	        "create unique index              i on t (a)|",
	        "create unique index concurrently i on t (a)");
}

/* What leads from the settings of each statement to those of the next. */
static const char *
switches(const char *text)
{
	struct sbuf out = SBUF_INIT;
	struct setting_steps steps = { 0 };
	struct sources sources;
	const struct settings *now = &settings_none;

	sources_init(&sources, &arena);
	sources_add_text(&sources, "test.sql", text, strlen(text), SOURCE_MAIN);
	for (size_t i = 0; i < sources.count; i++) {
		settings_switch(now, sources.items[i].settings, &arena, &steps);
		for (size_t k = 0; k < steps.count; k++)
			sbuf_addf(&out, "%s; ", steps.items[k]);
		sbuf_addf(&out, "%s|", sources.items[i].statement.text);
		now = sources.items[i].settings;
	}
	for (size_t i = 0; i < sources.problem_count; i++)
		sbuf_addf(&out, "!%s|", sources.problems[i].text);
	return sbuf_take(&out);
}

static void
test_settings(void)
{
	check_text(switches("set search_path to a, \"B\"; x; y; set SEARCH_PATH = c; z; reset search_path; w"),
	           "SET search_path to a, \"B\"; x|y|SET SEARCH_PATH = c; z|SET search_path = public; w|",
	           "SET and RESET");
	check_text(switches("SELECT pg_catalog.set_config('search_path', '', false); x"),
	           "SELECT pg_catalog.set_config('search_path', '', false); x|", "set_config");
	check_text(switches("select set_config('a', 'b', false), 1; x"),
	           "select set_config('a', 'b', false), 1|x|", "what does more than set is a statement");
	check_text(switches("set check_function_bodies = false; set statement_timeout = 1; x"), "x|",
	           "settings without an effect on what is made are left out");
	check_text(switches("set local a.b = 1; x; begin; set local a.b = 1; y; commit; z"),
	           "x|SET a.b = 1; y|RESET a.b; z|", "SET LOCAL holds until COMMIT");
	check_text(switches("set session authorization a; set role b; x; set work_mem = 1; y; reset role; z; "
	                    "set session authorization default; w"),
	           "SET SESSION AUTHORIZATION a; SET role b; x|"
	           "RESET SESSION AUTHORIZATION; RESET ROLE; SET work_mem = 1; SET SESSION AUTHORIZATION a; SET role b; y|"
	           "RESET SESSION AUTHORIZATION; RESET ROLE; SET SESSION AUTHORIZATION a; z|"
	           "RESET SESSION AUTHORIZATION; RESET ROLE; w|",
	           "settings are made as the user who logged in");
	check_text(switches("set time zone 'UTC'; set xml option document; x; reset all; y"),
	           "SET TIME ZONE 'UTC'; SET XML OPTION document; x|RESET timezone; SET xmloption = content; y|",
	           "settings that have words of their own");
	check_text(switches("start transaction; set transaction read only; x; savepoint a; release a; end; y"),
	           "x|y|", "transactions are left out");
	check_text(switches("rollback"), "!ROLLBACK in a file to be loaded: what it would undo stands there as declared|",
	           "but a ROLLBACK is not");
	check_text(switches("set client_encoding = 'latin1'; set standard_conforming_strings = off; set names 'utf8'"),
	           "!another client_encoding than UTF8|!standard_conforming_strings off|",
	           "settings that change how files are read");
	check_text(switches("\\set x\n\\restrict a\n\\i b\n\\unrestrict a\nx"),
	           "x|!the psql command \\set cannot be followed here|!the psql command \\i after \\restrict|",
	           "psql commands");
}

int
main(void)
{
	test_stages();
	test_mentions();
	test_file_order();
	test_settings();
	return test_end();
}
