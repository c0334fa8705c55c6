create table parent (a text, b text, part int) partition by list (part);
-- @old
create domain d as bigint;
create table child partition of parent for values in (1);
create table t (a text, b int, c d, e text);
create table n (a date, b int);
create statistics s on a, b from n;
alter table t alter a set storage external;
alter table child alter b set storage main;
-- @new
create domain d as varchar(30);
create table child partition of parent for values in (1);
alter table parent alter a set storage external;
alter table parent add added text, add own text;
alter table parent alter added set storage main, alter own set storage external;
alter table child alter own set storage main;
alter table child alter a set storage main;
create table t (a varchar(20), b text, c d, e varchar(10));
create table n (a date generated always as ('2020-01-01'::date) stored, b int);
create statistics s on a, b from n;
alter table t alter a set storage external;
alter table t alter b set storage plain;
alter table t alter c set storage external;
