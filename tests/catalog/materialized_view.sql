-- Materialized views: storage, settings of columns, indexes, data or none.
create table t (id int primary key, name text, note text);

create materialized view plain as select id from t;

create materialized view everything with (fillfactor = 50, autovacuum_enabled = false, toast.autovacuum_enabled = false) as
select id, name, 1.5 as "Ratio.x" from t;

alter materialized view everything alter column name set statistics 77;

alter materialized view everything alter column name set (n_distinct = 5, n_distinct_inherited = -0.5);

alter materialized view everything alter column name set storage external;

-- @min 14
alter materialized view everything alter column name set compression pglz;

alter materialized view everything replica identity full;

create unique index everything_id on everything (id);

create index "Every ""thing" on everything ("Ratio.x" desc) include (name) with (fillfactor = 70) where id > 1;

alter materialized view everything cluster on everything_id;

comment on materialized view everything is 'of a materialized view';

comment on column everything."Ratio.x" is 'of a column';

comment on index "Every ""thing" is 'of an index';

create materialized view a_reader as select id from everything;

create view between_them as select id from a_reader;

create materialized view "A reader of a reader" as select id from between_them;

create materialized view empty as select id from t with no data;

-- Filled while the one that it reads had data.
create materialized view first as select id from t;

create materialized view second as select id from first;

refresh materialized view first with no data;

create materialized view identified as select id from t;

create unique index identified_id on identified (id);

-- What a function reads is not known to the catalogs.
create materialized view z_read as select id from t;

create view z_view as select id from z_read;

create function reads_z() returns bigint language sql as 'select count(*) from public.z_view';

create materialized view a_caller as select reads_z() as n;

create materialized view a_reader_of_a_caller as select n from a_caller;
