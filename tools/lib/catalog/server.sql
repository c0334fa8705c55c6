--@ facts
-- Foreign servers.
select 'pg_catalog.pg_foreign_server'::regclass::oid as classid, s.oid as objid,
       'server ' || quote_ident(s.srvname) as id,
       quote_ident(w.fdwname) as wrapper,
       s.srvtype as type,
       s.srvversion as version,
       s.srvoptions as fdw_options
from pg_catalog.pg_foreign_server s
join pg_catalog.pg_foreign_data_wrapper w on w.oid = s.srvfdw
