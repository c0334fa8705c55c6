--@ facts deparse
-- Constraints that hold expressions, as far as they are the table's own: CHECK and EXCLUDE; and
-- NOT NULL, which is part of its column, unless it is not valid; one with a comment is there for
-- the comment's sake, without a definition. Keys: constraint.sql. A partition has its parent's EXCLUDE
-- by the parent's statement or by being attached, as it has foreign keys: the server takes no other one for it.
-- What can stand between the definition and its end (WITH, USING INDEX TABLESPACE)
-- divides it: `definition_tail` is DEFERRABLE ... or WHERE ....
select 'pg_catalog.pg_constraint'::regclass::oid as classid, k.oid as objid,
       'constraint ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(k.conname) as id,
       case c.relkind when 'f' then 'foreign_table ' else 'table ' end
         || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "in",
       case when k.contype = 'x' and not exists ( -- constraint_index.sql
              select from pg_catalog.pg_description d
              where d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = k.conindid)
            then array['1259:' || k.conindid] end as also,
       -- One that a partitioned table has only by itself must not come to the partitions.
       case when not i.indisvalid then (
         select array_agg('partition ' || quote_ident(cn.nspname) || '.' || quote_ident(child.relname))
         from pg_catalog.pg_inherits h
         join pg_catalog.pg_class child on child.oid = h.inhrelid
         join pg_catalog.pg_namespace cn on cn.oid = child.relnamespace
         where h.inhparent = c.oid) end as needs,
       k.contype::text as type,
       case when k.contype = 'n' and k.convalidated then null
            else left(def.text, length(def.text) - coalesce(length(tail.text) + 1, 0) - length(with_clause.text))
       end::varchar as definition,
       tail.text::varchar as definition_tail,
       not k.convalidated
         and k.conenforced --@ >=18
         as not_valid,
       c.relkind = 'p' as partitioned,
       not i.indisvalid as only,
       -- CREATE TABLE quietly leaves out a second one of the same columns and operators
       k.contype = 'x' and exists (
         select from pg_catalog.pg_constraint o
         where o.conrelid = k.conrelid and o.contype = 'x' and o.conkey = k.conkey and o.conexclop = k.conexclop
           and o.conname < k.conname)
         as repeated,
       ic.reloptions as options,
       quote_ident(s.spcname) as tablespace,
       i.indisclustered as clustered,
       i.indisreplident as replica_identity
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid and c.relkind in ('r', 'p', 'f')
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_index i on i.indexrelid = k.conindid and k.contype = 'x'
left join pg_catalog.pg_class ic on ic.oid = i.indexrelid
left join pg_catalog.pg_tablespace s on s.oid = ic.reltablespace
cross join lateral (
  select pg_get_constraintdef(k.oid) as full_text offset 0) given
cross join lateral (
  select case when right(given.full_text, 10) = ' NOT VALID' then left(given.full_text, -10) else given.full_text end as text) def
left join lateral (
  select case when ic.oid is null then null
              when i.indpred is not null
                then 'WHERE (' || pg_get_expr(i.indpred, i.indrelid) || ')'
                     || case when k.condeferrable then ' DEFERRABLE' else '' end
                     || case when k.condeferred then ' INITIALLY DEFERRED' else '' end
              when k.condeferrable
                then 'DEFERRABLE' || case when k.condeferred then ' INITIALLY DEFERRED' else '' end
         end as text) tail on right(def.text, length(tail.text) + 1) = ' ' || tail.text
-- Of exclusion constraints the definition says the index's parameters.
cross join lateral (
  select case when ic.reloptions is null then '' else ' WITH (' || (
    select string_agg(quote_ident(split_part(o, '=', 1)) || '='
                      || case when quote_ident(v) = v then v else quote_literal(v) end, ', ' order by ord)
    from unnest(ic.reloptions) with ordinality u(o, ord)
    cross join lateral (select substr(o, strpos(o, '=') + 1) as v) val) || ')' end as text) with_clause
where (k.contype in ('c', 'x')
       or k.contype = 'n' and (not k.convalidated
                               or exists (select from pg_catalog.pg_description d
                                          where d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objoid = k.oid)))
  and (k.contype = 'x' or k.conislocal or c.relispartition)
  and not (k.contype = 'x' and k.conparentid <> 0)
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
