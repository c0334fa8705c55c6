--@ facts
-- Foreign tables.
select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid,
       'foreign_table ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array['1247:' || c.reltype, '1247:' || t.typarray] as also,
       case when not c.relispartition then (
         select array_agg(quote_ident(pn.nspname) || '.' || quote_ident(p.relname) order by i.inhseqno)
         from pg_catalog.pg_inherits i
         join pg_catalog.pg_class p on p.oid = i.inhparent
         join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
         where i.inhrelid = c.oid) end as inherits,
       quote_ident(s.srvname) as server,
       f.ftoptions as fdw_options
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = c.reltype
join pg_catalog.pg_foreign_table f on f.ftrelid = c.oid
join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
