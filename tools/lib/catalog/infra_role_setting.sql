-- ALTER ROLE ... SET of the roles $1, for all databases; sorted. Those for one database are facts of it.
select r.rolname as name, s.setting
from pg_catalog.pg_roles r, unnest(r.rolconfig) as s (setting)
where r.oid = any ($1::pg_catalog.oid[])
order by r.rolname collate "C", s.setting collate "C"
