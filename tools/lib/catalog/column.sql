--@ facts
-- Columns of tables and foreign tables. What a child table has from its parents
-- is said only where it differs. A generated column's expression is part of it.
-- `position` is the place in the table. In a child table those come first that its
-- parents have, so only the other ones are numbered, and changing the order of the parents' is
-- not seen. But a child that has all by itself became one later: there all are numbered. Most
-- tables have neither gaps nor parents: their numbers are the server's own.
-- The name that an inherited NOT NULL has (from 18 on) is the table's own when it leaves its parents.
-- A column of which parents have different defaults counts as the table's own: nothing makes a child of them
-- all without saying it.
with disputed as (
  select i.inhrelid as attrelid, p.attname
  from pg_catalog.pg_inherits i
  join pg_catalog.pg_attribute p on p.attrelid = i.inhparent and p.attnum > 0 and not p.attisdropped
  join pg_catalog.pg_attrdef d on d.adrelid = p.attrelid and d.adnum = p.attnum
  where i.inhseqno > 1 or exists (select from pg_catalog.pg_inherits o where o.inhrelid = i.inhrelid and o.inhseqno > 1)
  group by 1, 2
  having count(*) > 1 and count(distinct pg_get_expr(d.adbin, d.adrelid)) > 1),
later as (
  -- what becomes a child only after it has been created
  select c.oid
  from pg_catalog.pg_class c
  where c.relkind in ('r', 'p', 'f') and not c.relispartition
    and c.oid in (select inhrelid from pg_catalog.pg_inherits)
    and not exists (select from pg_catalog.pg_attribute a
                    where a.attrelid = c.oid and a.attinhcount > 0 and not a.attislocal and not a.attisdropped
                      and (a.attrelid, a.attname) not in (select attrelid, attname from disputed))
    and not exists (select from pg_catalog.pg_constraint k
                    where k.conrelid = c.oid and k.coninhcount > 0 and not k.conislocal)),
inherited as (
  -- what the parents of a column of a child table (not of a partition) say
  select i.inhrelid as attrelid, pa.attname,
         bool_or(pa.attnotnull) as parent_not_null
  from pg_catalog.pg_inherits i
  join pg_catalog.pg_class child on child.oid = i.inhrelid and not child.relispartition
    and child.relkind in ('r', 'p', 'f')
  join pg_catalog.pg_attribute pa on pa.attrelid = i.inhparent and pa.attnum > 0 and not pa.attisdropped
  group by 1, 2),
numbered as (
  -- the places in tables where columns were dropped or come from parents
  select a.attrelid, a.attnum,
         case when a.attinhcount = 0 or c.relispartition or later.oid is not null
              then row_number() over (partition by a.attrelid,
                                      a.attinhcount = 0 or c.relispartition or later.oid is not null
                                      order by a.attnum) end as position
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  left join later on later.oid = a.attrelid
  where c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped
    and a.attrelid in (select g.attrelid from pg_catalog.pg_attribute g
                       where g.attnum > 0 and (g.attisdropped or g.attinhcount > 0)))
select 'pg_catalog.pg_class'::regclass::oid as classid, a.attrelid as objid, a.attnum::int as objsubid,
       'column ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(a.attname) as id,
       case c.relkind when 'f' then 'foreign_table ' else 'table ' end
         || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as "in",
       case when a.attgenerated <> '' then (
         select array['2604:' || d.oid] from pg_catalog.pg_attrdef d
         where d.adrelid = a.attrelid and d.adnum = a.attnum) end as also,
       case when o.attrelid is null then a.attnum else o.position end as position,
       format_type(a.atttypid, a.atttypmod) as type,
       case when a.attcollation <> t.typcollation then (
         select quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
         from pg_catalog.pg_collation co
         join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
         where co.oid = a.attcollation) end as collation,
       a.attnotnull and (own.it or not coalesce(h.parent_not_null, false)) as not_null, --@ <18
       nn.oid is not null as not_null, --@ >=18
       case when nn.conname <> c.relname || '_' || a.attname || '_not_null' --@ >=18
              or not own.it and not c.relispartition and (h.parent_not_null or nn.connoinherit) --@ >=18
              or c.relispartition and nn.coninhcount > 0 -- PARTITION OF would give it the parent's --@ >=18
            then quote_ident(nn.conname) end as not_null_name, --@ >=18
       nn.connoinherit as not_null_no_inherit, --@ >=18
       case when not c.relispartition and a.attinhcount > 0 and nn.oid is null then ( --@ >=18
         select quote_ident(k.conname) from pg_catalog.pg_constraint k --@ >=18
         where k.conrelid = a.attrelid and k.contype = 'n' and k.conkey = array[a.attnum] and k.convalidated --@ >=18
           and k.conname <> c.relname || '_' || a.attname || '_not_null') end as inherited_not_null_name, --@ >=18
       case when a.attstorage <> t.typstorage then
         case a.attstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL' when 'm' then 'MAIN' when 'x' then 'EXTENDED' end
       end as storage,
       case when a.attstorage <> t.typstorage then
         case t.typstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL' when 'm' then 'MAIN' when 'x' then 'EXTENDED' end
       end as usual_storage,
       case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression, --@ >=14
       case when a.attstattarget >= 0 then a.attstattarget end as statistics,
       -- pg_attver is the server's own note, since its minor versions of November 2026; pg_dump leaves it out too
       case when a.attoptions is not null then array(
         select o from unnest(a.attoptions) o where o !~ '^pg_attver=') end as options,
       a.attfdwoptions as fdw_options,
       case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end as generated,
       case when a.attgenerated <> '' then (
         select pg_get_expr(d.adbin, d.adrelid) from pg_catalog.pg_attrdef d
         where d.adrelid = a.attrelid and d.adnum = a.attnum) end::varchar as expression,
       c.relkind = 'p' and exists (
         select from pg_catalog.pg_depend d
         where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = a.attrelid and d.objsubid = a.attnum
           and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = 0
           and d.deptype = 'i') as in_partition_key,
       not own.it and a.attinhcount > 0 and not c.relispartition as inherited,
       own.it and a.attinhcount > 0 and not c.relispartition as merged
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_constraint nn on nn.conrelid = a.attrelid and nn.contype = 'n' and nn.conkey = array[a.attnum] --@ >=18
  and nn.convalidated and (nn.conislocal or c.relispartition) --@ >=18
left join numbered o on o.attrelid = a.attrelid and o.attnum = a.attnum
left join inherited h on h.attrelid = a.attrelid and h.attname = a.attname
left join disputed d on d.attrelid = a.attrelid and d.attname = a.attname
cross join lateral (select a.attislocal or d.attrelid is not null as it) own
where c.relkind in ('r', 'p', 'f') and a.attnum > 0 and not a.attisdropped
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
