create table t (a int, b text, c int);
-- @old
create index t_a on t (a);
create index t_b on t (b) where a > 0;
create index t_c on t (c) with (fillfactor = 70);
create index gone on t (c, a);
comment on index t_a is 'an index';
alter table t cluster on t_c;
-- @new
create unique index t_a on t (a);
create index t_b on t (b) where a > 1;
create index t_c on t (c) with (fillfactor = 80);
create index come on t using hash (a);
create index t_expression on t ((a + 1), lower(b));
alter index t_expression alter column 1 set statistics 50;
comment on index t_a is 'an index';
