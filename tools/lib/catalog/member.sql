-- What belongs to an extension: never a fact of its own, but others may need it.
select d.classid, d.objid, 'extension ' || quote_ident(e.extname) as extension
from pg_catalog.pg_depend d
join pg_catalog.pg_extension e on e.oid = d.refobjid
where d.deptype = 'e' and d.refclassid = 'pg_catalog.pg_extension'::regclass
