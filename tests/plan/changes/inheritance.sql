create table a (x int, y text);
create table b (z date not null, x int);
-- @old
create table moves (k int) inherits (a);
create table leaves () inherits (a);
create table joins (x int, own int);
-- @new
create table moves (k int) inherits (b);
create table leaves (x int, own int);
create table joins (own int) inherits (b);
