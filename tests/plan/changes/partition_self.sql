-- Partitioned tables with foreign keys to themselves or to each other, and rows: these keys are gone before anything is detached.

-- @old
create schema bounds;
set search_path = bounds;
create table n (id int, k text, parent_id int, primary key (id)) partition by range (id);
alter table n add constraint n_parent foreign key (parent_id) references n;
create table n1 partition of n for values from (0) to (10);
create table n2 partition of n for values from (10) to (20);
insert into n values (1, 'a', null), (2, 'b', 1), (11, 'c', 2), (3, 'd', 11);

create schema retyped;
set search_path = retyped;
create table n (id int, k text, parent_id int, primary key (id)) partition by range (id);
alter table n add constraint n_parent foreign key (parent_id) references n;
create table n1 partition of n for values from (0) to (10);
create table n2 partition of n for values from (10) to (20);
insert into n values (1, 'a', null), (2, 'b', 1), (11, 'c', 2), (3, 'd', 11);

create schema leaves;
set search_path = leaves;
create table n (id int primary key, parent_id int) partition by range (id);
alter table n add constraint n_parent foreign key (parent_id) references n;
create table n1 partition of n for values from (0) to (10);
create table n2 (id int primary key, parent_id int);
insert into n values (1, null), (2, 1); insert into n2 values (11, null);

create schema composite;
set search_path = composite;
create table n (t int, id int, up int, primary key (t, id)) partition by list (t);
alter table n add constraint n_up foreign key (t, up) references n (t, id);
create table n1 partition of n for values in (1);
create table nd partition of n default;
create table o (t int, id int, primary key (t, id), foreign key (t, id) references n);
insert into n values (1, 1, null), (1, 2, 1), (2, 1, null), (2, 2, 1), (3, 1, null);
insert into o values (1, 1), (2, 2), (3, 1);

create schema mutual;
set search_path = mutual;
create table a (id int primary key, b_id int) partition by range (id);
create table a1 partition of a for values from (0) to (100) partition by list (id);
create table a1x partition of a1 for values in (1, 2, 3);
create table a1y partition of a1 default;
create table b (id int primary key, a_id int) partition by hash (id);
create table b0 partition of b for values with (modulus 2, remainder 0);
create table b1 partition of b for values with (modulus 2, remainder 1);
alter table a add constraint a_b foreign key (b_id) references b deferrable initially deferred;
alter table b add constraint b_a foreign key (a_id) references a;
begin; insert into a values (1, 1), (2, 2), (50, 1); insert into b values (1, 1), (2, 50); commit;

-- @new
create schema bounds;
set search_path = bounds;
create table n (id int, k text, parent_id int, primary key (id)) partition by range (id);
alter table n add constraint n_parent foreign key (parent_id) references n;
create table n1 partition of n for values from (0) to (9);
create table n2 partition of n for values from (9) to (20);

create schema retyped;
set search_path = retyped;
create table n (id bigint, k text, parent_id bigint, primary key (id)) partition by range (id);
alter table n add constraint n_parent foreign key (parent_id) references n on delete cascade;
create table n1 partition of n for values from (0) to (10);
create table n2 partition of n for values from (10) to (20);

create schema leaves;
set search_path = leaves;
create table n (id int primary key, parent_id int) partition by range (id);
alter table n add constraint n_parent foreign key (parent_id) references n;
create table n1 (id int primary key, parent_id int);
create table n2 partition of n for values from (10) to (20);

create schema composite;
set search_path = composite;
create table n (t int, id bigint, up bigint, primary key (t, id)) partition by list (t);
alter table n add constraint n_up foreign key (t, up) references n (t, id);
create table n1 partition of n for values in (1);
create table nd partition of n default;
create table o (t int, id bigint, primary key (t, id), foreign key (t, id) references n);

create schema mutual;
set search_path = mutual;
create table a (id int primary key, b_id int) partition by range (id);
create table a1 partition of a for values from (0) to (200) partition by range (id);
create table a1x partition of a1 for values from (0) to (10);
create table a1y partition of a1 default;
create table b (id int primary key, a_id int) partition by range (id);
create table b0 partition of b for values from (0) to (10);
create table b1 partition of b for values from (10) to (20);
alter table a add constraint a_b foreign key (b_id) references b;
alter table b add constraint b_a foreign key (a_id) references a deferrable;
