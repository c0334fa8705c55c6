--@ facts
-- Schemas. `public` is in every new database, so it is a fact even where it was dropped.
select 'pg_catalog.pg_namespace'::regclass::oid as classid, n.oid as objid,
       'schema ' || quote_ident(n.nspname) as id
from pg_catalog.pg_namespace n
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select null, null, 'schema public'
where not exists (select from pg_catalog.pg_namespace where nspname = 'public')
