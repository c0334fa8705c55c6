-- @old
create domain d as int default 1 check (value > 0);
create domain base as int;
create type c as (a int, b text);
create type changed as (a int, b text);
create type stored as (a int, b text);
create type r as range (subtype = int);
create type used_later as (a int, b text);
create type used_before as (a int, b text);
create table user_before (a int, whole used_before);
create table t (d d, base base, stored stored, r r, rs r[]);
create function f(changed) returns int language sql as 'select 1';
create function g(r) returns int language sql as 'select 1';
-- @new
create domain d as int not null constraint d_other check (value > 1);
create domain base as bigint;
create type c as (a int, b text, e int);
create type changed as (a bigint, b text);
create type stored as (a bigint, b text);
create type r as range (subtype = bigint);
create type used_later as (a bigint, b text);
create type used_before as (a bigint, b text);
create table user_later (a int, whole used_later);
create table t (d d, base base, stored stored, r r, rs r[]);
create function f(changed) returns int language sql as 'select 1';
create function g(r) returns int language sql as 'select 1';
