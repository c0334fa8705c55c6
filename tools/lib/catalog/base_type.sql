--@ facts
-- Base types.
select 'pg_catalog.pg_type'::regclass::oid as classid, t.oid as objid,
       'base_type ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array['1247:' || t.typarray] as also,
       t.typinput::text as input,
       t.typoutput::text as output,
       nullif(t.typreceive::text, '-') as receive,
       nullif(t.typsend::text, '-') as send,
       nullif(t.typmodin::text, '-') as typmod_in,
       nullif(t.typmodout::text, '-') as typmod_out,
       nullif(t.typanalyze::text, '-') as analyze,
       case when t.typelem = 0 or t.typsubscript <> 'pg_catalog.raw_array_subscript_handler'::regproc --@ >=14
            then nullif(t.typsubscript::text, '-') end as subscript, --@ >=14
       case when t.typlen > 0 then t.typlen end as internallength,
       t.typbyval as passedbyvalue,
       case t.typalign when 'c' then 'char' when 's' then 'int2' when 'd' then 'double' end as alignment,
       case t.typstorage when 'e' then 'external' when 'x' then 'extended' when 'm' then 'main' end as storage,
       case when t.typcategory <> 'U' then t.typcategory::text end as category,
       t.typispreferred as preferred,
       coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault))::varchar as "default",
       case when t.typelem <> 0 then format_type(t.typelem, null) end as element,
       case when t.typdelim <> ',' then t.typdelim::text end as delimiter,
       t.typcollation <> 0 as collatable
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'b' and t.typisdefined
  and not exists (select from pg_catalog.pg_type e where e.typarray = t.oid)
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
