--@ facts
-- Casts; those from a range type to its multirange type come with the range type.
select 'pg_catalog.pg_cast'::regclass::oid as classid, c.oid as objid,
       'cast (' || format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null) || ')' as id,
       case when c.castfunc <> 0 then c.castfunc::regprocedure::text end as function,
       c.castmethod = 'i' as inout,
       case c.castcontext when 'a' then 'ASSIGNMENT' when 'i' then 'IMPLICIT' end as context
from pg_catalog.pg_cast c
where c.oid >= 16384
  and not exists (select from pg_catalog.pg_depend d
                  where d.classid = 'pg_catalog.pg_cast'::regclass and d.objid = c.oid and d.deptype = 'i')
