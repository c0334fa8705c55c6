--@ facts
-- Primary keys, unique and foreign keys of tables and foreign tables, as far as they are the table's own. Those of a
-- partition that its parent has too are there already when it is attached, so
-- they count as its own, foreign keys aside, which attaching brings.
-- The definition is put together here as ruleutils.c does it (round-trip.sh holds both against each other): it
-- holds nothing but names, and looking each up by itself is what would take long.
-- What can stand between the definition and its end (WITH, USING INDEX TABLESPACE)
-- divides it: `definition_tail` is DEFERRABLE ....
select 'pg_catalog.pg_constraint'::regclass::oid as classid, k.oid as objid,
       'constraint ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(k.conname) as id,
       case c.relkind when 'f' then 'foreign_table ' else 'table ' end
         || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "in",
       case when k.contype <> 'f' and not exists ( -- constraint_index.sql
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
         where h.inhparent = k.conrelid)
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
       case when k.contype = 'f'
              and not k.conperiod --@ >=18
            then 'FOREIGN KEY (' || list.key || ') REFERENCES ' || quote_ident(fn.nspname) || '.' || quote_ident(f.relname)
                 || '(' || list.referenced || ')'
                 || case k.confmatchtype when 'f' then ' MATCH FULL' when 'p' then ' MATCH PARTIAL' else '' end
                 || case k.confupdtype when 'a' then '' else ' ON UPDATE ' || changed.action end
                 || case k.confdeltype when 'a' then '' else ' ON DELETE ' || deleted.action end
                 || coalesce(' (' || list.set || ')', '') --@ >=15
                 || coalesce(' ' || tail.text, '')
                 || case when k.conenforced then '' else ' NOT ENFORCED' end --@ >=18
            when k.contype = 'f' then regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '')
            else case k.contype when 'p' then 'PRIMARY KEY' else 'UNIQUE' end
                 || case when i.indnullsnotdistinct then ' NULLS NOT DISTINCT' else '' end --@ >=15
                 || ' (' || list.key
                 || case when k.conperiod then ' WITHOUT OVERLAPS' else '' end --@ >=18
                 || ')' || coalesce(' INCLUDE (' || list.included || ')', '')
       end as definition,
       case when k.contype <> 'f' then tail.text end as definition_tail,
       not k.convalidated
         and k.conenforced --@ >=18
         as not_valid,
       c.relkind = 'p' as partitioned,
       not i.indisvalid as only,
       -- CREATE TABLE quietly leaves out a second key of the same columns
       k.contype = 'u' and exists (
         select from pg_catalog.pg_constraint o
         where o.conrelid = k.conrelid and o.conkey = k.conkey
           and (o.contype = 'p' or o.contype = 'u' and o.conname < k.conname)
           and (k.conparentid = 0 or o.conparentid <> 0)) -- a partition's own one comes later (stays)
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
join pg_catalog.pg_class c on c.oid = k.conrelid and c.relkind in ('r', 'p', 'f')
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_index i on i.indexrelid = k.conindid and k.contype <> 'f'
left join pg_catalog.pg_class ic on ic.oid = i.indexrelid
left join pg_catalog.pg_tablespace s on s.oid = ic.reltablespace
left join pg_catalog.pg_class f on f.oid = k.confrelid
left join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
left join (values ('r', 'RESTRICT'), ('c', 'CASCADE'), ('n', 'SET NULL'), ('d', 'SET DEFAULT')) changed(type, action)
  on changed.type = k.confupdtype::text
left join (values ('r', 'RESTRICT'), ('c', 'CASCADE'), ('n', 'SET NULL'), ('d', 'SET DEFAULT')) deleted(type, action)
  on deleted.type = k.confdeltype::text
cross join lateral (
  select c.relispartition and k.contype in ('p', 'u') and k.conparentid = 0 and exists (
    select from pg_catalog.pg_constraint o
    where o.conrelid = k.conrelid and o.conkey = k.conkey and o.conparentid <> 0 and o.contype in ('p', 'u')) as own) stays
-- Lists of columns; most have one.
cross join lateral (
  select case when cardinality(k.conkey) = 1 then (
           select quote_ident(a.attname) from pg_catalog.pg_attribute a
           where a.attrelid = k.conrelid and a.attnum = k.conkey[1])
         else (
           select string_agg(quote_ident(a.attname), ', ' order by u.number)
           from unnest(k.conkey) with ordinality u(attnum, number)
           join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum) end as key,
         case when cardinality(k.confkey) = 1 then (
           select quote_ident(a.attname) from pg_catalog.pg_attribute a
           where a.attrelid = k.confrelid and a.attnum = k.confkey[1])
         when k.contype = 'f' then (
           select string_agg(quote_ident(a.attname), ', ' order by u.number)
           from unnest(k.confkey) with ordinality u(attnum, number)
           join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.attnum) end as referenced,
         case when k.confdelsetcols is not null then ( --@ >=15
           select string_agg(quote_ident(a.attname), ', ' order by u.number) --@ >=15
           from unnest(k.confdelsetcols) with ordinality u(attnum, number) --@ >=15
           join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum) end as set, --@ >=15
         case when i.indnatts > i.indnkeyatts then (
           select string_agg(quote_ident(a.attname), ', ' order by u.number)
           from unnest(i.indkey) with ordinality u(attnum, number)
           join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum
           where u.number > i.indnkeyatts) end as included) list
cross join lateral (
  select case when k.condeferrable
              then 'DEFERRABLE' || case when k.condeferred then ' INITIALLY DEFERRED' else '' end end as text) tail
where k.contype in ('p', 'u', 'f')
  and not (k.contype = 'f' and k.conparentid <> 0)
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
