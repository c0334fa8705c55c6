-- What there is of postkit.schema_migrations: asked of the catalogs, as the role may not even see into the schema.
select exists (select from pg_catalog.pg_namespace where nspname = 'postkit') as schema,
       (select count(*) = 4 from pg_catalog.pg_attribute a
        where a.attrelid = t.oid and not a.attisdropped
          and a.attname in ('name', 'checksum', 'applied_at', 'duration_ms')) as columns,
       coalesce(pg_catalog.has_schema_privilege(t.relnamespace, 'usage')
                and pg_catalog.has_table_privilege(t.oid, 'select'), false) as readable
from (values (1)) as one
left join (
	select c.oid, c.relnamespace
	from pg_catalog.pg_class c
	join pg_catalog.pg_namespace n on n.oid = c.relnamespace
	where n.nspname = 'postkit' and c.relname = 'schema_migrations') t on true
