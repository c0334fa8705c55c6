-- Functions and procedures: every attribute, arguments and results of all sorts, bodies.
create type pair as (a integer, b text);

create function nothing() returns void language sql as '';

create function plain(integer, text) returns integer language sql as $$ select $1 $$;

create function plain(integer) returns integer language plpgsql as $$
begin
	-- indented as it was written
	return $1;
end
$$;

create function everything(a integer, b text default 'it''s', c timestamp(3) default now(), variadic d text[] default '{}')
returns setof pair language plpgsql stable strict leakproof security definer parallel restricted cost 12.5 rows 7
support generate_series_int4_support
set search_path to public, "My Schema.🐘", '', pg_temp set work_mem = '64MB' set "my.setting" to 'it''s, "so"' set timezone to 'UTC' set statement_timeout = 0
as $$ begin return query select 1, $it$x$it$; end $$;

create function volatile_defaults(integer) returns setof integer language sql volatile called on null input
not leakproof security invoker parallel unsafe cost 100 rows 1000 as 'select $1';

create function immutable_safe(integer) returns integer language sql immutable parallel safe returns null on null input as 'select $1';

create function outs(a integer, out b integer, inout c text, out "d.d" pair) language sql as $$ select 1, '', null::pair $$;

create function set_of_outs(out a integer, out b text) returns setof record language sql as $$ select 1, '' $$;

create function one_out(out integer) language sql as 'select 1';

create function tables(a integer) returns table (b integer, "c c" text[]) language sql as $$ select 1, '{}'::text[] $$;

create function wide(first_of_many_arguments integer, second_of_many_arguments text default null, third_of_many_arguments numeric default 1.5)
returns table (first_of_many_columns integer, second_of_many_columns text, third_of_many_columns numeric) language sql as 'select 1, null, 1.5';

create function anything(anyelement, anyarray, "any") returns anyelement language internal as 'int4pl';

create function polymorphic(variadic anyarray) returns anyelement language sql as 'select $1[1]';

create function on_trigger() returns trigger language plpgsql as $body$ begin return new; end $body$;

create function on_event() returns event_trigger language plpgsql as $body$ begin end $body$;

create function ranked() returns bigint language internal window as 'window_row_number';

create function of_another_name(integer, integer) returns integer language internal strict as 'int4pl';

create function dollars(text) returns text language sql as 'select $$a$$ || $_$b$_$ || ''$''';

create function ends_in_a_tag() returns text language sql as 'select $$a$$ --$_';

create function carriage() returns text language sql as E'select\r\n''a\\b''\t;\n';

create function blank() returns text language plpgsql as ' begin end';

create function keyword("select" integer, "a.b" integer, "q""uote" text, "two
lines" text) returns integer language sql as 'select 1';

create function types("char", char, varchar, bit, numeric, time, timestamptz, interval, pair, pair[], regclass, json) returns "char" language sql as $$ select 'a'::"char" $$;

create procedure plain_procedure() language sql as '';

create procedure everything_procedure(a integer, inout b text default 'x', variadic c integer[] default '{1,2}')
language plpgsql security definer set search_path = '' as $$ begin end $$;

create schema "My Schema.🐘";

create type "My Schema.🐘".pair as (a integer);

create function "My Schema.🐘"."a function with ""quotes"", (parens), 😀 of almost sixty-three"("a ""b""" integer, variadic "b.b" text[] default null)
returns integer language sql as 'select 1';

create function "My Schema.🐘"."a function with ""quotes"", (parens), 😀 of almost sixty-three"("a ""b""" "My Schema.🐘".pair default null)
returns "My Schema.🐘".pair[] language sql as 'select null::"My Schema.🐘".pair[]';

create table sheet (a integer default plain(1, 'a'), b integer generated always as (immutable_safe(1)) stored);

create function of_a_row(sheet) returns setof sheet language sql as 'select $1';

-- A default that calls a function of the table's row type, a check that does.
create table turns (a integer, b integer);

create function turn_of(turns) returns integer language plpgsql immutable as 'begin return 1; end';

alter table turns alter a set default turn_of(null), add check (turn_of(turns) > 0);

comment on function plain(integer, text) is E'of a function\nin two lines, with ''quotes'' and 😀';

comment on function everything(integer, text, timestamp, text[]) is 'variadic';

comment on procedure everything_procedure(integer, text, integer[]) is 'of a procedure';

comment on function "My Schema.🐘"."a function with ""quotes"", (parens), 😀 of almost sixty-three"("My Schema.🐘".pair) is 'hostile';

-- Bodies in standard SQL: what they name is needed.
-- @min 14
create view numbers as select 1 as a, 'x'::text as b;

-- @min 14
create function returned(a integer, b integer default 3) returns integer language sql immutable return a + b;

-- @min 14
create function atomic(a integer) returns setof numbers language sql stable
begin atomic
  select n.a, n.b from numbers n where n.a = atomic.a;
  select returned(1), 'it''s' as b;
end;

-- @min 14
create procedure atomic_procedure(inout a integer)
begin atomic
  insert into sheet(a) values (a);
  select returned(a);
end;

-- A function and a view that need each other.
-- @min 14
create function looped() returns bigint language sql stable parallel safe return 1;

-- @min 14
create view reads as select looped() as n, 'x'::varchar(7) as t;

-- @min 14
create or replace function looped() returns bigint language sql stable parallel safe return (select count(*) from reads where t <> '');

-- Two functions that call each other.
-- @min 14
create function ping(n integer, step integer default 1) returns integer language sql return n;

-- @min 14
create function pong(n integer) returns integer language sql return ping(n - 1);

-- @min 14
create or replace function ping(n integer, step integer default 1) returns integer language sql
return case when n > 0 then pong(n - step) else 0 end;

-- A table's default that calls what reads the table.
-- @min 14
create table counted (id integer);

-- @min 14
create function counted_next() returns bigint language sql begin atomic select count(*) from counted; end;

-- @min 14
alter table counted alter column id set default counted_next();

-- Procedures that only their modes tell apart.
-- @min 14
create procedure twins(a integer, out b integer) language plpgsql as 'begin end';

-- @min 14
create procedure twins(a integer, b integer) language plpgsql as 'begin end';

-- @min 14
comment on procedure twins(in integer, in integer) is 'both in';

-- @min 14
comment on procedure twins(in integer, out integer) is 'one out';
