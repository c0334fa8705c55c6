--@ facts
-- Settings of this database, and of roles in it. One that is a secret stays where it is.
select case when not s.hidden then s.id end as id,
       case when s.hidden then s.id end as withheld,
       s.setting,
       s.role
from (
  select 'database_setting ' || quote_ident(name) || coalesce(' for ' || r.role, '') as id,
         item as setting, r.role,
         name ~* '(password|passwd|passphrase|secret|token|credential|(api|access|private|encryption|signing|jwt)_?key)(?!.*_(id|name)$)'
           or item ~ '://[^/@]*:[^/@]*@' as hidden
  from pg_catalog.pg_db_role_setting d
  cross join lateral unnest(d.setconfig) item
  cross join lateral left(item, strpos(item, '=') - 1) name
  cross join lateral (select case when d.setrole <> 0 then quote_ident(pg_get_userbyid(d.setrole)) end as role) r
  where d.setdatabase = (select b.oid from pg_catalog.pg_database b where b.datname = current_database())) s
