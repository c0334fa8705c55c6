-- @old
create type added as enum ('a', 'c');
create type removed as enum ('a', 'b', 'c');
create type moved as enum ('a', 'b');
create table t (a added default 'a', r removed not null default 'b', m moved[], k removed primary key);
create index t_r on t (r) where r = 'a';
create view v as select r, m from t;
comment on view v is 'v';
create function f(removed) returns removed language sql as 'select $1';
create domain over_enum as removed check (value <> 'a');
create table uses_domain (d over_enum);
create type gone as enum ('x');
create type becomes_domain as enum ('x');
create table uses_becoming (b becomes_domain);
-- What stands aside for its successor needs this, directly or not.
create type inner_label as enum ('a', 'b', 'c');
create domain over_label as inner_label;
create domain over_domain as over_label;
create type holds_label as (l inner_label, d over_domain[]);
create table uses_holder (h holds_label, hs holds_label[], d over_domain);
create function takes_holder(holds_label) returns setof holds_label language sql as 'select $1';
-- @new
create type added as enum ('0', 'a', 'b', 'c', 'd');
create type removed as enum ('a', 'c');
create type moved as enum ('b', 'a');
create table t (a added default 'd', r removed not null default 'c', m moved[], k removed primary key);
create index t_r on t (r) where r = 'a';
create view v as select r, m from t;
comment on view v is 'v';
create function f(removed) returns removed language sql as 'select $1';
create domain over_enum as removed check (value <> 'a');
create table uses_domain (d over_enum);
create type come as enum ('x');
create domain becomes_domain as text;
create table uses_becoming (b becomes_domain);
-- What stands aside for its successor needs this, directly or not.
create type inner_label as enum ('b', 'a');
create domain over_label as inner_label;
create domain over_domain as over_label;
create type holds_label as (l inner_label, d over_domain[]);
create table uses_holder (h holds_label, hs holds_label[], d over_domain);
create function takes_holder(holds_label) returns setof holds_label language sql as 'select $1';
