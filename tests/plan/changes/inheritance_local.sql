-- Columns and checks that children have from their parents, or by themselves, too.
-- @old
create table col_p (a int, b int, c int, d int, e int, f int);
create table col_c (b int, c int, g int) inherits (col_p);
create table col_d () inherits (col_p);
create table con_p (a int, constraint own check (a > 0), constraint same check (a > 1), constraint lost check (a > 2), constraint stays check (a > 3));
create table con_c (constraint same check (a > 1), constraint gone check (a > 5), constraint stays check (a > 3)) inherits (con_p);
create table two_p (a int, b int); create table two_q (a int, b int); create table two_c () inherits (two_p, two_q);
create table both_p (a int, b int, c int, d int); create table both_c (b int, c int) inherits (both_p); create table both_cc () inherits (both_c);
create table gen_p (a int, b int generated always as (a + 1) stored); create table gen_c (a int) inherits (gen_p);
create table alt_p (a int, constraint alt check (a > 7)); create table alt_y (constraint alt check (a > 7)) inherits (alt_p); create table alt_z (constraint alt check (a > 7)) inherits (alt_p);
create table out_p (a int, b int, constraint outs check (a > 7)); create table out_c (b int, constraint outs check (a > 7)) inherits (out_p);
create index both_c_c on both_c (c); create view both_v as select c, d from both_c;
-- @new
create table col_p (a int, c int, d int, g int);
create table col_c (b int, d int, e int) inherits (col_p);
create table col_d (f int) inherits (col_p);
create table con_p (a int, constraint stays check (a > 3), constraint gone check (a > 5));
create table con_c (constraint own check (a > 0), constraint same check (a > 1)) inherits (con_p);
create table two_p (a int, b int); create table two_q (a int); create table two_c () inherits (two_p, two_q);
create table both_p (a int); create table both_c (c int, d text) inherits (both_p); create table both_cc () inherits (both_c);
create table gen_p (a int, b int generated always as (a + 2) stored); create table gen_c (a int) inherits (gen_p);
create table alt_p (a int, constraint alt check (a > 8)); create table alt_y (constraint alt check (a > 8)) inherits (alt_p); create table alt_z () inherits (alt_p);
create table out_p (a int, b int, constraint outs check (a > 7)); create table out_c (a int);
create index both_c_c on both_c (c); create view both_v as select c, d from both_c;
