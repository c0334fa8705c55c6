--@ facts
-- Indexes of constraints, but only those that have a comment: all else that is to be said of
-- such an index is said of its constraint.
select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid,
       'index ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       'pg_catalog.pg_constraint'::regclass::oid as on_classid, k.oid as on_objid, 0 as on_objsubid
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conindid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where (k.contype in ('p', 'u') or k.contype = 'x' and k.conparentid = 0)
  and exists (select from pg_catalog.pg_description d
              where d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid)
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
