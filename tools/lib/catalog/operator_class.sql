--@ facts
-- Operator classes. What CREATE OPERATOR CLASS takes for granted is left out: a family of the class's own name,
-- the class's type as the one of operators, and of functions where it does not look at their arguments
-- (assignProcTypes of PostgreSQL's opclasscmds.c).
with member as (
  select d.refobjid as class, d.classid, d.objid
  from pg_catalog.pg_depend d
  where d.refclassid = 'pg_catalog.pg_opclass'::regclass and d.deptype in ('i', 'a')
    and d.classid in ('pg_catalog.pg_amop'::regclass, 'pg_catalog.pg_amproc'::regclass)),
operators as (
  select m.class,
         array_agg('OPERATOR ' || a.amopstrategy || ' '
                   || case when n.nspname = 'pg_catalog' then '' else quote_ident(n.nspname) || '.' end || o.oprname
                   || case when o.oprleft = c.opcintype and o.oprright = c.opcintype then ''
                           else '(' || format_type(o.oprleft, null) || ', ' || format_type(o.oprright, null) || ')' end
                   || case when a.amopsortfamily <> 0
                           then ' FOR ORDER BY ' || quote_ident(sn.nspname) || '.' || quote_ident(s.opfname) else '' end
                   order by a.amopstrategy, format_type(o.oprleft, null), format_type(o.oprright, null)) as items
  from member m
  join pg_catalog.pg_opclass c on c.oid = m.class
  join pg_catalog.pg_amop a on a.oid = m.objid and m.classid = 'pg_catalog.pg_amop'::regclass
  join pg_catalog.pg_operator o on o.oid = a.amopopr
  join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
  left join pg_catalog.pg_opfamily s on s.oid = a.amopsortfamily
  left join pg_catalog.pg_namespace sn on sn.oid = s.opfnamespace
  group by 1),
functions as (
  select m.class,
         array_agg('FUNCTION ' || a.amprocnum || ' '
                   || case when a.amproclefttype = c.opcintype and a.amprocrighttype = c.opcintype
                            and (am.amname in ('gist', 'gin', 'spgist', 'brin')
                                 or c.opcintype = all (array[p.proargtypes[0], p.proargtypes[case a.amprocnum when 3 then 2 else 0 end]]))
                           then ''
                           else '(' || format_type(a.amproclefttype, null) || ', ' || format_type(a.amprocrighttype, null) || ') ' end
                   || a.amproc::regprocedure
                   order by a.amprocnum, format_type(a.amproclefttype, null), format_type(a.amprocrighttype, null)) as items
  from member m
  join pg_catalog.pg_opclass c on c.oid = m.class
  join pg_catalog.pg_am am on am.oid = c.opcmethod
  join pg_catalog.pg_amproc a on a.oid = m.objid and m.classid = 'pg_catalog.pg_amproc'::regclass
  join pg_catalog.pg_proc p on p.oid = a.amproc
  group by 1)
select 'pg_catalog.pg_opclass'::regclass::oid as classid, c.oid as objid,
       'operator_class ' || quote_ident(n.nspname) || '.' || quote_ident(c.opcname) || ' USING ' || quote_ident(am.amname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       (select array_agg(m.classid || ':' || m.objid) from member m where m.class = c.oid) as also,
       c.opcdefault as "default",
       format_type(c.opcintype, null) as type,
       quote_ident(am.amname) as access_method,
       case when fn.nspname <> n.nspname or f.opfname <> c.opcname
            then quote_ident(fn.nspname) || '.' || quote_ident(f.opfname) end as family,
       case when c.opckeytype <> 0 then format_type(c.opckeytype, null) end as storage,
       o.items as operators,
       p.items as functions
from pg_catalog.pg_opclass c
join pg_catalog.pg_namespace n on n.oid = c.opcnamespace
join pg_catalog.pg_am am on am.oid = c.opcmethod
join pg_catalog.pg_opfamily f on f.oid = c.opcfamily
join pg_catalog.pg_namespace fn on fn.oid = f.opfnamespace
left join operators o on o.class = c.oid
left join functions p on p.class = c.oid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
