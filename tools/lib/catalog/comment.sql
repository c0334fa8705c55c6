--@ facts
-- Comments on whatever is a fact; those of extensions' members are the extension's.
select 'comment on {}' as id,
       d.classoid as on_classid, d.objoid as on_objid, d.objsubid as on_objsubid,
       d.description as text
from pg_catalog.pg_description d
where d.objoid >= 16384
