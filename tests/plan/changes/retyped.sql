-- @old
create type replaced as enum ('a', 'b');
grant usage on type replaced to postkit_plan_a;
create domain narrowed as text not null check (value <> '');
grant usage on type narrowed to postkit_plan_a;
create table t (a integer, b integer, e replaced, d narrowed);
create statistics of_columns on a, b from t;
alter statistics of_columns owner to postkit_plan_a;
alter statistics of_columns set statistics 50;
comment on statistics of_columns is 'c';
create index of_expression on t ((a + 1), b);
alter index of_expression alter column 1 set statistics 100;
comment on index of_expression is 'i';
-- @new
create type replaced as enum ('a');
grant usage on type replaced to postkit_plan_a;
create domain narrowed as varchar(20) not null check (value <> '');
grant usage on type narrowed to postkit_plan_a;
create table t (a bigint, b integer, e replaced, d narrowed);
create statistics of_columns on a, b from t;
alter statistics of_columns owner to postkit_plan_a;
alter statistics of_columns set statistics 50;
comment on statistics of_columns is 'c';
create index of_expression on t ((a + 1), b);
alter index of_expression alter column 1 set statistics 100;
comment on index of_expression is 'i';
