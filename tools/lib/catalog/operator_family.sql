--@ facts
-- Operator families, with the operators and functions that belong to no class of theirs.
with member as (
  select d.refobjid as family, d.classid, d.objid
  from pg_catalog.pg_depend d
  where d.refclassid = 'pg_catalog.pg_opfamily'::regclass and d.deptype in ('i', 'a')
    and d.classid in ('pg_catalog.pg_amop'::regclass, 'pg_catalog.pg_amproc'::regclass)),
operators as (
  select m.family,
         array_agg('OPERATOR ' || a.amopstrategy || ' '
                   || case when n.nspname = 'pg_catalog' then '' else quote_ident(n.nspname) || '.' end || o.oprname
                   || '(' || format_type(o.oprleft, null) || ', ' || format_type(o.oprright, null) || ')'
                   || case when a.amopsortfamily <> 0
                           then ' FOR ORDER BY ' || quote_ident(sn.nspname) || '.' || quote_ident(s.opfname) else '' end
                   order by a.amopstrategy, format_type(o.oprleft, null), format_type(o.oprright, null)) as items
  from member m
  join pg_catalog.pg_amop a on a.oid = m.objid and m.classid = 'pg_catalog.pg_amop'::regclass
  join pg_catalog.pg_operator o on o.oid = a.amopopr
  join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
  left join pg_catalog.pg_opfamily s on s.oid = a.amopsortfamily
  left join pg_catalog.pg_namespace sn on sn.oid = s.opfnamespace
  group by 1),
functions as (
  select m.family,
         array_agg('FUNCTION ' || a.amprocnum || ' (' || format_type(a.amproclefttype, null) || ', '
                   || format_type(a.amprocrighttype, null) || ') ' || a.amproc::regprocedure
                   order by a.amprocnum, format_type(a.amproclefttype, null), format_type(a.amprocrighttype, null)) as items
  from member m
  join pg_catalog.pg_amproc a on a.oid = m.objid and m.classid = 'pg_catalog.pg_amproc'::regclass
  group by 1)
select 'pg_catalog.pg_opfamily'::regclass::oid as classid, f.oid as objid,
       'operator_family ' || quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' USING ' || quote_ident(am.amname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       (select array_agg(m.classid || ':' || m.objid) from member m where m.family = f.oid) as also,
       o.items as operators,
       p.items as functions
from pg_catalog.pg_opfamily f
join pg_catalog.pg_namespace n on n.oid = f.opfnamespace
join pg_catalog.pg_am am on am.oid = f.opfmethod
left join operators o on o.family = f.oid
left join functions p on p.family = f.oid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
