--@ facts
-- Materialized views that have data, after those that they read, also through
-- views. One that reads another without data could not be filled again, so it
-- counts as having none. What functions read that are called on the way nobody
-- knows: those that call any come after those that call none.
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
  select n.reader, r.read from needed n join reading r on r.reader = n.read),
calling as (
  select r.ev_class as oid
  from pg_catalog.pg_rewrite r
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid
    and d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid >= 16384
  where r.rulename = '_RETURN'),
filled as (
  select c.oid, 'populated materialized_view ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
         c.oid in (select oid from calling)
           or exists (select from needed join calling on calling.oid = needed.read where needed.reader = c.oid) as calls
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'm' and c.relispopulated
    and not exists (select from needed
                    join pg_catalog.pg_class m on m.oid = needed.read and m.relkind = 'm'
                    where needed.reader = c.oid and not m.relispopulated)
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema')
select 'populated {}' as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, f.oid as on_objid, 0 as on_objsubid,
       (select array_agg(o.id) from filled o
        where exists (select from needed where needed.reader = f.oid and needed.read = o.oid)
           or f.calls and not o.calls) as needs
from filled f
