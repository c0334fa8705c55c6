-- @min 15
-- Attributes that servers have from 15 on.
create table t (id int primary key, b int);
create schema one;
-- @old
create publication of_columns for table t (id);
create publication of_filter for table t where (id > 0);
create publication of_schema for tables in schema one;
create subscription of_two_phase connection 'dbname=x' publication p with (connect = false, two_phase = true);
create subscription of_disable connection 'dbname=x' publication p with (connect = false, disable_on_error = true);
create unlogged sequence of_unlogged;
create table of_persistence (id int generated always as identity);
alter sequence of_persistence_id_seq set unlogged;
create table of_nulls (a int constraint of_nulls_key unique nulls not distinct, b int);
create unique index of_nulls_b on of_nulls (b) nulls not distinct;
create view invoked with (security_invoker) as select id from t;
-- @new
create publication of_columns for table t (id, b);
create publication of_filter for table t where (id > 1);
create publication of_schema;
create subscription of_two_phase connection 'dbname=x' publication p with (connect = false);
create subscription of_disable connection 'dbname=x' publication p with (connect = false);
create sequence of_unlogged;
create table of_persistence (id int generated always as identity);
create table of_nulls (a int constraint of_nulls_key unique, b int);
create unique index of_nulls_b on of_nulls (b);
create view invoked as select id from t;
