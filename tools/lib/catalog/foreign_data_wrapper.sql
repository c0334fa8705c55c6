--@ facts
-- Foreign-data wrappers.
select 'pg_catalog.pg_foreign_data_wrapper'::regclass::oid as classid, w.oid as objid,
       'foreign_data_wrapper ' || quote_ident(w.fdwname) as id,
       nullif(w.fdwhandler::regproc::text, '-') as handler,
       nullif(w.fdwvalidator::regproc::text, '-') as validator,
       w.fdwoptions as fdw_options
from pg_catalog.pg_foreign_data_wrapper w
