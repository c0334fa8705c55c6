-- Columns become inherited or a table's own, while types change and parents lose them.
-- @old
create table p1 (a int, b text default 'x' not null, c int);
create table p2 (a int, d int, check (a > 0));
create table c (e int, b text) inherits (p1, p2);
create table cc (f int) inherits (c);
insert into c values (1, 'b', 3, 4, 5); insert into cc values (1, 'b', 3, 4, 5, 6); insert into p1 values (1, 'x', 2);
create view cv as select a, b, c, d from c;
create index on c (d); create index on cc (c);
-- @new
create table p1 (a bigint, c int, e int);
create table p2 (a bigint, b text, g int default 3, check (a > 0) no inherit);
create table c (d int, c int) inherits (p1, p2);
create table cc (f int, d bigint) inherits (p2);
create view cv as select a, b, c, d from c;
create index on c (d); create index on cc (f);
