-- @min 14
-- Attributes that servers have from 14 on.
create table t (id int primary key, b text);
-- @old
create table of_compression (a text compression pglz, b text);
create materialized view m_compression as select 'x'::text as a, 'y'::text as b;
alter materialized view m_compression alter a set compression pglz;
comment on column m_compression.a is 'x';
comment on column m_compression.b is 'x';
create type multirange as range (subtype = integer, multirange_type_name = its_multirange);
create table uses_multirange (a its_multirange);
create subscription of_binary connection 'dbname=x' publication p with (connect = false, binary = true);
create subscription of_streaming connection 'dbname=x' publication p with (connect = false, streaming = true);
create statistics expressions on (id + 1), (lower(b)) from t;
-- @new
create table of_compression (a text, b text compression pglz);
create materialized view m_compression as select 'x'::text as a, 'y'::text as b;
alter materialized view m_compression alter b set compression pglz;
comment on column m_compression.a is 'x';
comment on column m_compression.b is 'x';
create type multirange as range (subtype = integer, multirange_type_name = other_multirange);
create table uses_multirange (a other_multirange);
create subscription of_binary connection 'dbname=x' publication p with (connect = false);
create subscription of_streaming connection 'dbname=x' publication p with (connect = false, streaming = false);
create statistics expressions on (id + 2), (lower(b)) from t;
