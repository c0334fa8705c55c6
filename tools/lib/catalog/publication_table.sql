--@ facts deparse
-- Which tables a publication has, and what of them. The server keeps columns by their place in the table, which is no
-- difference: here they are by name.
select 'pg_catalog.pg_publication_rel'::regclass::oid as classid, r.oid as objid,
       'publication_table ' || quote_ident(p.pubname) || '.' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       'publication ' || quote_ident(p.pubname) as "in",
       (select array_agg(quote_ident(a.attname) order by a.attname collate "C") --@ >=15
        from pg_catalog.pg_attribute a --@ >=15
        where a.attrelid = r.prrelid and a.attnum = any (r.prattrs)) as columns, --@ >=15
       pg_get_expr(r.prqual, r.prrelid)::varchar as filter, --@ >=15
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table
from pg_catalog.pg_publication_rel r
join pg_catalog.pg_publication p on p.oid = r.prpubid
join pg_catalog.pg_class c on c.oid = r.prrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
