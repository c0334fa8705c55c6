-- Schemas with their owners, sorted; only those in $1, where it is not null. `public` is in every
-- new database, an extension makes the schemas that belong to it, and `postkit` holds the migrations' table.
select n.nspname as name, r.rolname as owner
from pg_catalog.pg_namespace n
left join pg_catalog.pg_roles r on r.oid = n.nspowner
where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'postkit')
  and ($1::text[] is null or n.nspname = any ($1::text[]))
  and not exists (
	select from pg_catalog.pg_depend d
	where d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass and d.objid = n.oid and d.deptype = 'e')
order by n.nspname collate "C"
