-- @old
create table p (a int not null, b text, primary key (a)) partition by range (a);
create table p1 partition of p for values from (0) to (10);
create table p2 (a int not null, b text, primary key (a));
create table p3 partition of p for values from (20) to (30);
create index p_b on p (b);
create table becomes_partitioned (a int);
create table parent (a int, b int);
create table child (c int) inherits (parent);
alter table parent add constraint parent_check check (a > 0);
create table base (a int);
create table derived (b int) inherits (base);
alter table derived add e int default 5;
create index derived_e on derived (e);
-- @new
create table p (a int not null, b text default 'x', c int not null default 3 check (c > 0), primary key (a)) partition by range (a);
create table p1 partition of p for values from (0) to (10);
create table p2 partition of p for values from (10) to (20);
create table p3 (a int not null, b text, c int not null default 3, primary key (a));
create index p_c on p (c);
create table becomes_partitioned (a int) partition by list (a);
create table parent (a bigint, d int not null default 1);
create table child (c int) inherits (parent);
alter table parent add constraint parent_check check (a > 1);
create table base (a int, e int);
create table derived (b int) inherits (base);
create index derived_e on derived (e);
