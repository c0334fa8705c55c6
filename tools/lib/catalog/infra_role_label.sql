-- Security labels of the roles $1; sorted.
select r.rolname as name, l.provider, l.label
from pg_catalog.pg_shseclabel l
join pg_catalog.pg_roles r on r.oid = l.objoid
where l.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass and r.oid = any ($1::pg_catalog.oid[])
order by r.rolname collate "C", l.provider collate "C"
