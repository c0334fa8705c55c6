--@ facts
-- Privileges that objects get when they are created. Those for the whole database
-- take the place of the defaults of the kind, those for a schema add to them.
with acl as (
  select d.oid, d.defaclrole, d.defaclnamespace, d.defaclobjtype, d.defaclacl as acl,
         case when d.defaclnamespace <> 0 then '{}'
              else acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end::"char", d.defaclrole) end as base
  from pg_catalog.pg_default_acl d),
changed as (
  select a.oid, a.defaclrole, a.defaclnamespace, a.defaclobjtype, x.grantee,
         array_agg(p.text order by p.text collate "C") filter (where not s.base) as privileges,
         array_agg(p.text order by p.text collate "C") filter (where s.base) as "default"
  from acl a
  cross join lateral (
    select false as base, item from unnest(a.acl) item where not item = any(a.base)
    union all
    select true, item from unnest(a.base) item where not item = any(a.acl)) s
  cross join lateral aclexplode(array[s.item]) x
  cross join lateral (select x.privilege_type || case when x.is_grantable then '*' else '' end as text) p
  group by 1, 2, 3, 4, 5)
select 'default_privilege for ' || quote_ident(pg_get_userbyid(c.defaclrole))
         || coalesce(' in ' || quote_ident(n.nspname), '')
         || case c.defaclobjtype when 'r' then ' on tables' when 'S' then ' on sequences' when 'f' then ' on functions'
                                 when 'T' then ' on types' when 'n' then ' on schemas' when 'L' then ' on large_objects' end
         || ' to ' || case when c.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(c.grantee)) end as id,
       'schema ' || quote_ident(n.nspname) as "in",
       c.privileges,
       c."default"
from changed c
left join pg_catalog.pg_namespace n on n.oid = c.defaclnamespace
where n.oid is null or n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
