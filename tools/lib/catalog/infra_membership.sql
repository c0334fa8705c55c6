-- Which of the roles $1 are in which of them, or in a predefined role; sorted. Before version
-- 16 the grantor meant nothing. `inherit` and `set` are there where they are not the default.
select g.rolname as role, m.rolname as member,
       a.admin_option as admin,
       case when a.inherit_option <> m.rolinherit then a.inherit_option end as inherit,        --@ >=16
       case when not a.set_option then a.set_option end as set,                                --@ >=16
       case when a.grantor <> 10 then pg_catalog.pg_get_userbyid(a.grantor) end as grantor     --@ >=16
       null as inherit, null as set, null as grantor                                           --@ <16
from pg_catalog.pg_auth_members a
join pg_catalog.pg_roles g on g.oid = a.roleid
join pg_catalog.pg_roles m on m.oid = a.member
where a.member = any ($1::pg_catalog.oid[])
  and (a.roleid = any ($1::pg_catalog.oid[]) or g.rolname ~ '^pg_')
order by g.rolname collate "C", m.rolname collate "C", pg_catalog.pg_get_userbyid(a.grantor) collate "C"
