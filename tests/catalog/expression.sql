-- Expressions that come back otherwise than they were deparsed (catalog/settle.h), wherever one can stand.
create table t (
  a int, b int, c varchar(10), d char(3), n numeric, m name,
  constraint between_first check (a between 1 and 2 and n > 0 and b between 1 and 2),
  constraint not_between_first check (a not between 1 and 2 or n > 0),
  constraint "symmetric" check (a between symmetric 1 and 2 and n > 0),
  constraint "rows" check ((a, b) = (1, 2) and (a, b) <> (3, 4)),
  constraint nested check (((a > 1 and (a between 1 and 2 and b > 0)) or (a > 3 or b > 4) or n > 1) and n < 5),
  constraint varchars check (c in ('a', '(ARRAY[x])::text[] AND', 'it''s]', null)),
  constraint not_varchars check (c not in (E'\\', 'b') and d in ('x', 'y') and m in ('p', 'q')),
  constraint arrays check (array[c, c] && array['a'::varchar, lower('B, C')::varchar]),
  constraint mixed check (c in ('a', 'b') and a between 1 and 2 or (c in ('c', m) and n in (1, 2.5))));

create view v as
select t.a between 1 and 2 and t.b between 3 and 4 as x, case when a between 1 and 2 and t.c in ('a', 'b') then 1 end as y,
  sum(a) over (order by t.b rows between 1 preceding and current row) as z
from t join t u using (a) where t.b between 1 and 2 and u.c in ('x', 'y') or u.b between 3 and 4;

create materialized view m as select a from t where a between 1 and 2 and c in ('a', 'b');

create index i on t ((a between 1 and 2 and b > 0), (c in ('a', 'b'))) where a between 1 and 2 and c in ('a', 'b');

create policy p on t using (a between 1 and 2 and b > 0) with check (c in ('a', 'b'));

create function f() returns trigger language plpgsql as 'begin return null; end';

create trigger g before update on t for each row when (old.a between 1 and 2 and old.c in ('a', 'b')) execute function f();

create rule r as on update to t where old.a between 1 and 2 and old.c in ('a', 'b')
  do also delete from t where a between 1 and 2 and c in ('a', 'b');

create table generated (a int, c varchar, x boolean default (1 between 0 and 2 and 'a'::varchar in ('a', 'b')),
  y boolean generated always as (a between 1 and 2 and c in ('a', 'b')) stored);

create domain d as varchar default case when 1 between 0 and 2 and true then 'a' end check (value in ('a', 'b') and length(value) between 1 and 2);

-- @min 14
create statistics s on (a between 1 and 2 and b > 0), (c in ('a', 'b')) from t;

create table parted (a int, c varchar) partition by list ((a between 1 and 2 and c in ('a', 'b')));

-- @min 14
create function body(a int, c varchar) returns boolean begin atomic select a between 1 and 2 and a > 0 and c in ('a', 'b'); end;
