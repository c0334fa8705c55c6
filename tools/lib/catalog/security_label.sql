--@ facts
-- Security labels on whatever is a fact. What belongs to another fact (the row
-- type of a table, its system columns) has its name written here.
select 'security_label on ' || coalesce(p.id, '{}') || ' for ' || quote_ident(l.provider) as id,
       l.classoid as on_classid, l.objoid as on_objid, l.objsubid as on_objsubid,
       l.label
from pg_catalog.pg_seclabel l
left join lateral (
  select 'type ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as id
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_class c on c.oid = t.typrelid
  where l.classoid = 'pg_catalog.pg_type'::regclass and t.oid = l.objoid and (c.relkind <> 'c' or t.typtype = 'm')
  union all
  select 'column ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname)
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where l.classoid = 'pg_catalog.pg_class'::regclass and l.objsubid < 0
    and a.attrelid = l.objoid and a.attnum = l.objsubid) p on true
where l.objoid >= 16384 and l.classoid <> 'pg_catalog.pg_largeobject'::regclass
