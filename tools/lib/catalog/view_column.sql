--@ facts
-- Columns of views, but only those of which something is said that the view's
-- definition does not say: a comment, a privilege, a default, a setting. What they are
-- called and of what type they are is in the definition.
select 'pg_catalog.pg_class'::regclass::oid as classid, a.attrelid as objid, a.attnum::int as objsubid,
       'column ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname) as id,
       case c.relkind when 'm' then 'materialized_view ' else 'view ' end
         || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "in",
       case when a.attstorage <> t.typstorage then
         case a.attstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL' when 'm' then 'MAIN' when 'x' then 'EXTENDED' end
       end as storage,
       case when a.attstorage <> t.typstorage then
         case t.typstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL' when 'm' then 'MAIN' when 'x' then 'EXTENDED' end
       end as usual_storage,
       case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression, --@ >=14
       case when a.attstattarget >= 0 then a.attstattarget end as statistics,
       array(select o from unnest(a.attoptions) o where o !~ '^pg_attver=') as options -- see column.sql
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
where c.relkind in ('v', 'm')
  and (a.attacl is not null or a.atthasdef or a.attstattarget >= 0
       or exists (select from unnest(a.attoptions) o where o !~ '^pg_attver=')
       or a.attstorage <> t.typstorage
       or a.attcompression <> '' --@ >=14
       or exists (select from pg_catalog.pg_description d
                  where d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = c.oid and d.objsubid = a.attnum)
       or exists (select from pg_catalog.pg_seclabel l
                  where l.classoid = 'pg_catalog.pg_class'::regclass and l.objoid = c.oid and l.objsubid = a.attnum))
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
