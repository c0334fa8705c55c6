--@ facts deparse
-- Policies of row security. Without `roles` they are for PUBLIC.
select 'pg_catalog.pg_policy'::regclass::oid as classid, p.oid as objid,
       'policy ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(p.polname) as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, c.oid as on_objid, 0 as on_objsubid,
       not p.polpermissive as restrictive,
       case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' end as command,
       (select array_agg(case r.oid when 0 then 'PUBLIC' else quote_ident(r.name) end order by r.name collate "C")
        from (select o.oid, ro.rolname::text as name
              from unnest(p.polroles) o(oid) left join pg_catalog.pg_roles ro on ro.oid = o.oid) r
        where p.polroles <> '{0}') as roles,
       pg_get_expr(p.polqual, p.polrelid)::varchar as "using",
       pg_get_expr(p.polwithcheck, p.polrelid)::varchar as "check"
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
