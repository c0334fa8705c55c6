-- Privileges, on all kinds that have them.
create schema app;
grant usage, create on schema app to alice, public;
create table app.t (a int, b int, "C c.""d""" int);
grant select on app.t to public;
grant all on app.t to alice;
grant select, insert on app.t to by with grant option;
grant update on app.t to by, "new
line to ""x"" by y 🐘";
revoke truncate on app.t from postgres;
grant select on app.t to postgres with grant option;
grant select (a), insert (a, b), update ("C c.""d""") on app.t to "Bob ""B."" Ünal";
grant references (b) on app.t to carol with grant option;
set role by;
grant select on app.t to carol with grant option;
grant insert (a) on app.t to alice;
set role carol;
grant select on app.t to a_role_with_a_name_of_sixty_three_bytes_which_is_the_longest_63;
grant references (b) on app.t to alice;
reset role;
grant select (ctid), select (tableoid) on app.t to alice;
create table app.none (a int);
revoke all on app.none from postgres;
create table app.same (a int);
grant select on app.same to alice;
revoke select on app.same from alice;
create table app."to ""alice"" by" (a int);
grant select on app."to ""alice"" by" to alice;
alter table app."to ""alice"" by" owner to carol;
grant insert on app."to ""alice"" by" to public;

-- @min 17
grant maintain on app.same to alice with grant option;

create table app.of_carol (id serial primary key, i int generated always as identity);
alter table app.of_carol owner to carol;
grant usage on sequence app.of_carol_id_seq to alice;
grant select, usage on sequence app.of_carol_i_seq to alice;
create sequence app."S s";
grant usage, select, update on sequence app."S s" to public;
create view app.v as select 1 as a, 2 as b;
grant select on app.v to alice with grant option;
grant select (b) on app.v to public;
create materialized view app.m as select 1 as a;
grant select on app.m to public;

create foreign data wrapper wrapper;
grant usage on foreign data wrapper wrapper to alice with grant option;
create server "Serv""er" foreign data wrapper wrapper;
grant usage on foreign server "Serv""er" to public;
create foreign table app.f (id int) server "Serv""er";
grant select on app.f to alice;
grant insert (id) on app.f to carol;

create function app.f(int, "text" text, timestamp without time zone) returns int language sql as 'select 1';
revoke execute on function app.f from public;
grant execute on function app.f to alice;
create function app.g() returns int language sql as 'select 1';
grant execute on function app.g to alice;
create procedure app.p(int) language sql as 'select 1';
revoke all on procedure app.p from public, postgres;
create aggregate app.a(int) (sfunc = int4pl, stype = int);
grant execute on function app.a(int) to alice;
create aggregate app.a(*) (sfunc = int8inc, stype = bigint, initcond = '0');
revoke execute on function app.a() from public;
create aggregate app.p(float8 order by float8) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_cont_float8_final);
grant execute on function app.p(float8, float8) to alice;
create aggregate app.h(variadic "any" order by variadic "any")
  (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra, hypothetical);
grant execute on function app.h(variadic "any") to alice;

create type app.e as enum ('a');
revoke usage on type app.e from public;
grant usage on type app.e to alice with grant option;
create type app.c as (a int);
grant usage on type app.c to alice;
create domain app.d as int;
grant usage on domain app.d to alice;
create type app.r as range (subtype = int);
revoke usage on type app.r from public;
grant execute on function app.r(int, int) to alice;
grant usage on type app.t to alice;

create schema "S"".x";
grant usage on schema "S"".x" to "Bob ""B."" Ünal" with grant option;
set role "Bob ""B."" Ünal";
grant usage on schema "S"".x" to public;
reset role;
create schema shut authorization carol;
revoke all on schema shut from carol;
revoke all on schema public from public;
grant usage on schema public to alice;

revoke usage on language plpgsql from public;
grant usage on language sql to alice;
revoke execute on function pg_catalog.pg_sleep(double precision) from public;
grant execute on function pg_catalog.pg_ls_dir(text) to alice;
grant select on pg_catalog.pg_authid to alice;
grant select (rolpassword) on pg_catalog.pg_authid to carol;
revoke select on pg_catalog.pg_cursors from public;
grant usage on schema information_schema to alice;
revoke usage on type pg_catalog.int4 from public;
