--@ facts
-- Defaults of columns, of views too. A child table's column that has none where
-- a parent's has one: NULL, as pg_dump writes it. A default refers to no column, so that the server
-- needs no table to print it: naming the table would make it load that one's whole definition.
select 'pg_catalog.pg_attrdef'::regclass::oid as classid, d.oid as objid,
       'default ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname) as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, a.attrelid as on_objid, a.attnum::int as on_objsubid,
       coalesce(pg_get_expr(d.adbin, 0), 'NULL')::varchar as expression
from (
  select d.oid, d.adrelid, d.adnum, d.adbin
  from pg_catalog.pg_attrdef d
  union all
  select null, a.attrelid, a.attnum, null
  from pg_catalog.pg_inherits i
  join pg_catalog.pg_class c on c.oid = i.inhrelid and not c.relispartition
  join pg_catalog.pg_attribute p on p.attrelid = i.inhparent and p.atthasdef and p.attgenerated = ''
  join pg_catalog.pg_attribute a on a.attrelid = i.inhrelid and a.attname = p.attname and a.attinhcount > 0
    and not a.atthasdef
  group by 2, 3) d
join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relkind in ('r', 'p', 'f', 'v')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
