--@ facts deparse
-- Indexes, those of constraints aside. `elements` is what CREATE INDEX says from the parenthesis
-- of its columns up to the parameters; WITH, TABLESPACE and WHERE are keys of their own. No key
-- says the name of the index or of its table. Where it says columns with the default operator classes
-- and collations of their types, as most do, `elements` is put together here as ruleutils.c does it (round-trip.sh
-- holds both against each other): the server's own way loads the definition of each index and table.
with listed as materialized (
  select i.*, c.relname, c.relam, c.reloptions, c.reltablespace, n.nspname,
         t.relname as table_name, t.relkind as table_kind, tn.nspname as table_schema
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indexrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_class t on t.oid = i.indrelid
  join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
  where t.relkind in ('r', 'p', 'm')
    and i.indexrelid not in (select k.conindid from pg_catalog.pg_constraint k where k.contype in ('p', 'u', 'x'))
    and tn.nspname !~ '^pg_' and tn.nspname <> 'information_schema'),
part as materialized (
  -- what is said of the columns of indexes and tables, for the few of which something is said
  select a.attrelid,
         array_agg(a.attnum || '=' || a.attstattarget order by a.attnum) filter (where a.attstattarget >= 0) as statistics,
         bool_or(o.said) as parameters
  from pg_catalog.pg_attribute a
  cross join lateral (select exists (select from unnest(a.attoptions) p where p !~ '^pg_attver=')) o(said) -- see column.sql
  where (a.attstattarget >= 0 or a.attoptions is not null and o.said) and a.attnum > 0
  group by 1),
element as materialized (
  select l.indexrelid, l.indrelid, l.relam, u.*, u.number > l.indnkeyatts as included
  from listed l
  cross join lateral rows from (unnest(l.indkey), unnest(l.indclass), unnest(l.indcollation), unnest(l.indoption))
    with ordinality u(attnum, opclass, collated, sorting, number)
  where l.indexprs is null and l.indpred is null and l.relam < 16384
    and not l.indnullsnotdistinct --@ >=15
  ),
plain as (
  select e.indexrelid,
         '(' || string_agg(quote_ident(a.attname)
           || case when e.relam <> 403 then ''
                   when e.sorting & 1 = 1 then case when e.sorting & 2 = 2 then ' DESC' else ' DESC NULLS LAST' end
                   when e.sorting & 2 = 2 then ' NULLS FIRST' else '' end, ', ' order by e.number)
           filter (where not e.included) || ')'
         || coalesce(' INCLUDE (' || string_agg(quote_ident(a.attname), ', ' order by e.number)
                                     filter (where e.included) || ')', '') as elements
  from element e
  join pg_catalog.pg_attribute a on a.attrelid = e.indrelid and a.attnum = e.attnum
  left join pg_catalog.pg_opclass o on o.oid = e.opclass
  group by 1
  having bool_and(e.included or e.opclass < 16384 and e.collated in (0, a.attcollation)
                  and o.opcdefault and (o.opcintype = a.atttypid
                                        or o.opcintype = 25 and a.atttypid = 1043
                                           and not exists (select from pg_catalog.pg_opclass v
                                                           where v.opcdefault and v.opcintype = 1043))))
select 'pg_catalog.pg_class'::regclass::oid as classid, l.indexrelid as objid,
       'index ' || quote_ident(l.nspname) || '.' || quote_ident(l.relname) as id,
       case l.table_kind when 'm' then 'materialized_view ' else 'table ' end
         || quote_ident(l.table_schema) || '.' || quote_ident(l.table_name) as "in",
       -- that of a partitioned table waits until all are attached, which would else give them new ones
       case when l.table_kind = 'p' then (
         select array_agg('partition ' || quote_ident(cn.nspname) || '.' || quote_ident(child.relname))
         from pg_catalog.pg_inherits h
         join pg_catalog.pg_class child on child.oid = h.inhrelid
         join pg_catalog.pg_namespace cn on cn.oid = child.relnamespace
         where h.inhparent = l.indrelid) end as needs,
       l.indisunique as "unique",
       case when l.relam <> 403 then quote_ident(am.amname) end as method,
       l.table_kind = 'p' as only,
       case when plain.elements is not null and part.parameters is not true then plain.elements
            else (select substr(def.text, length(head.text) + 1,
                                length(def.text) - length(head.text) - length(pred.text) - length(with_clause.text))
                  from pg_get_indexdef(l.indexrelid) def(text)) end::varchar as elements,
       case when pred.text <> '' then substr(pred.text, 8) end::varchar as predicate,
       l.reloptions as options,
       quote_ident(s.spcname) as tablespace,
       l.indisclustered as clustered,
       l.indisreplident as replica_identity,
       not l.indisvalid and l.table_kind <> 'p' as invalid,
       case when not l.indisvalid and l.table_kind <> 'p' then 'it is not valid: CREATE INDEX CONCURRENTLY did not end' end as left_out,
       part.statistics
from listed l
join pg_catalog.pg_am am on am.oid = l.relam
left join pg_catalog.pg_tablespace s on s.oid = l.reltablespace
left join plain on plain.indexrelid = l.indexrelid
left join part on part.attrelid = l.indexrelid
cross join lateral (
  select 'CREATE ' || case when l.indisunique then 'UNIQUE ' else '' end || 'INDEX ' || quote_ident(l.relname)
         || ' ON ' || case when l.table_kind = 'p' then 'ONLY ' else '' end || quote_ident(l.table_schema) || '.' || quote_ident(l.table_name)
         || ' USING ' || quote_ident(am.amname) || ' ' as text) head
cross join lateral (
  select case when l.indpred is null then '' else ' WHERE ' || pg_get_expr(l.indpred, l.indrelid) end as text) pred
cross join lateral (
  select case when l.reloptions is null then '' else ' WITH (' || (
    select string_agg(quote_ident(split_part(o, '=', 1)) || '='
                      || case when quote_ident(v) = v then v else quote_literal(v) end, ', ' order by ord)
    from unnest(l.reloptions) with ordinality u(o, ord)
    cross join lateral (select substr(o, strpos(o, '=') + 1) as v) val) || ')' end as text) with_clause
