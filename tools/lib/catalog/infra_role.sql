-- Roles, sorted: those that the database refers to, with the groups that they are in and the
-- members that they have; all of them when $1 is true. Reads pg_roles, which has no passwords.
-- Owners, grantees, grantors, policies' roles and user mappings are in pg_shdepend, but for subscriptions
-- (which are not of one database there) and the bootstrap superuser (oid 10), on whom nothing can depend there.
with recursive database as (
	select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()
), own (classid, objid) as (
	-- PostKit's tables are not of the database's making.
	select 'pg_catalog.pg_namespace'::pg_catalog.regclass, oid from pg_catalog.pg_namespace where nspname = 'postkit'
	union all
	select 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid
	from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = 'postkit'
	union all
	select 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid
	from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace where n.nspname = 'postkit'
), owned_by_bootstrap as (
	select from pg_catalog.pg_database where datname = pg_catalog.current_database() and datdba = 10
	union all select from pg_catalog.pg_namespace where nspowner = 10 and (oid >= 16384 or nspname = 'public') and oid not in (select objid from own)
	union all select from pg_catalog.pg_class where relowner = 10 and oid >= 16384 and relkind not in ('t', 'i') and oid not in (select objid from own)
	union all select from pg_catalog.pg_proc where proowner = 10 and oid >= 16384
	union all select from pg_catalog.pg_type where typowner = 10 and oid >= 16384 and oid not in (select objid from own)
	union all select from pg_catalog.pg_operator where oprowner = 10 and oid >= 16384
	union all select from pg_catalog.pg_foreign_server where srvowner = 10
	union all select from pg_catalog.pg_publication where pubowner = 10
	union all select from pg_catalog.pg_event_trigger where evtowner = 10
	union all select from pg_catalog.pg_extension where extowner = 10 and oid >= 16384
), referred (oid) as (
	select s.refobjid
	from pg_catalog.pg_shdepend s, database d
	where s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
	  and (s.dbid = d.oid
	       or s.dbid = 0 and s.classid = 'pg_catalog.pg_database'::pg_catalog.regclass and s.objid = d.oid)
	  and not exists (select from own o where o.classid = s.classid and o.objid = s.objid)
	union
	select s.subowner from pg_catalog.pg_subscription s join database d on d.oid = s.subdbid
	union
	select s.setrole from pg_catalog.pg_db_role_setting s join database d on d.oid = s.setdatabase
	union
	select 10::oid where exists (select from owned_by_bootstrap)
	union
	select oid from pg_catalog.pg_roles where $1::boolean
), groups (oid) as (
	select oid from referred
	union
	select m.roleid from groups g join pg_catalog.pg_auth_members m on m.member = g.oid
), members (oid) as (
	select oid from referred
	union
	select m.member from members g join pg_catalog.pg_auth_members m on m.roleid = g.oid
), chosen (oid) as (
	select oid from groups
	union
	select oid from members
), granted (oid) as (
	-- Whoever granted a membership among them is needed to grant it again.
	select oid from chosen
	union                                                                                  --@ >=16
	select m.grantor                                                                       --@ >=16
	from granted g join pg_catalog.pg_auth_members m on m.member = g.oid                   --@ >=16
	join chosen c on c.oid = m.roleid                                                      --@ >=16
	where m.grantor <> 10                                                                  --@ >=16
)
select r.oid, r.rolname as name, r.oid = 10 as is_bootstrap,
       r.rolcanlogin as login, r.rolsuper as superuser, r.rolinherit as inherit,
       r.rolcreatedb as createdb, r.rolcreaterole as createrole,
       r.rolreplication as replication, r.rolbypassrls as bypassrls,
       case when r.rolconnlimit <> -1 then r.rolconnlimit end as connection_limit,
       r.rolvaliduntil as valid_until,
       pg_catalog.shobj_description(r.oid, 'pg_authid') as comment
from pg_catalog.pg_roles r
where r.oid in (select oid from granted) and r.rolname !~ '^pg_'
order by r.rolname collate "C"
