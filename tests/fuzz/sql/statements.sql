set search_path = a, "B"; set local role x; reset all;
select pg_catalog.set_config('search_path', '', false);
create or replace function f(a int) returns int language sql begin atomic select case when true then 1 end; end;
create table a.t (id int primary key, like b including all) partition by list (id); -- x
alter table only a.t add constraint c foreign key (id) references b (id), alter id add generated always as identity (sequence name a.s);
create unique index concurrently if not exists i on only a.t ((lower(x)));
do $do$ begin if true then execute 'create role x'; end if; end $do$;
create view v as select e'a\'b' 'c', U&"d!0061" uescape '!', $1, 1.5e-3, a.t.id from a.t /* /* ; */ */;
comment on column a.t.id is 'x'; grant all on a.t to x; revoke all on schema s from y;
drop table if exists a.t, b cascade; alter table a.t rename to u; alter type e set schema s; alter view v owner to x;
