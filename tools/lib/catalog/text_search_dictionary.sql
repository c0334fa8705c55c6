--@ facts
-- Dictionaries of text search. `options` is a list as CREATE TEXT SEARCH DICTIONARY takes it.
select 'pg_catalog.pg_ts_dict'::regclass::oid as classid, d.oid as objid,
       'text_search_dictionary ' || quote_ident(n.nspname) || '.' || quote_ident(d.dictname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       quote_ident(tn.nspname) || '.' || quote_ident(t.tmplname) as template,
       d.dictinitoption as options
from pg_catalog.pg_ts_dict d
join pg_catalog.pg_namespace n on n.oid = d.dictnamespace
join pg_catalog.pg_ts_template t on t.oid = d.dicttemplate
join pg_catalog.pg_namespace tn on tn.oid = t.tmplnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
