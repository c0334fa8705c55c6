--@ facts
-- Collations. The version of the library's is not part of it.
select 'pg_catalog.pg_collation'::regclass::oid as classid, c.oid as objid,
       'collation ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       case c.collprovider when 'c' then 'libc' when 'i' then 'icu' when 'b' then 'builtin' when 'd' then 'default' end as provider,
       case c.collprovider
         when 'c' then case when c.collcollate = c.collctype then c.collcollate::text end
         else coalesce(
                c.colllocale, --@ >=17
                c.colliculocale, --@ 15..16
                c.collcollate::text)
       end as locale,
       case when c.collprovider = 'c' and c.collcollate <> c.collctype then c.collcollate::text end as lc_collate,
       case when c.collprovider = 'c' and c.collcollate <> c.collctype then c.collctype::text end as lc_ctype,
       c.collicurules as rules, --@ >=16
       not c.collisdeterministic as nondeterministic
from pg_catalog.pg_collation c
join pg_catalog.pg_namespace n on n.oid = c.collnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
