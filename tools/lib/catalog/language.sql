--@ facts
-- Procedural languages.
select 'pg_catalog.pg_language'::regclass::oid as classid, l.oid as objid,
       'language ' || quote_ident(l.lanname) as id,
       l.lanpltrusted as trusted,
       l.lanplcallfoid::regproc::text as handler,
       case when l.laninline <> 0 then l.laninline::regproc::text end as inline,
       case when l.lanvalidator <> 0 then l.lanvalidator::regproc::text end as validator
from pg_catalog.pg_language l
where l.lanispl
