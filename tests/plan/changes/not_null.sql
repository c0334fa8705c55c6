-- @min 18
create table keyed (id int primary key);
create schema other;
-- @old
create table t (a int constraint x not null, b int not null, c int, d int not null no inherit, e int constraint e1 not null, "F.f" int);
create unlogged table counted (id int generated always as identity);
create table said (a int constraint said_a not null);
comment on constraint said_a on said is 'a name';
create table other.leaving (a int not null);
create table leaves (b int) inherits (other.leaving);
create table other.staying (a int not null);
create table stays (b int) inherits (other.staying);
-- @new
create table t (a int not null, b int constraint y not null, c int constraint z not null, d int not null, e int constraint "E 2" not null, "F.f" int not null no inherit);
create unlogged table counted (id int generated always as identity);
alter sequence counted_id_seq set logged;
create table said (a int constraint said_a not null);
comment on constraint said_a on said is 'another';
create table leaving (a int not null);
create table leaves (b int) inherits (leaving);
create table staying (a int not null);
create table other.staying (a int not null);
create table stays (b int) inherits (other.staying);
