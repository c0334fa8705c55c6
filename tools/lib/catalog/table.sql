--@ facts
-- Tables, partitioned ones too.
select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid,
       'table ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array['1247:' || c.reltype, '1247:' || t.typarray] as also,
       c.relpersistence = 'u' as unlogged,
       case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end::varchar as partition_key,
       case when not c.relispartition then (
         select array_agg(quote_ident(pn.nspname) || '.' || quote_ident(p.relname) order by i.inhseqno)
         from pg_catalog.pg_inherits i
         join pg_catalog.pg_class p on p.oid = i.inhparent
         join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
         where i.inhrelid = c.oid) end as inherits,
       case when c.reloftype <> 0 then format_type(c.reloftype, null) end as of_type,
       c.reloptions as options,
       toast.reloptions as toast_options,
       case when a.amname <> 'heap' then quote_ident(a.amname) end as access_method, --@ >=15
       -- no statement changes it there
       case when a.amname <> 'heap' then quote_ident(a.amname) end as fixed_access_method, --@ <15
       quote_ident(s.spcname) as tablespace,
       case c.relreplident when 'f' then 'FULL' when 'n' then 'NOTHING' end as replica_identity,
       c.relrowsecurity as row_security,
       c.relforcerowsecurity as force_row_security
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = c.reltype
left join pg_catalog.pg_class toast on toast.oid = c.reltoastrelid
left join pg_catalog.pg_am a on a.oid = c.relam
left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
where c.relkind in ('r', 'p')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
