--@ facts
-- Foreign-data wrappers. Options that hold a secret stay where they are.
select 'pg_catalog.pg_foreign_data_wrapper'::regclass::oid as classid, w.oid as objid,
       'foreign_data_wrapper ' || quote_ident(w.fdwname) as id,
       nullif(w.fdwhandler::regproc::text, '-') as handler,
       nullif(w.fdwvalidator::regproc::text, '-') as validator,
       o.open as fdw_options,
       'options with secrets: ' || o.secret as withheld
from pg_catalog.pg_foreign_data_wrapper w
cross join lateral (
  select array_agg(item order by number) filter (where not h.hidden) as open,
         string_agg(quote_ident(split_part(item, '=', 1)), ', ' order by number) filter (where h.hidden) as secret
  from unnest(w.fdwoptions) with ordinality u(item, number)
  cross join lateral (
    select split_part(item, '=', 1) ~* '(password|passwd|passfile|passphrase|secret|token|credential|(api|access|private)_?key)(?!.*_(id|name)$)'
           or item ~ '://[^/@]*:[^/@]*@' as hidden) h) o
