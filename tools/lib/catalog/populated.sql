--@ facts
-- Materialized views that have data, after those that they read, also through
-- views. One that reads another without data could not be filled again, so it
-- counts as having none.
with recursive reading as (
  select r.ev_class as reader, d.refobjid as read
  from pg_catalog.pg_rewrite r
  join pg_catalog.pg_class c on c.oid = r.ev_class and c.relkind in ('v', 'm')
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
    and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> r.ev_class
  join pg_catalog.pg_class rc on rc.oid = d.refobjid and rc.relkind in ('v', 'm')
  where r.rulename = '_RETURN'),
needed as (
  select r.reader, r.read from reading r
  join pg_catalog.pg_class c on c.oid = r.reader and c.relkind = 'm'
  union
  select n.reader, r.read from needed n join reading r on r.reader = n.read)
select 'populated {}' as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, c.oid as on_objid, 0 as on_objsubid,
       (select array_agg('populated materialized_view ' || quote_ident(mn.nspname) || '.' || quote_ident(m.relname))
        from needed
        join pg_catalog.pg_class m on m.oid = needed.read and m.relkind = 'm'
        join pg_catalog.pg_namespace mn on mn.oid = m.relnamespace
        where needed.reader = c.oid) as needs
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'm' and c.relispopulated
  and not exists (select from needed
                  join pg_catalog.pg_class m on m.oid = needed.read and m.relkind = 'm'
                  where needed.reader = c.oid and not m.relispopulated)
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
