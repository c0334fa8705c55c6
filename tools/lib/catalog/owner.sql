--@ facts
-- Who owns what. An index, a row type or the sequence of an identity column has
-- the owner of its table, the constructors of a range type that of the type. What schema public has by itself is no fact.
select 'owner of {}' as id, o.classid as on_classid, o.objid as on_objid, 0 as on_objsubid,
       quote_ident(pg_get_userbyid(o.owner)) as role, null as "default"
from (
  select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid, c.relowner as owner, c.relnamespace as namespace
  from pg_catalog.pg_class c
  where c.relkind in ('r', 'p', 'v', 'm', 'f')
     or c.relkind = 'S' and not exists (
       select from pg_catalog.pg_depend d
       where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
         and d.deptype = 'i' and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0)
  union all
  select 'pg_catalog.pg_type'::regclass, t.oid, t.typowner, t.typnamespace
  from pg_catalog.pg_type t
  where t.typtype in ('b', 'c', 'd', 'e', 'p', 'r')
    and (t.typrelid = 0 or t.typrelid in (select c.oid from pg_catalog.pg_class c where c.relkind = 'c'))
    and (t.typelem = 0 or not exists (select from pg_catalog.pg_type e where e.oid = t.typelem and e.typarray = t.oid))
  union all
  select 'pg_catalog.pg_proc'::regclass, p.oid, p.proowner, p.pronamespace
  from pg_catalog.pg_proc p
  where p.oid >= 16384
    and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
  union all select 'pg_catalog.pg_operator'::regclass, oid, oprowner, oprnamespace from pg_catalog.pg_operator where oprcode <> 0
  union all select 'pg_catalog.pg_opclass'::regclass, oid, opcowner, opcnamespace from pg_catalog.pg_opclass
  union all select 'pg_catalog.pg_opfamily'::regclass, oid, opfowner, opfnamespace from pg_catalog.pg_opfamily
  union all select 'pg_catalog.pg_collation'::regclass, oid, collowner, collnamespace from pg_catalog.pg_collation
  union all select 'pg_catalog.pg_conversion'::regclass, oid, conowner, connamespace from pg_catalog.pg_conversion
  union all select 'pg_catalog.pg_ts_config'::regclass, oid, cfgowner, cfgnamespace from pg_catalog.pg_ts_config
  union all select 'pg_catalog.pg_ts_dict'::regclass, oid, dictowner, dictnamespace from pg_catalog.pg_ts_dict
  union all select 'pg_catalog.pg_statistic_ext'::regclass, oid, stxowner, stxnamespace from pg_catalog.pg_statistic_ext
  ) o
join pg_catalog.pg_namespace n on n.oid = o.namespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select 'owner of {}', n.classid, n.objid, 0, quote_ident(pg_get_userbyid(n.owner)), quote_ident(pg_get_userbyid(n."default"))
from (
  select 'pg_catalog.pg_namespace'::regclass::oid as classid, oid as objid, nspname, nspowner as owner,
         case when nspname = 'public' then
           10 --@ <15
           'pg_database_owner'::regrole::oid --@ >=15
         end as "default"
  from pg_catalog.pg_namespace) n
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and n.owner is distinct from n."default"
union all
select 'owner of {}', o.classid, o.objid, 0, quote_ident(pg_get_userbyid(o.owner)), null
from (
  select 'pg_catalog.pg_language'::regclass::oid, oid, lanowner from pg_catalog.pg_language where oid >= 16384
  union all select 'pg_catalog.pg_foreign_data_wrapper'::regclass, oid, fdwowner from pg_catalog.pg_foreign_data_wrapper
  union all select 'pg_catalog.pg_foreign_server'::regclass, oid, srvowner from pg_catalog.pg_foreign_server
  union all select 'pg_catalog.pg_event_trigger'::regclass, oid, evtowner from pg_catalog.pg_event_trigger
  union all select 'pg_catalog.pg_publication'::regclass, oid, pubowner from pg_catalog.pg_publication
  union all
  select 'pg_catalog.pg_subscription'::regclass,
         s.oid, --@ >=14
         s.oid, --@ <14 --@ superuser
         (select min(i.subid) from pg_catalog.pg_stat_subscription i --@ <14 --@ plain
          where i.subname = s.subname having count(distinct i.subid) = 1), --@ <14 --@ plain
         s.subowner
  from pg_catalog.pg_subscription s
  where s.subdbid = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
  ) o(classid, objid, owner)
where o.objid is not null
