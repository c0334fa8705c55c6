--@ facts
-- Configurations of text search.
select 'pg_catalog.pg_ts_config'::regclass::oid as classid, c.oid as objid,
       'text_search_configuration ' || quote_ident(n.nspname) || '.' || quote_ident(c.cfgname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       quote_ident(pn.nspname) || '.' || quote_ident(p.prsname) as parser
from pg_catalog.pg_ts_config c
join pg_catalog.pg_namespace n on n.oid = c.cfgnamespace
join pg_catalog.pg_ts_parser p on p.oid = c.cfgparser
join pg_catalog.pg_namespace pn on pn.oid = p.prsnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
