--@ facts
-- Comments on whatever is a fact; those of extensions' members are the extension's. What belongs
-- to another fact (the row type of a table, its system columns, the index of a constraint) has its name
-- written here. Schema public and extensions get a comment by themselves: none is said with an empty one.
with part as (
  select 'pg_catalog.pg_type'::regclass::oid as classid, t.oid as objid, 0 as objsubid,
         'type ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as id
  from pg_catalog.pg_description d
  join pg_catalog.pg_type t on t.oid = d.objoid
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  left join pg_catalog.pg_class c on c.oid = t.typrelid
  where d.classoid = 'pg_catalog.pg_type'::regclass and d.objoid >= 16384
    and (c.relkind <> 'c' or t.typtype = 'm' or exists (select from pg_catalog.pg_type e where e.typarray = t.oid))
  union all
  select 'pg_catalog.pg_class'::regclass, c.oid, a.attnum,
         'column ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname)
  from pg_catalog.pg_description d
  join pg_catalog.pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid
  join pg_catalog.pg_class c on c.oid = d.objoid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where d.classoid = 'pg_catalog.pg_class'::regclass and d.objsubid < 0
  union all
  select 'pg_catalog.pg_class'::regclass, c.oid, 0, 'index ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname)
  from pg_catalog.pg_description d
  join pg_catalog.pg_constraint k on k.conindid = d.objoid and k.contype in ('p', 'u', 'x')
  join pg_catalog.pg_class c on c.oid = d.objoid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where d.classoid = 'pg_catalog.pg_class'::regclass
  union all
  select 'pg_catalog.pg_proc'::regclass, p.oid, 0,
         'function ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')'
  from pg_catalog.pg_description d
  join pg_catalog.pg_proc p on p.oid = d.objoid
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where d.classoid = 'pg_catalog.pg_proc'::regclass and d.objoid >= 16384
    and exists (select from pg_catalog.pg_depend i
                where i.classid = 'pg_catalog.pg_proc'::regclass and i.objid = p.oid and i.deptype = 'i'))
select 'comment on ' || coalesce(p.id, '{}') as id,
       d.classoid as on_classid, d.objoid as on_objid, d.objsubid as on_objsubid,
       d.description as text, null as "default"
from pg_catalog.pg_description d
left join part p on p.classid = d.classoid and p.objid = d.objoid and p.objsubid = d.objsubid
where d.objoid >= 16384 and d.classoid <> 'pg_catalog.pg_largeobject'::regclass
  and not (d.classoid = 'pg_catalog.pg_namespace'::regclass and d.objoid is not distinct from to_regnamespace('public')::oid)
union all
select 'comment on {}', 'pg_catalog.pg_namespace'::regclass, n.oid, 0, coalesce(d.description, ''), 'standard public schema'
from pg_catalog.pg_namespace n
left join pg_catalog.pg_description d
  on d.classoid = 'pg_catalog.pg_namespace'::regclass and d.objoid = n.oid and d.objsubid = 0
where n.nspname = 'public' and d.description is distinct from 'standard public schema'
union all
select 'comment on {}', 'pg_catalog.pg_extension'::regclass, e.oid, 0, '', null
from pg_catalog.pg_extension e
where e.oid >= 16384
  and not exists (select from pg_catalog.pg_description d
                  where d.classoid = 'pg_catalog.pg_extension'::regclass and d.objoid = e.oid)
