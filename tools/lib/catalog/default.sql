--@ facts
-- Defaults of columns, of views too. A child table's column that has none where
-- a parent's has one: NULL, as pg_dump writes it. A default refers to no column, so that the server
-- needs no table to print it: naming the table would make it load that one's whole definition.
select 'pg_catalog.pg_attrdef'::regclass::oid as classid, d.oid as objid,
       'default ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname) as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, a.attrelid as on_objid, a.attnum::int as on_objsubid,
       coalesce(pg_get_expr(d.adbin, 0), 'NULL')::varchar as expression
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and c.relkind in ('r', 'p', 'f', 'v')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and (a.atthasdef
       or (a.attinhcount > 0 and not c.relispartition
           and exists (select from pg_catalog.pg_inherits i
                       join pg_catalog.pg_attribute p on p.attrelid = i.inhparent and p.attname = a.attname
                       where i.inhrelid = a.attrelid and p.atthasdef and p.attgenerated = '')))
