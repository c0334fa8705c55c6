--@ facts
-- Parsers of text search.
select 'pg_catalog.pg_ts_parser'::regclass::oid as classid, p.oid as objid,
       'text_search_parser ' || quote_ident(n.nspname) || '.' || quote_ident(p.prsname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       p.prsstart::text as start,
       p.prstoken::text as gettoken,
       p.prsend::text as "end",
       nullif(p.prsheadline::text, '-') as headline,
       p.prslextype::text as lextypes
from pg_catalog.pg_ts_parser p
join pg_catalog.pg_namespace n on n.oid = p.prsnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
