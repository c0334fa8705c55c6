--@ facts deparse
-- Extended statistics. `elements` is what CREATE STATISTICS says between its name and the table: the
-- kinds, unless they are all, and columns and expressions (pg_get_statisticsobjdef would leave out
-- parentheses). The server keeps columns by their place in the table, which is no difference: here they are by name.
select 'pg_catalog.pg_statistic_ext'::regclass::oid as classid, s.oid as objid,
       'statistics ' || quote_ident(n.nspname) || '.' || quote_ident(s.stxname) as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, s.stxrelid as on_objid, 0 as on_objsubid,
       case when s.stxnamespace <> c.relnamespace then array['schema ' || quote_ident(n.nspname)] end as needs,
       (coalesce(substring(substr(pg_get_statisticsobjdef(s.oid), length(head.text) + 1) from '^\([a-z, ]*\) '), '')
        || 'ON ' || concat_ws(', ',
          (select string_agg(quote_ident(a.attname), ', ' order by a.attname collate "C")
           from unnest(s.stxkeys::int2[]) k(attnum)
           join pg_catalog.pg_attribute a on a.attrelid = s.stxrelid and a.attnum = k.attnum)
        , (select string_agg('(' || e.text || ')', ', ' order by e.ord) --@ >=14
           from unnest(pg_get_statisticsobjdef_expressions(s.oid)) with ordinality e(text, ord)) --@ >=14
        ))::varchar as elements,
       case when s.stxstattarget >= 0 then s.stxstattarget end as statistics
from pg_catalog.pg_statistic_ext s
join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
join pg_catalog.pg_class c on c.oid = s.stxrelid
cross join lateral (
  select 'CREATE STATISTICS ' || quote_ident(n.nspname) || '.' || quote_ident(s.stxname) || ' ' as text) head
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
