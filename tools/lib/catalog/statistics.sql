--@ facts
-- Extended statistics. `elements` is what CREATE STATISTICS says between its name and the table.
select 'pg_catalog.pg_statistic_ext'::regclass::oid as classid, s.oid as objid,
       'statistics ' || quote_ident(n.nspname) || '.' || quote_ident(s.stxname) as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, s.stxrelid as on_objid, 0 as on_objsubid,
       case when s.stxnamespace <> c.relnamespace then array['schema ' || quote_ident(n.nspname)] end as needs,
       substr(def.text, length(head.text) + 1, length(def.text) - length(head.text) - length(tail.text))::varchar as elements,
       case when s.stxstattarget >= 0 then s.stxstattarget end as statistics
from pg_catalog.pg_statistic_ext s
join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
join pg_catalog.pg_class c on c.oid = s.stxrelid
join pg_catalog.pg_namespace cn on cn.oid = c.relnamespace
cross join lateral (select pg_get_statisticsobjdef(s.oid) as text) def
cross join lateral (
  select 'CREATE STATISTICS ' || quote_ident(n.nspname) || '.' || quote_ident(s.stxname) || ' ' as text) head
cross join lateral (
  select ' FROM ' || quote_ident(cn.nspname) || '.' || quote_ident(c.relname) as text) tail
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
