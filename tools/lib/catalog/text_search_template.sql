--@ facts
-- Templates of text search dictionaries.
select 'pg_catalog.pg_ts_template'::regclass::oid as classid, t.oid as objid,
       'text_search_template ' || quote_ident(n.nspname) || '.' || quote_ident(t.tmplname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       nullif(t.tmplinit::text, '-') as init,
       t.tmpllexize::text as lexize
from pg_catalog.pg_ts_template t
join pg_catalog.pg_namespace n on n.oid = t.tmplnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
