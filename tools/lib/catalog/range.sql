--@ facts
-- Range types, with their multirange types and the constructors and casts of both.
select 'pg_catalog.pg_type'::regclass::oid as classid, t.oid as objid,
       'range ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname) as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array['1247:' || t.typarray
             , '1247:' || m.oid, '1247:' || m.typarray --@ >=14
            ]
         || (select array_agg(d.classid || ':' || d.objid)
             from pg_catalog.pg_depend d
             where d.refclassid = 'pg_catalog.pg_type'::regclass and d.deptype = 'i'
               and d.classid in ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_cast'::regclass)
               and d.refobjid in (t.oid
                                  , m.oid --@ >=14
                                 )) as also,
       format_type(r.rngsubtype, null) as subtype,
       case when not opc.opcdefault then quote_ident(opcn.nspname) || '.' || quote_ident(opc.opcname) end as subtype_opclass,
       case when r.rngcollation <> st.typcollation then quote_ident(cn.nspname) || '.' || quote_ident(co.collname) end as collation,
       quote_ident(mn.nspname) || '.' || quote_ident(m.typname) as multirange_type_name, --@ >=14
       mn.nspname = n.nspname and m.typname = --@ >=14
         case when strpos(t.typname, 'range') > 0 --@ >=14
              then overlay(t.typname::text placing 'multirange' from strpos(t.typname, 'range') for 5) --@ >=14
              else t.typname || '_multirange' end as usual_multirange_type_name, --@ >=14
       true as multirange_privileges, -- since 17 the range type's are the multirange type's --@ 14..16
       nullif(r.rngcanonical::text, '-') as canonical,
       nullif(r.rngsubdiff::text, '-') as subtype_diff
from pg_catalog.pg_range r
join pg_catalog.pg_type t on t.oid = r.rngtypid
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_type st on st.oid = r.rngsubtype
join pg_catalog.pg_opclass opc on opc.oid = r.rngsubopc
join pg_catalog.pg_namespace opcn on opcn.oid = opc.opcnamespace
join pg_catalog.pg_type m on m.oid = r.rngmultitypid --@ >=14
join pg_catalog.pg_namespace mn on mn.oid = m.typnamespace --@ >=14
left join pg_catalog.pg_collation co on co.oid = r.rngcollation and r.rngcollation <> st.typcollation
left join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
