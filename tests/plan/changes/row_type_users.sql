-- @min 15
-- What is made for the row type of a table, and columns of it with all that hangs on them, while the table changes.

-- @old
create table a (id int, c int);
create function key(a) returns int language sql immutable as 'select $1.id';
create function add(a, a) returns a language sql as 'select $1';
create aggregate suma (a) (sfunc = add, stype = a);
create operator &&& (leftarg = a, rightarg = a, function = add);
create function toint(a) returns int language sql as 'select $1.id';
create cast (a as int) with function toint(a);
create domain da as a check ((value).id > 0);
create table b (x a primary key, d da not null, unique (d));
create index bi on b (key(x));
create table bb (x a references b);
create view v as select key(x), (x).c from b;
create table inh (k a); create table inh2 (z int) inherits (inh);
create publication p for table b (x);
alter table b replica identity full;
create policy po on b using ((x).id > 1);
create statistics st on (key(x)), d from b;
create trigger tr before update of x on b for each row when ((old.x).id > 0) execute function suppress_redundant_updates_trigger();
insert into b values (row(1,2), row(1,2)); insert into bb values (row(1,2)); insert into inh values (row(1,2)); insert into inh2 values (row(1,2), 3);

-- @new
create table a (id bigint, c int, n text default 'q');
create function key(a) returns bigint language sql immutable as 'select $1.id';
create function add(a, a) returns a language sql as 'select $1';
create aggregate suma (a) (sfunc = add, stype = a);
create operator &&& (leftarg = a, rightarg = a, function = add);
create function toint(a) returns int language sql as 'select $1.id::int';
create cast (a as int) with function toint(a);
create domain da as a check ((value).id > 0);
create table b (x a primary key, d da not null, unique (d));
create index bi on b (key(x));
create table bb (x a references b);
create view v as select key(x), (x).c from b;
create table inh (k a); create table inh2 (z int) inherits (inh);
create publication p for table b (x);
alter table b replica identity full;
create policy po on b using ((x).id > 1);
create statistics st on (key(x)), d from b;
create trigger tr before update of x on b for each row when ((old.x).id > 0) execute function suppress_redundant_updates_trigger();
