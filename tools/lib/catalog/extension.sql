--@ facts
-- Extensions. plpgsql is in every new database.
select 'pg_catalog.pg_extension'::regclass::oid as classid, e.oid as objid,
       'extension ' || quote_ident(e.extname) as id,
       case when n.nspname <> 'pg_catalog' then quote_ident(n.nspname) end as schema,
       case when n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            then array['schema ' || quote_ident(n.nspname)] end as needs
from pg_catalog.pg_extension e
join pg_catalog.pg_namespace n on n.oid = e.extnamespace
where e.extname <> 'plpgsql'
