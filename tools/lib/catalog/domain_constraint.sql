--@ facts
-- Constraints of domains; a NOT NULL only when it is more than the domain's key `not_null` can say.
select 'pg_catalog.pg_constraint'::regclass::oid as classid, k.oid as objid,
       'domain_constraint ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) || '.' || quote_ident(k.conname) as id,
       'domain ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as "in",
       regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '')::varchar as definition,
       not k.convalidated as not_valid
from pg_catalog.pg_constraint k
join pg_catalog.pg_type t on t.oid = k.contypid
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where (k.contype = 'c'
       or k.contype = 'n' and (k.conname <> left(t.typname::text, (select max(size) from generate_series(1, 63) size --@ >=17
                                                                    where octet_length(left(t.typname::text, size)) <= 54)) || '_not_null' --@ >=17
                               or exists (select from pg_catalog.pg_description d --@ >=17
                                          where d.objoid = k.oid and d.classoid = 'pg_catalog.pg_constraint'::regclass)) --@ >=17
      )
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
