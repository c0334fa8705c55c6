--@ facts
-- Domains. NOT NULL belongs to the domain, unless it is a constraint that has
-- a name of its own or a comment (domain_constraint.sql).
select 'pg_catalog.pg_type'::regclass::oid as classid, t.oid as objid,
       'domain ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array['1247:' || t.typarray
             , '2606:' || nn.oid --@ >=17
            ] as also,
       format_type(t.typbasetype, t.typtypmod) as type,
       case when t.typcollation <> b.typcollation then quote_ident(cn.nspname) || '.' || quote_ident(co.collname) end as collation,
       coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault))::varchar as "default",
       t.typnotnull
         and nn.oid is not null --@ >=17
         as not_null
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_type b on b.oid = t.typbasetype
left join pg_catalog.pg_collation co on co.oid = t.typcollation and t.typcollation <> b.typcollation
left join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
left join pg_catalog.pg_constraint nn on nn.contypid = t.oid and nn.contype = 'n' --@ >=17
  -- the name that the server chooses, of 63 bytes at most --@ >=17
  and nn.conname = left(t.typname::text, (select max(size) from generate_series(1, 63) size --@ >=17
                                          where octet_length(left(t.typname::text, size)) <= 54)) || '_not_null' --@ >=17
  and not exists (select from pg_catalog.pg_description d where d.objoid = nn.oid and d.classoid = 'pg_catalog.pg_constraint'::regclass) --@ >=17
where t.typtype = 'd'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
