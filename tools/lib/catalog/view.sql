--@ facts deparse
-- Views. Their definition is that of the rule _RETURN, on which pg_depend keeps
-- what they need. `columns` is what a shell of the view has.
select 'pg_catalog.pg_class'::regclass::oid as classid, c.oid as objid,
       'view ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array['1247:' || c.reltype, '1247:' || t.typarray, '2618:' || r.oid] as also,
       ltrim(left(pg_get_viewdef(c.oid), -1))::varchar as definition,
       (select array_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                         || case when a.attcollation in (0, at.typcollation) then '' else (
                              select ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
                              from pg_catalog.pg_collation co
                              join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
                              where co.oid = a.attcollation) end
                         order by a.attnum)
        from pg_catalog.pg_attribute a
        join pg_catalog.pg_type at on at.oid = a.atttypid
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       (select array_agg(o order by ord) from unnest(c.reloptions) with ordinality u(o, ord)
        where o !~ '^check_option=') as options,
       (select upper(substr(o, 14)) from unnest(c.reloptions) u(o) where o ~ '^check_option=') as check_option
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_type t on t.oid = c.reltype
join pg_catalog.pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
where c.relkind = 'v'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
