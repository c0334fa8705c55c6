--@ facts
-- Conversions between encodings.
select 'pg_catalog.pg_conversion'::regclass::oid as classid, c.oid as objid,
       'conversion ' || quote_ident(n.nspname) || '.' || quote_ident(c.conname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       pg_encoding_to_char(c.conforencoding)::text as source,
       pg_encoding_to_char(c.contoencoding)::text as destination,
       c.conproc::text as function,
       c.condefault as "default"
from pg_catalog.pg_conversion c
join pg_catalog.pg_namespace n on n.oid = c.connamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
