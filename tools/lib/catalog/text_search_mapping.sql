--@ facts
-- Which dictionaries a configuration of text search asks for a type of token.
select 'text_search_mapping ' || quote_ident(n.nspname) || '.' || quote_ident(c.cfgname) || '.' || quote_ident(token.alias) as id,
       'text_search_configuration ' || quote_ident(n.nspname) || '.' || quote_ident(c.cfgname) as "in",
       token.tokid as position,
       (select array_agg(quote_ident(dn.nspname) || '.' || quote_ident(d.dictname) order by m.mapseqno)
        from pg_catalog.pg_ts_config_map m
        join pg_catalog.pg_ts_dict d on d.oid = m.mapdict
        join pg_catalog.pg_namespace dn on dn.oid = d.dictnamespace
        where m.mapcfg = c.oid and m.maptokentype = token.tokid) as dictionaries
from pg_catalog.pg_ts_config c
join pg_catalog.pg_namespace n on n.oid = c.cfgnamespace
cross join lateral ts_token_type(c.cfgparser) token
where exists (select from pg_catalog.pg_ts_config_map m where m.mapcfg = c.oid and m.maptokentype = token.tokid)
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
