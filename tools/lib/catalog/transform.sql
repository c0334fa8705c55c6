--@ facts
-- Transforms of types for languages.
select 'pg_catalog.pg_transform'::regclass::oid as classid, t.oid as objid,
       'transform FOR ' || format_type(t.trftype, null) || ' LANGUAGE ' || quote_ident(l.lanname) as id,
       case when t.trffromsql <> 0 then t.trffromsql::regprocedure::text end as from_sql,
       case when t.trftosql <> 0 then t.trftosql::regprocedure::text end as to_sql
from pg_catalog.pg_transform t
join pg_catalog.pg_language l on l.oid = t.trflang
where t.oid >= 16384
