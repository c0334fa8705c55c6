-- Publications, and what is in them.
create table t (id int primary key, b text, "C ""c""" int);
create table "T.t ""🐘""" (id int primary key);
create table parted (id int primary key) partition by range (id);
create table part partition of parted for values from (1) to (2);
create publication empty;
create publication "P.p ""all""" for all tables;
create publication parts for table t, "T.t ""🐘""" with (publish = 'insert, truncate');
create publication nothing for table only t with (publish = '');
create publication rooted for table parted with (publish_via_partition_root = true);
comment on publication parts is 'some';

-- @min 15
create schema "S.s";
create publication schemas for tables in schema public, "S.s";
create publication columns for table t (id, "C ""c""") where (id > 0 and "C ""c""" is not null), "T.t ""🐘""" where (id = 1);

-- @min 18
create table generated (id int primary key, g int generated always as (id + 1) stored);
create publication generated for table generated with (publish_generated_columns = stored);
