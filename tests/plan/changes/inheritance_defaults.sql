create table r (a int default 1); create table s (a int default 2, b text);
-- @old
create table p (a int default 1, b int, c int); create table q (a int, b int default 2, c int);
create table c () inherits (p, q);
create table d (a int, b int, c int); alter table d inherit p; alter table d inherit q;
create table moves (a int default 3, b text);
-- @new
create table p (a int default 1, b int default 1, c int default 5); create table q (a int default 2, b int, c int default 5);
create table c (a int default 4) inherits (p, q);
create table d (a int, b int, c int); alter table d inherit p; alter table d inherit q;
create table comes (a int default 4) inherits (r, s);
create table moves (a int default 3) inherits (r, s);
