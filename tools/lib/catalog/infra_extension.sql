-- Extensions, after those that they require, and otherwise sorted. `comment` is there where it is
-- not the one of the extension's control file. What initdb made (plpgsql) is in every database.
with recursive depth (oid, level) as (
	select oid, 0 from pg_catalog.pg_extension
	union
	select d.objid, l.level + 1
	from depth l
	join pg_catalog.pg_depend d on d.refobjid = l.oid
	where d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
	  and d.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass
), described as (
	select e.oid, pg_catalog.obj_description(e.oid, 'pg_extension') as comment, a.name, a.comment as control_comment
	from pg_catalog.pg_extension e
	left join pg_catalog.pg_available_extensions() a on a.name = e.extname
)
select e.extname as name, n.nspname as schema,
       case when c.name is not null and c.comment is distinct from c.control_comment
            then coalesce(c.comment, '') end as comment
from pg_catalog.pg_extension e
join pg_catalog.pg_namespace n on n.oid = e.extnamespace
join described c on c.oid = e.oid
where e.oid >= 16384
order by (select max(level) from depth where depth.oid = e.oid), e.extname collate "C"
