-- Partition keys of other types, over what is no longer an enum, by another expression or strategy, with rows.
create type lab as enum ('x', 'y', 'z');
create domain nat as int;
-- @old
create table a (k lab, v int, n nat) partition by list (k);
create table ax partition of a for values in ('x') partition by range (v);
create table ax1 partition of ax for values from (1) to (10);
create table ay partition of a for values in ('y', null);
create index on a (v);
create table e (v int, t text) partition by range (((v + 1)));
create table e1 partition of e for values from (0) to (10);
create table h (id int, t text collate "C") partition by hash (t);
create table h0 partition of h for values with (modulus 1, remainder 0);
insert into a values ('x', 1, 2), ('y', 2, 3), (null, 3, 4); insert into e values (1, 'a'); insert into h values (1, 'x'), (2, 'y');
-- @new
create table a (k text, v bigint, n int) partition by list (k);
create table ax partition of a for values in ('x') partition by list (v);
create table ax1 partition of ax for values in (1, 2, 3);
create table ay partition of a default;
create index on a (v);
create table e (v bigint, t text) partition by range (((v + 2)));
create table e1 partition of e for values from (0) to (10);
create table h (id bigint, t varchar collate "C") partition by hash (id, t);
create table h0 partition of h for values with (modulus 1, remainder 0);
