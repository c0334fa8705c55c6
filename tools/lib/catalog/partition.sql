--@ facts deparse
-- Which table is a partition of which. It is attached after its own indexes are
-- there, and before the parent's are, so that each finds its own. `constraint` is what its rows are
-- like, for a check that spares ATTACH PARTITION reading them; a hash cannot be said without OIDs.
-- `referenced`: by a foreign key to the parent. `excludes`: it has exclusion constraints of the parent.
select 'partition ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as id,
       'pg_catalog.pg_class'::regclass::oid as on_classid, c.oid as on_objid, 0 as on_objsubid,
       quote_ident(pn.nspname) || '.' || quote_ident(p.relname) as parent,
       pg_get_expr(c.relpartbound, c.oid) as bound,
       case when pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT'
              and pg_get_partition_constraintdef(c.oid) not like '%satisfies_hash_partition(%'
            then pg_get_partition_constraintdef(c.oid) end::varchar as "constraint",
       c.oid in (select k.confrelid from pg_catalog.pg_constraint k where k.contype = 'f' and k.conparentid <> 0) as referenced,
       c.oid in (select k.conrelid from pg_catalog.pg_constraint k where k.contype = 'x' and k.conparentid <> 0) as excludes, --@ >=17
       case when i.inhdetachpending then 'that it is being detached' end as withheld, --@ >=14
       array['table ' || quote_ident(pn.nspname) || '.' || quote_ident(p.relname)] as needs
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_inherits i on i.inhrelid = c.oid
join pg_catalog.pg_class p on p.oid = i.inhparent
join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
where c.relispartition and c.relkind in ('r', 'p', 'f')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
