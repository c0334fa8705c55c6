--@ facts
-- Privileges that differ from what the object has by itself: from the defaults of
-- its kind or, where an extension or initdb made it, from what these gave. One
-- fact for each grantee and grantor. What is granted on extensions' members and
-- on the system's own objects has its id written here; no query gives these.
with extension as (
  select d.classid, d.objid, case when e.extname <> 'plpgsql' then 'extension ' || quote_ident(e.extname) end as id
  from pg_catalog.pg_depend d
  join pg_catalog.pg_extension e on e.oid = d.refobjid
  where d.deptype = 'e' and d.refclassid = 'pg_catalog.pg_extension'::regclass),
relation as not materialized (
  select c.oid, c.relacl, c.relowner, c.relkind, c.relnamespace, n.nspname,
         case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' when 'f' then 'foreign_table'
                        when 'S' then 'sequence' else 'table' end as kind,
         quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')),
object as (
  -- `parent` has grant options that reach here: a column's table; `written`: what
  -- belongs to another fact, and has privileges of its own all the same
  select 'pg_catalog.pg_class'::regclass::oid as classid, r.oid as objid, 0 as objsubid, r.relacl as acl, r.relowner as owner,
         case r.relkind when 'S' then 's' else 'r' end::"char" as type, r.nspname,
         r.kind || ' ' || r.name as id, null as parent, false as written
  from relation r
  where r.relacl is not null
  union all
  select 'pg_catalog.pg_class'::regclass, r.oid, a.attnum, a.attacl, r.relowner,
         'c', r.nspname,
         'column ' || r.name || '.' || quote_ident(a.attname), r.kind || ' ' || r.name,
         a.attnum < 0
  from pg_catalog.pg_attribute a
  join relation r on r.oid = a.attrelid
  where a.attacl is not null and not a.attisdropped
  union all
  select 'pg_catalog.pg_proc'::regclass, p.oid, 0, p.proacl, p.proowner,
         'f', n.nspname,
         case p.prokind when 'p' then 'procedure ' when 'a' then 'aggregate ' else 'function ' end || quote_ident(n.nspname) || '.' || quote_ident(p.proname)
           || '(' || case when p.prokind = 'a' and p.pronargs = 0 then '*' else oidvectortypes(p.proargtypes) end || ')', null,
         -- the constructors of range types are no facts of their own
         exists (select from pg_catalog.pg_depend d
                 where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
  from pg_catalog.pg_proc p
  join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where p.proacl is not null
  union all
  select 'pg_catalog.pg_type'::regclass, t.oid, 0, t.typacl, t.typowner,
         'T', n.nspname,
         case t.typtype when 'd' then 'domain ' else 'type ' end || quote_ident(n.nspname) || '.' || quote_ident(t.typname), null,
         t.typtype = 'm' or exists (select from pg_catalog.pg_class c where c.oid = t.typrelid and c.relkind <> 'c')
  from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  where t.typacl is not null
  union all
  select 'pg_catalog.pg_language'::regclass, l.oid, 0, l.lanacl, l.lanowner,
         'l', case when l.oid < 16384 then 'pg_catalog' end, 'language ' || quote_ident(l.lanname), null, false
  from pg_catalog.pg_language l
  where l.lanacl is not null
  union all
  select 'pg_catalog.pg_namespace'::regclass, n.oid, 0,
         coalesce(n.nspacl, acldefault('n', n.nspowner)), n.nspowner,
         'n', case when n.nspname = 'pg_catalog' then n.nspname end,
         'schema ' || quote_ident(n.nspname), null, false
  from pg_catalog.pg_namespace n
  where (n.nspacl is not null or n.nspname = 'public')
    and n.nspname <> 'information_schema' and (n.nspname = 'pg_catalog' or n.nspname !~ '^pg_')
  union all
  select 'pg_catalog.pg_foreign_data_wrapper'::regclass, w.oid, 0, w.fdwacl, w.fdwowner,
         'F', null, 'foreign_data_wrapper ' || quote_ident(w.fdwname), null, false
  from pg_catalog.pg_foreign_data_wrapper w
  where w.fdwacl is not null
  union all
  select 'pg_catalog.pg_foreign_server'::regclass, s.oid, 0, s.srvacl, s.srvowner,
         'S', null, 'server ' || quote_ident(s.srvname), null, false
  from pg_catalog.pg_foreign_server s
  where s.srvacl is not null),
compared as (
  -- `plain`: a query of its own gives the object
  select o.*, e.id as extension,
         e.classid is null and (o.nspname is null or o.nspname !~ '^pg_' and o.nspname <> 'information_schema') as plain,
         -- that of public is what every new database has, whoever owns it now
         case when o.id = 'schema public' then acldefault('n', o.owner)
                || ('=UC/' || quote_ident(pg_get_userbyid(o.owner)))::aclitem --@ <15
                || ('=U/' || quote_ident(pg_get_userbyid(o.owner)))::aclitem --@ >=15
              else coalesce(i.initprivs, acldefault(o.type, o.owner)) end as base
  from object o
  left join extension e on e.classid = o.classid and e.objid = o.objid
  left join pg_catalog.pg_init_privs i on i.classoid = o.classid and i.objoid = o.objid and i.objsubid = o.objsubid
  where e.classid is not null or o.nspname is null or o.nspname = 'pg_catalog' and o.objid < 16384
     or o.nspname !~ '^pg_' and o.nspname <> 'information_schema'),
numbered as (
  select row_number() over () as number, c.*, case when c.plain and not c.written then '{}' else c.id end as target
  from compared c
  where c.acl <> c.base),
changed as (
  select n.number, x.grantor, x.grantee,
         array_agg(p.text order by p.text collate "C") filter (where not s.base) as privileges,
         array_agg(p.text order by p.text collate "C") filter (where s.base) as "default"
  from numbered n
  cross join lateral (
    select false as base, item from unnest(n.acl) item where not item = any(n.base)
    union all
    select true, item from unnest(n.base) item where not item = any(n.acl)) s
  cross join lateral aclexplode(array[s.item]) x
  cross join lateral (select x.privilege_type || case when x.is_grantable then '*' else '' end as text) p
  group by 1, 2, 3)
select case when n.plain then n.classid end as on_classid,
       case when n.plain then n.objid end as on_objid,
       case when n.plain then n.objsubid end as on_objsubid,
       case when not n.plain then n.extension end as "in",
       'privilege on ' || n.target
         || ' to ' || case when c.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(c.grantee)) end
         || case when c.grantor <> n.owner then ' by ' || quote_ident(pg_get_userbyid(c.grantor)) else '' end as id,
       c.privileges,
       c."default",
       -- who granted had it from someone
       case when c.grantor <> n.owner then (
         select array_agg(distinct 'privilege on ' || t.target || ' to ' || quote_ident(pg_get_userbyid(g.grantee))
                  || case when g.grantor <> n.owner then ' by ' || quote_ident(pg_get_userbyid(g.grantor)) else '' end)
         from (select n.target, n.acl
               union all
               select n.parent, r.relacl from relation r where r.oid = n.objid and n.parent is not null) t
         cross join lateral aclexplode(t.acl) g
         where g.grantee = c.grantor and g.is_grantable) end as needs
from changed c
join numbered n using (number)
