--@ facts deparse
-- Indexes, those of constraints aside. `elements` is what CREATE INDEX says from the parenthesis
-- of its columns up to the parameters; WITH, TABLESPACE and WHERE are keys of their own. No key
-- says the name of the index or of its table.
select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid,
       'index ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       case t.relkind when 'm' then 'materialized_view ' else 'table ' end
         || quote_ident(tn.nspname) || '.' || quote_ident(t.relname) as "in",
       -- that of a partitioned table waits until all are attached, which would else give them new ones
       case when t.relkind = 'p' then (
         select array_agg('partition ' || quote_ident(cn.nspname) || '.' || quote_ident(child.relname))
         from pg_catalog.pg_inherits h
         join pg_catalog.pg_class child on child.oid = h.inhrelid
         join pg_catalog.pg_namespace cn on cn.oid = child.relnamespace
         where h.inhparent = t.oid) end as needs,
       i.indisunique as "unique",
       case when am.amname <> 'btree' then quote_ident(am.amname) end as method,
       t.relkind = 'p' as only,
       substr(def.text, length(head.text) + 1,
              length(def.text) - length(head.text) - length(pred.text) - length(with_clause.text))::varchar as elements,
       case when pred.text <> '' then substr(pred.text, 8) end::varchar as predicate,
       c.reloptions as options,
       quote_ident(s.spcname) as tablespace,
       i.indisclustered as clustered,
       i.indisreplident as replica_identity,
       not i.indisvalid and t.relkind <> 'p' as invalid,
       case when not i.indisvalid and t.relkind <> 'p' then 'it is not valid: CREATE INDEX CONCURRENTLY did not end' end as left_out,
       (select array_agg(a.attnum || '=' || a.attstattarget order by a.attnum)
        from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0) as statistics
from pg_catalog.pg_index i
join pg_catalog.pg_class c on c.oid = i.indexrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_class t on t.oid = i.indrelid
join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
join pg_catalog.pg_am am on am.oid = c.relam
left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
cross join lateral (select pg_get_indexdef(c.oid) as text offset 0) def
cross join lateral (
  select 'CREATE ' || case when i.indisunique then 'UNIQUE ' else '' end || 'INDEX ' || quote_ident(c.relname)
         || ' ON ' || case when t.relkind = 'p' then 'ONLY ' else '' end || quote_ident(tn.nspname) || '.' || quote_ident(t.relname)
         || ' USING ' || quote_ident(am.amname) || ' ' as text) head
cross join lateral (
  select case when i.indpred is null then '' else ' WHERE ' || pg_get_expr(i.indpred, i.indrelid) end as text) pred
cross join lateral (
  select case when c.reloptions is null then '' else ' WITH (' || (
    select string_agg(quote_ident(split_part(o, '=', 1)) || '='
                      || case when quote_ident(v) = v then v else quote_literal(v) end, ', ' order by ord)
    from unnest(c.reloptions) with ordinality u(o, ord)
    cross join lateral (select substr(o, strpos(o, '=') + 1) as v) val) || ')' end as text) with_clause
where t.relkind in ('r', 'p', 'm')
  and not exists (select from pg_catalog.pg_constraint k
                  where k.conindid = c.oid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x'))
  and tn.nspname !~ '^pg_' and tn.nspname <> 'information_schema'
