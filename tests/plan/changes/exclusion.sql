-- @min 17
-- Exclusion constraints of partitioned tables, which their partitions have by them alone.
-- @old
create table p (a int) partition by list (a);
create table c partition of p for values in (1);
create table g (a int, constraint gz exclude using btree (a with =)) partition by list (a);
create table g1 partition of g for values in (1); create table g2 (a int, constraint g2x exclude using btree (a with =));
create table h (a int, b int, constraint hz exclude using btree (a with =, b with =)) partition by list (a);
create table h1 partition of h for values in (1);
create table o (a int) partition by list (a);
create table o1 partition of o for values in (1);
create table k (a int, b int, constraint kz exclude using btree (a with =, b with =)) partition by list (a);
create table k1 partition of k for values in (1) partition by list (b); create table k11 partition of k1 for values in (4);
create table l (a int, constraint lz exclude using btree (a with =)) partition by list (a);
create table l1 partition of l for values in (1);
alter table l1 rename constraint l1_a_excl to "l'1 $$";
-- @new
create table p (a int, constraint z exclude using btree (a with =)) partition by list (a);
create table c partition of p for values in (1);
alter table c add constraint b exclude using btree (a with =);
create table d partition of p (constraint b2 exclude using btree (a with =)) for values in (2) ;
create table e (a int, constraint zz exclude using btree (a with =));
alter table e add constraint b3 exclude using btree (a with =);
alter table p attach partition e for values in (3);
create table g (a int, constraint gz exclude using btree (a with =)) partition by list (a);
create table g1 partition of g for values in (1); create table g2 partition of g for values in (2);
create table h (a int, b int, constraint hz exclude using btree (b with =, a with =)) partition by list (a);
create table h1 partition of h for values in (1) partition by list (b); create table h11 partition of h1 for values in (4);
create table o (a int) partition by list (a);
create table o1 partition of o for values in (1);
alter table only o add constraint oz exclude using btree (a with =);
create table k (a int, b int, constraint kz exclude using btree (a with =, b with =)) partition by list (a);
create table k1 (a int, b int, constraint k1_a_b_excl exclude using btree (a with =, b with =)) partition by list (b); create table k11 partition of k1 for values in (4);
create table l (a int) partition by list (a);
create table l1 (a int, constraint l1_a_excl exclude using btree (a with =));
