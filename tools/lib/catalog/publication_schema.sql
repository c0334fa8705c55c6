--@ facts
-- Of which schemas a publication has all tables.
select 'pg_catalog.pg_publication_namespace'::regclass::oid as classid, s.oid as objid, --@ >=15
       'publication_schema ' || quote_ident(p.pubname) || '.' || quote_ident(n.nspname) as id, --@ >=15
       'publication ' || quote_ident(p.pubname) as "in", --@ >=15
       quote_ident(n.nspname) as schema, --@ >=15
       array['schema ' || quote_ident(n.nspname)] as needs --@ >=15
from pg_catalog.pg_publication_namespace s --@ >=15
join pg_catalog.pg_publication p on p.oid = s.pnpubid --@ >=15
join pg_catalog.pg_namespace n on n.oid = s.pnnspid --@ >=15
select null as id where false --@ <15
