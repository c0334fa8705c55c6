-- Owners, of all kinds that have one.
create schema alices authorization alice;
create schema "to ""Bob""" authorization "Bob ""B."" Ünal";

create table alices.t (id serial primary key, other int generated always as identity, s smallserial);
alter table alices.t owner to alice;
create table public.mine (id bigserial);
create sequence alices.free;
alter sequence alices.free owner to "new
line to ""x"" by y 🐘";
create table public.parted (id int) partition by range (id);
alter table public.parted owner to by;
create table public.part partition of public.parted for values from (1) to (2);
alter table public.part owner to alice;
create view alices.v as select 1 as one;
alter view alices.v owner to alice;
create materialized view alices.m as select 1 as one;
alter materialized view alices.m owner to a_role_with_a_name_of_sixty_three_bytes_which_is_the_longest_63;

create foreign data wrapper wrapper;
create server server foreign data wrapper wrapper;
alter server server owner to alice;
create foreign table public.f (id int) server server;
alter foreign table public.f owner to alice;

create function alices.f(int, "text" text) returns int language sql as 'select 1';
alter function alices.f owner to alice;
create procedure alices.p(int) language sql as 'select 1';
alter procedure alices.p owner to alice;
create aggregate alices.a(int) (sfunc = int4pl, stype = int);
alter aggregate alices.a(int) owner to alice;
create aggregate alices.a(*) (sfunc = int8inc, stype = bigint, initcond = '0');
alter aggregate alices.a(*) owner to alice;

create type alices.e as enum ('a');
alter type alices.e owner to alice;
create type alices.c as (a int);
alter type alices.c owner to alice;
create type alices.r as range (subtype = int);
alter type alices.r owner to alice;
create domain alices.d as int;
alter domain alices.d owner to alice;

create statistics alices.s on id, other from alices.t;
alter statistics alices.s owner to alice;
create collation alices.coll (locale = 'C');
alter collation alices.coll owner to alice;
create conversion alices.conv for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;
alter conversion alices.conv owner to alice;
create text search dictionary alices.dict (template = simple);
alter text search dictionary alices.dict owner to alice;
create text search configuration alices.conf (copy = simple);
alter text search configuration alices.conf owner to alice;
create operator alices.=== (leftarg = int, rightarg = int, function = int4eq);
alter operator alices.=== (int, int) owner to alice;
create operator family alices.fam using btree;
alter operator family alices.fam using btree owner to alice;
create operator class alices.cls for type int using btree family alices.fam as operator 3 =, function 1 btint4cmp(int, int);
alter operator class alices.cls using btree owner to alice;

create publication pub;
alter publication pub owner to alice;
create function public.on_event() returns event_trigger language plpgsql as 'begin end';
create event trigger ev on ddl_command_start execute function public.on_event();
alter event trigger ev disable;

grant create on schema alices to public;
alter schema public owner to alice;
