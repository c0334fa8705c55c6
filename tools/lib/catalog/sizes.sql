-- What the statistics say about the size of tables and materialized views, with what their TOAST tables hold: of a
-- partitioned table, all its partitions. Asks for no lock. NULL where nothing is known yet.
select kind.word || ' ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       sum(nullif(p.relpages, 0)::bigint + coalesce(t.relpages, 0)) * current_setting('block_size')::bigint as bytes,
       sum(coalesce(nullif(nullif(p.reltuples, -1), 0)::bigint, nullif(pg_stat_get_live_tuples(p.oid), 0)))::bigint as rows
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
cross join lateral (select case c.relkind when 'm' then 'materialized_view' else 'table' end as word) kind
cross join lateral (select c.oid as oid where c.relkind <> 'p'
                    union all
                    select tree.relid from pg_catalog.pg_partition_tree(c.oid) tree where c.relkind = 'p' and tree.isleaf) part
join pg_catalog.pg_class p on p.oid = part.oid
left join pg_catalog.pg_class t on t.oid = p.reltoastrelid
where c.relkind in ('r', 'm', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
group by 1
order by 1
