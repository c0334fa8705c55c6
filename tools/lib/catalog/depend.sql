-- What needs what, from pg_depend. Left out: what a parent's `in` says anyway
-- (schemas), the inner life of partitioned indexes and constraints ('P', 'S'),
-- and what is a fact of its own: the owner column of a sequence, the table that a partition
-- belongs to.
select d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype
from pg_catalog.pg_depend d
where d.deptype in ('n', 'a', 'i', 'x')
  and d.refclassid <> 'pg_catalog.pg_namespace'::regclass
  and not (d.classid = 'pg_catalog.pg_type'::regclass and d.deptype = 'i')
  and d.objid >= 16384
  and not (d.deptype = 'a' and d.classid = 'pg_catalog.pg_class'::regclass
           and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid > 0
           and exists (select from pg_catalog.pg_sequence s where s.seqrelid = d.objid))
  and not (d.deptype = 'a' and d.classid = 'pg_catalog.pg_class'::regclass and d.objsubid = 0
           and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjsubid = 0
           and d.objid in (select c.oid from pg_catalog.pg_class c where c.relispartition))
  and not (d.deptype = 'i' and d.classid = 'pg_catalog.pg_class'::regclass
           and d.objid in (select c.reltoastrelid from pg_catalog.pg_class c where c.reltoastrelid <> 0))
