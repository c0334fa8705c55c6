--@ facts
-- Types that are only declared: CREATE TYPE name.
select 'pg_catalog.pg_type'::regclass::oid as classid, t.oid as objid,
       'shell_type ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as id,
       'schema ' || quote_ident(n.nspname) as "in"
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where not t.typisdefined
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
