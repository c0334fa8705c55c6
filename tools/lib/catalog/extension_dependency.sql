--@ facts
-- What is to vanish with an extension without belonging to it (ALTER ... DEPENDS ON EXTENSION).
select 'extension_dependency of {} on ' || quote_ident(e.extname) as id,
       d.classid as on_classid, d.objid as on_objid, 0 as on_objsubid,
       quote_ident(e.extname) as extension
from pg_catalog.pg_depend d
join pg_catalog.pg_extension e on e.oid = d.refobjid
where d.deptype = 'x' and d.refclassid = 'pg_catalog.pg_extension'::regclass
