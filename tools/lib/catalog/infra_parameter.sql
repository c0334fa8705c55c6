-- Rights of the roles $1 to set parameters of the server; sorted.
select p.parname as parameter, r.rolname as name, a.privilege_type as privilege, a.is_grantable as grantable  --@ >=15
from pg_catalog.pg_parameter_acl p                                                                            --@ >=15
cross join pg_catalog.aclexplode(p.paracl) a                                                                  --@ >=15
join pg_catalog.pg_roles r on r.oid = a.grantee                                                               --@ >=15
where r.oid = any ($1::pg_catalog.oid[]) and r.oid <> 10                                                      --@ >=15
order by p.parname collate "C", r.rolname collate "C", a.privilege_type collate "C", a.grantor                --@ >=15
select null as parameter, null as name, null as privilege, null as grantable where $1::text is null and false --@ <15
