--@ facts
-- Settings of this database, and of roles in it.
select 'database_setting ' || quote_ident(left(item, strpos(item, '=') - 1)) || coalesce(' for ' || r.role, '') as id,
       item as setting,
       r.role
from pg_catalog.pg_db_role_setting d
cross join lateral unnest(d.setconfig) item
cross join lateral (select case when d.setrole <> 0 then quote_ident(pg_get_userbyid(d.setrole)) end as role) r
where d.setdatabase = (select b.oid from pg_catalog.pg_database b where b.datname = current_database())
