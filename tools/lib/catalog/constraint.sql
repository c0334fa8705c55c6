--@ facts
-- Constraints of tables and foreign tables, as far as they are the table's own. Those of a
-- partition that its parent has too are there already when it is attached, so
-- they count as its own, foreign keys aside, which attaching brings.
-- What can stand between the definition and its end (WITH, USING INDEX TABLESPACE)
-- divides it: `definition_tail` is DEFERRABLE … or WHERE ….
select 'pg_catalog.pg_constraint'::regclass::oid as classid, k.oid as objid,
       'constraint ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(k.conname) as id,
       case c.relkind when 'f' then 'foreign_table ' else 'table ' end
         || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "in",
       case when k.contype in ('p', 'u', 'x') then array['1259:' || k.conindid] end as also,
       k.contype::text as type,
       case when tail.text is null then def.text
            else left(def.text, length(def.text) - length(tail.text) - 1) end as definition,
       tail.text as definition_tail,
       not k.convalidated
         and k.conenforced --@ >=18
         as not_valid,
       c.relkind = 'p' as partitioned,
       not i.indisvalid as only,
       -- CREATE TABLE quietly leaves out a second key of the same columns
       k.contype = 'u' and exists (
         select from pg_catalog.pg_constraint o
         where o.conrelid = k.conrelid and o.conkey = k.conkey
           and (o.contype = 'p' or o.contype = 'u' and o.conname < k.conname)) as repeated,
       ic.reloptions as options,
       quote_ident(s.spcname) as tablespace,
       i.indisclustered as clustered,
       i.indisreplident as replica_identity
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_index i on i.indexrelid = k.conindid and k.contype in ('p', 'u', 'x')
left join pg_catalog.pg_class ic on ic.oid = i.indexrelid
left join pg_catalog.pg_tablespace s on s.oid = ic.reltablespace
cross join lateral (select regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '') as text) def
left join lateral (
  select case when ic.oid is null then null
              when k.contype = 'x' and i.indpred is not null
                then 'WHERE (' || pg_get_expr(i.indpred, i.indrelid) || ')'
                     || case when k.condeferrable then ' DEFERRABLE' else '' end
                     || case when k.condeferred then ' INITIALLY DEFERRED' else '' end
              when k.condeferrable
                then 'DEFERRABLE' || case when k.condeferred then ' INITIALLY DEFERRED' else '' end
         end as text) tail on right(def.text, length(tail.text) + 1) = ' ' || tail.text
where k.contype in ('p', 'u', 'x', 'c', 'f')
  and not (k.contype = 'f' and k.conparentid <> 0)
  and (k.contype <> 'c' or k.conislocal or c.relispartition)
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
