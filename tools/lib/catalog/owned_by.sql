--@ facts
-- The column that a sequence goes with (OWNED BY, serial).
select 'owned_by {}' as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, s.seqrelid as on_objid, 0 as on_objsubid,
       quote_ident(n.nspname) || '.' || quote_ident(t.relname) || '.' || quote_ident(a.attname) as column,
       array['column ' || quote_ident(n.nspname) || '.' || quote_ident(t.relname) || '.' || quote_ident(a.attname)] as needs
from pg_catalog.pg_sequence s
join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = s.seqrelid
  and d.deptype = 'a' and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0
join pg_catalog.pg_class t on t.oid = d.refobjid
join pg_catalog.pg_namespace n on n.oid = t.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
