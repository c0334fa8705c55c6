--@ facts
-- Enumerated types.
select 'pg_catalog.pg_type'::regclass::oid as classid, t.oid as objid,
       'enum ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array['1247:' || t.typarray] as also,
       (select array_agg(e.enumlabel::text order by e.enumsortorder)
        from pg_catalog.pg_enum e where e.enumtypid = t.oid) as labels
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
