--@ facts
-- Who is whom on foreign servers. Who may see options of others is in the view pg_user_mappings.
select 'pg_catalog.pg_user_mapping'::regclass::oid as classid, m.umid as objid,
       'user_mapping for ' || case when m.umuser = 0 then 'public' else quote_ident(m.usename) end
         || ' on ' || quote_ident(m.srvname) as id,
       coalesce((select 'extension ' || quote_ident(e.extname)
                 from pg_catalog.pg_depend d
                 join pg_catalog.pg_extension e on e.oid = d.refobjid
                 where d.classid = 'pg_catalog.pg_foreign_server'::regclass and d.objid = m.srvid
                   and d.deptype = 'e' and d.refclassid = 'pg_catalog.pg_extension'::regclass),
                'server ' || quote_ident(m.srvname)) as "in",
       m.umoptions as fdw_options,
       case when not v.visible then 'its options: only who owns the server may see them' end as withheld
from pg_catalog.pg_user_mappings m
join pg_catalog.pg_foreign_server s on s.oid = m.srvid
cross join lateral (
  select m.umoptions is not null
         or (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user)
         or m.umuser = 0 and pg_has_role(s.srvowner, 'USAGE')
         or m.umuser <> 0 and m.usename = current_user
            and (pg_has_role(s.srvowner, 'USAGE') or has_server_privilege(s.oid, 'USAGE')) as visible) v
