-- @min 18
-- Attributes that servers have from 18 on.
create table t (id int primary key, g int generated always as (id + 1) stored);
-- @old
create publication generated for table t with (publish_generated_columns = stored);
create table of_generated (a int, b int generated always as (a * 2) virtual, c int generated always as (a * 2) virtual);
create table of_enforced (a int, constraint of_enforced_check check (a > 0) not enforced);
create table pointed (a int primary key, constraint enforced_fkey foreign key (a) references t (id) not enforced);
create table of_period (a int4range, b int4range, constraint of_period_key primary key (a, b without overlaps));
create table parent (a int);
create table child () inherits (parent);
alter table child add constraint child_pkey primary key (a);
-- @new
create publication generated for table t;
create table of_generated (a int, b int generated always as (a * 2) stored, c int generated always as (a * 3) virtual);
create table of_enforced (a int, constraint of_enforced_check check (a > 0));
create table pointed (a int primary key, constraint enforced_fkey foreign key (a) references t (id));
create table of_period (a int4range, b int4range, constraint of_period_key primary key (a, b));
create table parent (a int not null);
create table child () inherits (parent);
alter table child add constraint child_pkey primary key (a);
