--@ facts
-- Which index of a partition belongs to which index of the partitioned table.
select 'pg_catalog.pg_class'::regclass::oid as on_classid, h.inhrelid as on_objid, 0 as on_objsubid,
       'index_partition of {}' as id,
       quote_ident(pn.nspname) || '.' || quote_ident(p.relname) as parent,
       quote_ident(cn.nspname) || '.' || quote_ident(c.relname) as child,
       array[case when k.oid is not null
                  then 'constraint ' || quote_ident(pn.nspname) || '.' || quote_ident(pt.relname) || '.' || quote_ident(k.conname)
                  else 'index ' || quote_ident(pn.nspname) || '.' || quote_ident(p.relname) end,
             'partition ' || quote_ident(cn.nspname) || '.' || quote_ident(ct.relname)] as needs
from pg_catalog.pg_inherits h
join pg_catalog.pg_class c on c.oid = h.inhrelid and c.relkind in ('i', 'I')
join pg_catalog.pg_namespace cn on cn.oid = c.relnamespace
join pg_catalog.pg_index ci on ci.indexrelid = c.oid
join pg_catalog.pg_class ct on ct.oid = ci.indrelid
join pg_catalog.pg_class p on p.oid = h.inhparent
join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
join pg_catalog.pg_index pi on pi.indexrelid = p.oid
join pg_catalog.pg_class pt on pt.oid = pi.indrelid
left join pg_catalog.pg_constraint k on k.conindid = p.oid and k.conrelid = pi.indrelid and k.contype in ('p', 'u', 'x')
where k.contype is distinct from 'x' -- it is made by the parent's (constraint_expression.sql)
  and cn.nspname !~ '^pg_' and cn.nspname <> 'information_schema'
