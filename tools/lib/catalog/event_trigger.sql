--@ facts
-- Event triggers.
select 'pg_catalog.pg_event_trigger'::regclass::oid as classid, e.oid as objid,
       'event_trigger ' || quote_ident(e.evtname) as id,
       e.evtevent as event,
       (select array_agg(tag order by ord) from unnest(e.evttags) with ordinality u(tag, ord)) as tags,
       quote_ident(n.nspname) || '.' || quote_ident(p.proname) as function,
       case e.evtenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' when 'A' then 'ENABLE ALWAYS' end as enabled
from pg_catalog.pg_event_trigger e
join pg_catalog.pg_proc p on p.oid = e.evtfoid
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
