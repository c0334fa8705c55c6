-- @min 14
-- A function or an operator makes way for another one of its name, and the call that means it is written as before: both of
-- them together would leave open which one is meant, also for what could change in place.
create table t (a int, b int);
create table log (a int);
-- @old
create function f(int) returns int language sql immutable as 'select 1';
create function later(int default 1) returns int language sql immutable as 'select 1';
create function equal(bigint, bigint) returns boolean language sql immutable as 'select true';
create operator @~ (function = equal, leftarg = bigint, rightarg = bigint);
create view of_f as select f(1) as x;
create view of_later as select later() as x;
create view of_operator as select a @~ 1 as x from t;
alter table t alter a set default f(1);
create domain d as int default f(1);
create policy p on t using (f(a) = 1) with check (f(b) = 2);
create policy of_operator on t using (a @~ 2);
create index i on t (f(a));
create index i_part on t (b) where f(b) = 1;
create statistics s on f(a), b from t;
create rule r as on insert to t where f(new.a) = 1 do also insert into log values (f(1));
create function body() returns int language sql return f(1);
create function arguments(a int default f(1), b int default later(2)) returns int language sql as 'select 1';
create table generated (a int, b int generated always as (f(a)) stored);
-- @new
create function f(int, text default 'x') returns int language sql immutable as 'select 1';
create function later(text default 'x') returns int language sql immutable as 'select 1';
create function equal(int, int) returns boolean language sql immutable as 'select true';
create operator @~ (function = equal, leftarg = int, rightarg = int);
create view of_f as select f(1) as x, 1 as y;
create view of_later as select later() as x, 2 as y;
create view of_operator as select a @~ 1 as x, 1 as y from t;
alter table t alter a set default f(1) + 1;
create domain d as int default f(1) + 1;
create policy p on t using (f(a) = 2) with check (f(b) = 3);
create policy of_operator on t using (a @~ 3);
create index i on t (f(a) desc);
create index i_part on t (b) where f(b) = 2;
create statistics s on f(a), (b + 1) from t;
create rule r as on insert to t where f(new.a) = 2 do also insert into log values (f(1));
create function body() returns int language sql return f(2);
create function arguments(a int default f(2), b int default later()) returns int language sql as 'select 2';
create table generated (a int, b int generated always as (f(a) + 1) stored);
