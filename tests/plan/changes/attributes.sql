-- What is left of attributes that are changed by themselves: publications, subscriptions, settings, privileges.
create table t (id int primary key, b int);
create table parted (id int primary key) partition by range (id);
create table indexed (a int not null) partition by list (a);
create table indexed_1 partition of indexed for values in (1);
create schema one;
create schema two;
-- @old
create publication rooted for table parted with (publish_via_partition_root = true);
create publication published for table t with (publish = 'insert');
create subscription of_connection connection 'dbname=x' publication p with (connect = false);
create subscription of_slot_name connection 'dbname=x' publication p with (connect = false);
create subscription of_commit connection 'dbname=x' publication p with (connect = false, synchronous_commit = 'remote_write');
create subscription of_publications connection 'dbname=x' publication p with (connect = false);
select format('alter database %I set work_mem = ''5MB''', current_database()) \gexec
select format('alter role postkit_plan_a in database %I set work_mem = ''5MB''', current_database()) \gexec
revoke select on t from current_user;
alter default privileges for role postkit_plan_a revoke select on tables from postkit_plan_a;
create extension hstore schema one;
create table uses_extension (h one.hstore);
create function depends() returns int language sql as 'select 1';
alter function depends() depends on extension hstore;
create type canonical;
create function canonical_of(canonical) returns canonical language internal strict immutable as 'int4range_canonical';
create function canonical_of_2(canonical) returns canonical language internal strict immutable as 'int4range_canonical';
create type canonical as range (subtype = integer, canonical = canonical_of);
create type no_longer_canonical;
create function no_longer(no_longer_canonical) returns no_longer_canonical language internal strict immutable as 'int4range_canonical';
create type no_longer_canonical as range (subtype = integer, canonical = no_longer);
create table uses_ranges (a canonical, b no_longer_canonical);
create table of_repeated (a int);
alter table of_repeated add constraint of_repeated_j unique (a), add constraint of_repeated_k unique (a);
create operator class of_type for type circle using gist as storage point;
create index indexed_x on only indexed (a);
create index indexed_y on only indexed (a);
create index indexed_1_x on indexed_1 (a);
alter index indexed_x attach partition indexed_1_x;
create type swapped as (a int, b int);
create function uses_swapped(swapped) returns int language sql as 'select 1';
create view loops as select 1 as a;
create function of_loop() returns setof loops language sql as 'select 1';
create or replace view loops as select a from of_loop();
comment on view loops is 'a loop';
create domain d_loop as int;
create function d_of_loop() returns d_loop language sql as 'select 1';
alter domain d_loop set default d_of_loop();
alter domain d_loop add constraint c check (value <> 0);
create table uses_loop (a d_loop, b int);
-- @new
create publication rooted for table parted;
create publication published for table t with (publish = 'insert, delete');
create subscription of_connection connection 'dbname=y' publication p with (connect = false);
create subscription of_slot_name connection 'dbname=x' publication p with (connect = false, slot_name = 'other');
create subscription of_commit connection 'dbname=x' publication p with (connect = false);
create subscription of_publications connection 'dbname=x' publication p, q with (connect = false);
select format('alter database %I set work_mem = ''6MB''', current_database()) \gexec
select format('alter role postkit_plan_a in database %I set work_mem = ''6MB''', current_database()) \gexec
revoke insert on t from current_user;
alter default privileges for role postkit_plan_a revoke insert on tables from postkit_plan_a;
create extension hstore schema two;
create table uses_extension (h two.hstore);
create function depends() returns int language sql as 'select 1';
create type canonical;
create function canonical_of(canonical) returns canonical language internal strict immutable as 'int4range_canonical';
create function canonical_of_2(canonical) returns canonical language internal strict immutable as 'int4range_canonical';
create type canonical as range (subtype = integer, canonical = canonical_of_2);
create type no_longer_canonical as range (subtype = integer);
create table uses_ranges (a canonical, b no_longer_canonical);
create table of_repeated (a int);
alter table of_repeated add constraint of_repeated_k unique (a);
create operator class of_type for type box using gist as storage point;
create index indexed_x on only indexed (a);
create index indexed_y on only indexed (a);
create index indexed_1_x on indexed_1 (a);
alter index indexed_y attach partition indexed_1_x;
create type swapped as (b int, a int);
create function uses_swapped(swapped) returns int language sql as 'select 1';
create table uses_loop (b int);
