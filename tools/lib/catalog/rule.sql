--@ facts deparse
-- Rewrite rules, those that make a view aside. `event` is what they wait for, `definition`
-- what CREATE RULE says behind the table's name.
select 'pg_catalog.pg_rewrite'::regclass::oid as classid, r.oid as objid,
       'rule ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.' || quote_ident(r.rulename) as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, c.oid as on_objid, 0 as on_objsubid,
       case r.ev_type when '1' then 'SELECT' when '2' then 'UPDATE' when '3' then 'INSERT' when '4' then 'DELETE' end as event,
       ltrim(substr(left(pg_get_ruledef(r.oid), -1), length(head.text) + 1))::varchar as definition,
       case r.ev_enabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' when 'A' then 'ENABLE ALWAYS' end as enabled
from pg_catalog.pg_rewrite r
join pg_catalog.pg_class c on c.oid = r.ev_class
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
cross join lateral (
  select 'CREATE RULE ' || quote_ident(r.rulename) || E' AS\n    ON '
         || case r.ev_type when '1' then 'SELECT' when '2' then 'UPDATE' when '3' then 'INSERT' when '4' then 'DELETE' end
         || ' TO ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as text) head
where r.rulename <> '_RETURN'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
