--@ facts deparse
-- Constraints of tables and foreign tables, as far as they are the table's own. Those of a
-- partition that its parent has too are there already when it is attached, so
-- they count as its own, foreign keys aside, which attaching brings.
-- What can stand between the definition and its end (WITH, USING INDEX TABLESPACE)
-- divides it: `definition_tail` is DEFERRABLE … or WHERE ….
-- A NOT NULL is part of its column. As a constraint it is only there when it is not valid, or
-- (without a definition) when it has a comment.
-- A NOT NULL is part of its column, unless it is not valid; one with a comment is there for
-- the comment's sake, without a definition.
select 'pg_catalog.pg_constraint'::regclass::oid as classid, k.oid as objid,
       'constraint ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(k.conname) as id,
       case c.relkind when 'f' then 'foreign_table ' else 'table ' end
         || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "in",
       case when k.contype in ('p', 'u', 'x') and not exists ( -- constraint_index.sql
              select from pg_catalog.pg_description d
              where d.classoid = 'pg_catalog.pg_class'::regclass and d.objoid = k.conindid)
            then array['1259:' || k.conindid] end as also,
       -- One that a partitioned table has only by itself must not come to the partitions. A partition's
       -- key must not be taken for another one of the same columns when it is attached. A foreign
       -- key to an index of a partitioned table waits until that is complete.
       case when stays.own then array['partition ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname)]
       when not i.indisvalid then (
         select array_agg('partition ' || quote_ident(cn.nspname) || '.' || quote_ident(child.relname))
         from pg_catalog.pg_inherits h
         join pg_catalog.pg_class child on child.oid = h.inhrelid
         join pg_catalog.pg_namespace cn on cn.oid = child.relnamespace
         where h.inhparent = c.oid)
       when k.contype = 'f' and k.conindid in (select inhparent from pg_catalog.pg_inherits) then (
         with recursive below as (
           select h.inhrelid as oid from pg_catalog.pg_inherits h where h.inhparent = k.conindid
           union all
           select h.inhrelid from below join pg_catalog.pg_inherits h on h.inhparent = below.oid)
         select array_agg('index_partition of ' || case when bk.oid is null
                            then 'index ' || quote_ident(bn.nspname) || '.' || quote_ident(b.relname)
                            else 'constraint ' || quote_ident(bn.nspname) || '.' || quote_ident(bt.relname) || '.' || quote_ident(bk.conname) end)
         from below
         join pg_catalog.pg_class b on b.oid = below.oid
         join pg_catalog.pg_namespace bn on bn.oid = b.relnamespace
         left join pg_catalog.pg_constraint bk on bk.conindid = b.oid and bk.contype in ('p', 'u')
         left join pg_catalog.pg_class bt on bt.oid = bk.conrelid
         where not exists (select from pg_catalog.pg_constraint whole
                           where whole.conindid = k.conindid and whole.contype in ('p', 'u')))
       end as needs,
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
       -- CREATE TABLE quietly leaves out a second key of the same columns
       k.contype = 'u' and exists (
         select from pg_catalog.pg_constraint o
         where o.conrelid = k.conrelid and o.conkey = k.conkey
           and (o.contype = 'p' or o.contype = 'u' and o.conname < k.conname))
         or stays.own as repeated,
       -- in CREATE TABLE a primary key would make the columns' inherited NOT NULL the table's own
       k.contype = 'p' and not c.relispartition and exists ( --@ >=18
         select from pg_catalog.pg_constraint nn --@ >=18
         where nn.conrelid = k.conrelid and nn.contype = 'n' and not nn.conislocal and nn.conkey <@ k.conkey) --@ >=18
         as inherits_not_null, --@ >=18
       ic.reloptions as options,
       quote_ident(s.spcname) as tablespace,
       i.indisclustered as clustered,
       i.indisreplident as replica_identity,
       case when k.contype = 'f' and exists (select from pg_catalog.pg_trigger t
                                             where t.tgconstraint = k.oid and t.tgenabled <> 'O')
            then 'that its triggers are disabled, or enabled always' end as withheld
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_index i on i.indexrelid = k.conindid and k.contype in ('p', 'u', 'x')
left join pg_catalog.pg_class ic on ic.oid = i.indexrelid
left join pg_catalog.pg_tablespace s on s.oid = ic.reltablespace
cross join lateral (
  select c.relispartition and k.contype in ('p', 'u') and k.conparentid = 0 and exists (
    select from pg_catalog.pg_constraint o
    where o.conrelid = k.conrelid and o.conkey = k.conkey and o.conparentid <> 0 and o.contype in ('p', 'u')) as own) stays
cross join lateral (select regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') as text offset 0) def
left join lateral (
  select case when ic.oid is null then null
              when k.contype = 'x' and i.indpred is not null
                then 'WHERE (' || pg_get_expr(i.indpred, i.indrelid) || ')'
                     || case when k.condeferrable then ' DEFERRABLE' else '' end
                     || case when k.condeferred then ' INITIALLY DEFERRED' else '' end
              when k.condeferrable
                then 'DEFERRABLE' || case when k.condeferred then ' INITIALLY DEFERRED' else '' end
         end as text) tail on right(def.text, length(tail.text) + 1) = ' ' || tail.text
-- Of exclusion constraints the definition says the index's parameters.
cross join lateral (
  select case when k.contype <> 'x' or ic.reloptions is null then '' else ' WITH (' || (
    select string_agg(quote_ident(split_part(o, '=', 1)) || '='
                      || case when quote_ident(v) = v then v else quote_literal(v) end, ', ' order by ord)
    from unnest(ic.reloptions) with ordinality u(o, ord)
    cross join lateral (select substr(o, strpos(o, '=') + 1) as v) val) || ')' end as text) with_clause
where (k.contype in ('p', 'u', 'x', 'c', 'f')
       or k.contype = 'n' and (not k.convalidated
                               or exists (select from pg_catalog.pg_description d
                                          where d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objoid = k.oid)))
  and not (k.contype = 'f' and k.conparentid <> 0)
  and (k.contype not in ('c', 'n') or k.conislocal or c.relispartition)
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
