--@ facts
-- Sequences; one of an identity column stands in that column, and says its `persistence` where that is
-- not the table's.
select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid,
       'sequence ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       case when a.attname is null then 'schema ' || quote_ident(n.nspname)
            else 'column ' || quote_ident(tn.nspname) || '.' || quote_ident(t.relname) || '.' || quote_ident(a.attname)
       end as "in",
       case a.attidentity when 'a' then 'ALWAYS' when 'd' then 'BY DEFAULT' end as identity,
       a.attidentity <> '' and (n.nspname <> tn.nspname or c.relname <> t.relname || '_' || a.attname || '_seq') as named,
       case when s.seqtypid <> 'bigint'::regtype then format_type(s.seqtypid, null) end as type,
       case when s.seqstart <> case when s.seqincrement > 0 then s.seqmin else s.seqmax end then s.seqstart end as start,
       case when s.seqincrement <> 1 then s.seqincrement end as increment,
       case when s.seqmin <> case when s.seqincrement > 0 then 1 else r.low end then s.seqmin end as minimum,
       case when s.seqmax <> case when s.seqincrement > 0 then r.high else -1 end then s.seqmax end as maximum,
       case when s.seqcache <> 1 then s.seqcache end as cache,
       s.seqcycle as cycle,
       case when c.relpersistence <> t.relpersistence --@ >=15
            then case c.relpersistence when 'u' then 'UNLOGGED' else 'LOGGED' end end as persistence, --@ >=15
       c.relpersistence = 'u' and a.attname is null as unlogged
from pg_catalog.pg_sequence s
join pg_catalog.pg_class c on c.oid = s.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join (values ('smallint'::regtype, -32768::bigint, 32767::bigint),
             ('integer'::regtype, -2147483648, 2147483647),
             ('bigint'::regtype, -9223372036854775808, 9223372036854775807)) r(type, low, high) on r.type = s.seqtypid
left join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid
  and d.deptype = 'i' and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0
left join lateral (
  -- one by one: there are many more columns than sequences
  select a.attrelid, a.attname, a.attidentity from pg_catalog.pg_attribute a
  where a.attrelid = d.refobjid and a.attnum = d.refobjsubid offset 0) a on true
left join pg_catalog.pg_class t on t.oid = a.attrelid
left join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
