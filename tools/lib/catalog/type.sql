--@ facts
-- Composite types that stand by themselves; those of tables and views are theirs.
select 'pg_catalog.pg_type'::regclass::oid as classid, t.oid as objid,
       'type ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array['1247:' || t.typarray, '1259:' || c.oid] as also
from pg_catalog.pg_type t
join pg_catalog.pg_class c on c.oid = t.typrelid and c.relkind = 'c'
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
