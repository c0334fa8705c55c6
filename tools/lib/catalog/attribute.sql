--@ facts
-- Attributes of composite types.
select 'pg_catalog.pg_class'::regclass::oid as classid, a.attrelid as objid, a.attnum::int as objsubid,
       'attribute ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname) as id,
       'type ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "in",
       row_number() over (partition by a.attrelid order by a.attnum) as position,
       format_type(a.atttypid, a.atttypmod) as type,
       case when a.attcollation <> t.typcollation then quote_ident(cn.nspname) || '.' || quote_ident(co.collname) end as collation
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_collation co on co.oid = a.attcollation and a.attcollation <> t.typcollation
left join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
where c.relkind = 'c' and a.attnum > 0 and not a.attisdropped
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
