-- The type of what tables inherit from several parents, and parents that come and go.
-- @old
create table two_p (a int, b text, c int); create table two_q (a int, b text); create table two_c (d int) inherits (two_p, two_q);
create table two_cc (a int) inherits (two_c);
create index two_c_a on two_c (a);
create table dia_a (a int); create table dia_b (a int) inherits (dia_a); create table dia_c () inherits (dia_a); create table dia_d () inherits (dia_b, dia_c);
create table top_p (a int); create table top_q (a int); create table top_r () inherits (top_p); create table top_c () inherits (top_r, top_q);
create table order_p (a int, b int not null, constraint order_p_b check (b > 0)); create table order_q (c int); create table order_c (d int) inherits (order_p, order_q);
create table left_p (a int not null, b int, constraint left_b check (b > 0)); create table left_q () inherits (left_p); create table left_c () inherits (left_q); create table left_d (b int) inherits (left_p);
create table join_p (a int not null, b int, constraint join_b check (b > 0)); create table join_q () inherits (join_p); create table join_c (b int); create table join_d (a int not null, b int, constraint join_b check (b > 0));
create schema moved; create type moved_pair as (y bigint, w bigint);
create table moved_p (id int, note moved_pair); create table moved.moved_c (x moved_pair) inherits (moved_p);
create view moved_v as select id from moved.moved_c; create view moved_w as select id from moved.moved_c where note is not null;
-- @new
create table two_p (a bigint, b text collate "C", c int); create table two_q (a bigint, b text collate "C"); create table two_c (d int) inherits (two_p, two_q);
create table two_cc (a bigint) inherits (two_c);
create index two_c_a on two_c (a);
create table dia_a (a bigint); create table dia_b (a bigint) inherits (dia_a); create table dia_c () inherits (dia_a); create table dia_d () inherits (dia_b, dia_c);
create table top_p (a text); create table top_q (a text); create table top_r () inherits (top_p); create table top_c () inherits (top_r, top_q);
create table order_p (a int, b int not null, constraint order_p_b check (b > 0)); create table order_q (c int); create table order_c (a int, b int not null, c int, d int); alter table order_c add constraint order_p_b check (b > 0);
alter table order_c inherit order_q; alter table order_c inherit order_p;
create table left_p (a int not null, b int, constraint left_b check (b > 1)); create table left_q () inherits (left_p); create table left_c (a int, b int); create table left_d (a int constraint left_d_own not null);
create table join_p (a int not null, b int, constraint join_b check (b > 0)); create table join_q () inherits (join_p); create table join_c (b int) inherits (join_q); create table join_d (constraint join_b check (b > 0)) inherits (join_p);
create table moved_p (id int, note uuid default gen_random_uuid()); create table moved_c (x text) inherits (moved_p);
create view moved_v as select id from moved_c; create view moved_w as select id from moved_c where note is null;
