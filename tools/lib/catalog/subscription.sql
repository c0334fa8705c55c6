--@ facts
-- Subscriptions of this database. Passwords in the connection string stay where they
-- are. Whether one is enabled is left to whoever runs the database.
select 'pg_catalog.pg_subscription'::regclass::oid as classid,
       s.oid as objid, --@ >=14
       s.oid as objid, --@ <14 --@ superuser
       -- a plain role may not see the oid in the catalog itself --@ <14 --@ plain
       (select min(i.subid) from pg_catalog.pg_stat_subscription i --@ <14 --@ plain
        where i.subname = s.subname having count(distinct i.subid) = 1) as objid, --@ <14 --@ plain
       'subscription ' || quote_ident(s.subname) as id,
       nullif(c.open, '') as connection, --@ superuser
       case when c.open <> s.subconninfo then 'the password in its connection string' end as withheld, --@ superuser
       'its connection string, which only a superuser may read' as withheld, --@ plain
       case when s.subslotname is null then 'none'
            when s.subslotname <> s.subname then s.subslotname end as slot_name,
       case when s.subsynccommit <> 'off' then s.subsynccommit end as synchronous_commit, --@ >=14
       case when s.subsynccommit <> 'off' then s.subsynccommit end as synchronous_commit, --@ <14 --@ superuser
       s.subbinary as binary, --@ >=14
       case when s.substream then 'on' end as streaming, --@ 14..15
       case s.substream when 't' then 'on' when 'p' then 'parallel' end as streaming, --@ 16..17
       case s.substream when 't' then 'on' when 'p' then 'parallel' else 'off' end as streaming, --@ >=18
       s.subtwophasestate <> 'd' as two_phase, --@ >=15
       s.subdisableonerr as disable_on_error, --@ >=15
       not s.subpasswordrequired as no_password_required, --@ >=16
       s.subrunasowner as run_as_owner, --@ >=16
       case when s.suborigin <> 'any' then s.suborigin end as origin, --@ >=16
       s.subfailover as failover, --@ >=17
       array(select quote_ident(p) from unnest(s.subpublications) p order by p collate "C") as publications
from pg_catalog.pg_subscription s
cross join lateral ( --@ superuser
  select regexp_replace( --@ superuser
           regexp_replace( --@ superuser
             regexp_replace(s.subconninfo, '\m(password|sslpassword|passfile)\s*=\s*(''(\\.|[^''\\])*''|(\\.|[^\s''\\&])*)[\s&]*', '', 'gi'), --@ superuser
             '^(\w+://[^/?#@:]*):[^/?#]*@', '\1@'), --@ superuser
           '[?&]$', '') as open) c --@ superuser
where s.subdbid = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
