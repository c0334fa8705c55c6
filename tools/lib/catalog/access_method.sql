--@ facts
-- Access methods of tables and indexes.
select 'pg_catalog.pg_am'::regclass::oid as classid, a.oid as objid,
       'access_method ' || quote_ident(a.amname) as id,
       case a.amtype when 't' then 'TABLE' when 'i' then 'INDEX' end as type,
       a.amhandler::text as handler
from pg_catalog.pg_am a
where a.oid >= 16384
