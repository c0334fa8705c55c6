--@ facts deparse
-- Triggers. Those that a partition has from its partitioned table are part of
-- that one's, unless they are enabled otherwise than it (`inherited` says how it is). `event` is what
-- CREATE TRIGGER says before the table's name, `definition` what it says behind it.
select 'pg_catalog.pg_trigger'::regclass::oid as classid, t.oid as objid,
       'trigger ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(t.tgname) as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, c.oid as on_objid, 0 as on_objsubid,
       case when k.oid is not null then array['2606:' || k.oid] end as also,
       -- All partitions between the table and the one that the trigger was made on, and that trigger.
       case when t.tgparentid <> 0 then (
         with recursive above as (
           select t.tgrelid as relid, t.tgparentid as parent, t.tgname as name
           union all
           select a.tgrelid, a.tgparentid, a.tgname from above join pg_catalog.pg_trigger a on a.oid = above.parent)
         select array_agg(case when above.parent <> 0 then 'partition ' else 'trigger ' end
                          || quote_ident(an.nspname) || '.' || quote_ident(ac.relname)
                          || case when above.parent <> 0 then '' else '.' || quote_ident(above.name) end)
         from above
         join pg_catalog.pg_class ac on ac.oid = above.relid
         join pg_catalog.pg_namespace an on an.oid = ac.relnamespace) end as needs,
       k.oid is not null and t.tgparentid = 0 as "constraint",
       left(def.text, strpos(def.text, target.text) - 1) as event,
       substr(def.text, strpos(def.text, target.text) + length(target.text))::varchar as definition,
       case parent.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' when 'A' then 'ENABLE ALWAYS'
                             when 'O' then 'ENABLE' end as inherited,
       case t.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' when 'A' then 'ENABLE ALWAYS'
                        when 'O' then case when t.tgparentid <> 0 then 'ENABLE' end end as enabled
from pg_catalog.pg_trigger t
join pg_catalog.pg_class c on c.oid = t.tgrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_constraint k on k.oid = t.tgconstraint
cross join lateral (
  select ' ON ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || ' ' as text) target
left join lateral (
  select substr(pg_get_triggerdef(t.oid), length('CREATE ' || case when k.oid is null then '' else 'CONSTRAINT ' end
                                                 || 'TRIGGER ' || quote_ident(t.tgname) || ' ') + 1) as text) def
  on t.tgparentid = 0
left join pg_catalog.pg_trigger parent on parent.oid = t.tgparentid
-- The triggers behind foreign keys and deferrable constraints belong to these.
where (k.oid is null or k.contype = 't')
  and case when t.tgparentid = 0 then not t.tgisinternal else t.tgenabled <> parent.tgenabled end
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
