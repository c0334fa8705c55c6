-- What a user put into pg_catalog: it is the server's own, and pg_dump leaves it out, too. Members of
-- extensions (adminpack) and what belongs to another object aside. And what was said of a partition's copy of an
-- exclusion constraint: the server makes that anew from the parent's (constraint_expression.sql).
select (i.type || ' ' || i.identity) collate "C" as what,
       'it stands in pg_catalog, which belongs to the server' as why
from (
  select 'pg_catalog.pg_proc'::regclass::oid as classid, oid as objid, pronamespace as namespace from pg_catalog.pg_proc
  union all select 'pg_catalog.pg_class'::regclass, oid, relnamespace from pg_catalog.pg_class where relkind not in ('i', 'I', 't')
  union all select 'pg_catalog.pg_type'::regclass, oid, typnamespace from pg_catalog.pg_type where typrelid = 0
  union all select 'pg_catalog.pg_operator'::regclass, oid, oprnamespace from pg_catalog.pg_operator
  union all select 'pg_catalog.pg_opclass'::regclass, oid, opcnamespace from pg_catalog.pg_opclass
  union all select 'pg_catalog.pg_opfamily'::regclass, oid, opfnamespace from pg_catalog.pg_opfamily
  union all select 'pg_catalog.pg_collation'::regclass, oid, collnamespace from pg_catalog.pg_collation
  union all select 'pg_catalog.pg_conversion'::regclass, oid, connamespace from pg_catalog.pg_conversion
  union all select 'pg_catalog.pg_ts_config'::regclass, oid, cfgnamespace from pg_catalog.pg_ts_config
  union all select 'pg_catalog.pg_ts_dict'::regclass, oid, dictnamespace from pg_catalog.pg_ts_dict
  union all select 'pg_catalog.pg_ts_parser'::regclass, oid, prsnamespace from pg_catalog.pg_ts_parser
  union all select 'pg_catalog.pg_ts_template'::regclass, oid, tmplnamespace from pg_catalog.pg_ts_template) o
cross join lateral pg_identify_object(o.classid, o.objid, 0) i
where o.objid >= 16384 and o.namespace = 'pg_catalog'::regnamespace
  and not exists (select from pg_catalog.pg_depend d
                  where d.classid = o.classid and d.objid = o.objid and d.deptype in ('e', 'i'))
union all
select 'constraint ' || quote_ident(k.conname) || ' on table ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname),
       'its name, options and tablespace are its own, but the server makes it from that of the partitioned table'
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_class i on i.oid = k.conindid
join pg_catalog.pg_constraint p on p.oid = k.conparentid
join pg_catalog.pg_class pi on pi.oid = p.conindid
where k.contype = 'x'
  and (i.reloptions is distinct from pi.reloptions or i.reltablespace <> pi.reltablespace or k.conname !~ '_excl[0-9]*$')
order by 1, 2
