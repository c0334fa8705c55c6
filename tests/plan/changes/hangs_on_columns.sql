-- @min 15
-- What hangs on columns that change or go: publications, triggers, policies, foreign keys, exclusion, statistics, rules.
-- @old
create type tr as range (subtype = timestamptz);
create table t (id int primary key, a int, b text, gone int, during tr, exclude using gist (during with &&));
create table k (x int, y int, primary key (x, y));
create table u (id int unique, x int, y int, foreign key (x, y) references k on delete set null (y));
create publication p for table t (id, a, b, gone, during), table u;
alter table t replica identity full;
create function fn() returns trigger language plpgsql as 'begin return new; end';
create trigger t1 before update of a, gone on t for each row when (old.gone is distinct from new.gone) execute function fn();
create trigger t2 after insert on t for each row execute function fn();
create function pol(int) returns boolean language sql as 'select true';
create policy pp on t using (pol(a) and gone > 0);
create statistics s1 on a, gone from t; create statistics s2 on (a + 1), b from t;
create rule r as on update to t where new.gone = 5 do also select old.gone;
create rule r2 as on delete to u do instead nothing;
insert into k values (1, 2); insert into u values (1, 1, 2); insert into t values (1, 2, 'x', 3, tr('2020-01-01', '2020-01-02')), (2, 3, 'y', 4, null);
-- @new
create type tr as range (subtype = timestamp);
create table t (id bigint primary key, a bigint, b varchar(20), during tr, exclude using gist (during with &&) where (a > 0));
create table k (x bigint, y bigint, primary key (x, y));
create table u (id int unique, x bigint, y bigint, foreign key (x, y) references k on delete set null (x));
create publication p for table t (id, a, b, during) where (id > 1), table u where (id > 5);
alter table t replica identity full;
create function fn() returns trigger language plpgsql as 'begin return new; end';
create trigger t1 before update of a on t for each row when (old.a is distinct from new.a) execute function fn();
create trigger t2 after insert on t for each row execute function fn();
create function pol(v bigint, w int default 1) returns boolean language sql as 'select true';
create policy pp on t using (pol(a));
create statistics s1 on a, b from t; create statistics s2 on (a + 1), b from t;
create rule r as on update to t where new.a = 5 do also select old.a;
create rule r2 as on delete to u do instead nothing;
