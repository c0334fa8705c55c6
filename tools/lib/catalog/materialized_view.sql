--@ facts deparse
-- Materialized views. Whether one has data is a fact of its own (populated.sql).
select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid,
       'materialized_view ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array['1247:' || c.reltype, '1247:' || t.typarray, '2618:' || r.oid] as also,
       ltrim(left(pg_get_viewdef(c.oid), -1))::varchar as definition,
       c.reloptions as options,
       toast.reloptions as toast_options,
       case when a.amname <> 'heap' then quote_ident(a.amname) end as access_method, --@ >=15
       -- no statement changes it there
       case when a.amname <> 'heap' then quote_ident(a.amname) end as fixed_access_method, --@ <15
       quote_ident(s.spcname) as tablespace,
       case c.relreplident when 'f' then 'FULL' when 'n' then 'NOTHING' end as replica_identity
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = c.reltype
join pg_catalog.pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
left join pg_catalog.pg_class toast on toast.oid = c.reltoastrelid
left join pg_catalog.pg_am a on a.oid = c.relam
left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
where c.relkind = 'm'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
