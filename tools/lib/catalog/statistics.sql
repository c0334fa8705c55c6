--@ facts
-- Extended statistics.
select 'pg_catalog.pg_statistic_ext'::regclass::oid as classid, s.oid as objid,
       'statistics ' || quote_ident(n.nspname) || '.' || quote_ident(s.stxname) as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, s.stxrelid as on_objid, 0 as on_objsubid,
       case when s.stxnamespace <> c.relnamespace then array['schema ' || quote_ident(n.nspname)] end as needs,
       pg_get_statisticsobjdef(s.oid) as definition,
       case when s.stxstattarget >= 0 then s.stxstattarget end as statistics
from pg_catalog.pg_statistic_ext s
join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
join pg_catalog.pg_class c on c.oid = s.stxrelid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
