--@ facts
-- Foreign servers. Options that hold a secret stay where they are.
select 'pg_catalog.pg_foreign_server'::regclass::oid as classid, s.oid as objid,
       'server ' || quote_ident(s.srvname) as id,
       quote_ident(w.fdwname) as wrapper,
       s.srvtype as type,
       s.srvversion as version,
       o.open as fdw_options,
       'options with secrets: ' || o.secret as withheld
from pg_catalog.pg_foreign_server s
join pg_catalog.pg_foreign_data_wrapper w on w.oid = s.srvfdw
cross join lateral (
  select array_agg(item order by number) filter (where not h.hidden) as open,
         string_agg(quote_ident(split_part(item, '=', 1)), ', ' order by number) filter (where h.hidden) as secret
  from unnest(s.srvoptions) with ordinality u(item, number)
  cross join lateral (
    select split_part(item, '=', 1) ~* '(password|passwd|passfile|passphrase|secret|token|credential|(api|access|private)_?key)(?!.*_(id|name)$)'
           or item ~ '://[^/@]*:[^/@]*@' as hidden) h) o
