--@ facts
-- Aggregates: ordinary, ordered-set and hypothetical-set ones.
select 'pg_catalog.pg_proc'::regclass::oid as classid, p.oid as objid,
       'aggregate ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '('
         || coalesce((select string_agg(format_type(type, null), ', ' order by position)
                      from unnest(p.proargtypes) with ordinality a(type, position)), '*')
         || ')' as id,
       'schema ' || quote_ident(n.nspname) as "in",
       nullif(pg_get_function_arguments(p.oid), '') as arguments,
       a.aggtransfn::text as sfunc,
       format_type(a.aggtranstype, null) as stype,
       case when a.aggtransspace <> 0 then a.aggtransspace end as sspace,
       a.agginitval as initcond,
       nullif(a.aggfinalfn::text, '-') as finalfunc,
       a.aggfinalextra as finalfunc_extra,
       case when a.aggfinalfn <> 0 and a.aggfinalmodify <> usual.modify then
         case a.aggfinalmodify when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE' when 'w' then 'READ_WRITE' end
       end as finalfunc_modify,
       nullif(a.aggcombinefn::text, '-') as combinefunc,
       nullif(a.aggserialfn::text, '-') as serialfunc,
       nullif(a.aggdeserialfn::text, '-') as deserialfunc,
       nullif(a.aggmtransfn::text, '-') as msfunc,
       nullif(a.aggminvtransfn::text, '-') as minvfunc,
       case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end as mstype,
       case when a.aggmtransspace <> 0 then a.aggmtransspace end as msspace,
       a.aggminitval as minitcond,
       nullif(a.aggmfinalfn::text, '-') as mfinalfunc,
       a.aggmfinalextra as mfinalfunc_extra,
       case when a.aggmfinalfn <> 0 and a.aggmfinalmodify <> usual.modify then
         case a.aggmfinalmodify when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE' when 'w' then 'READ_WRITE' end
       end as mfinalfunc_modify,
       case when sn.nspname = 'pg_catalog' then s.oprname::text
            else 'OPERATOR(' || quote_ident(sn.nspname) || '.' || s.oprname || ')' end as sortop,
       case p.proparallel when 's' then 'SAFE' when 'r' then 'RESTRICTED' end as parallel,
       a.aggkind = 'h' as hypothetical
from pg_catalog.pg_aggregate a
join pg_catalog.pg_proc p on p.oid = a.aggfnoid
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
left join pg_catalog.pg_operator s on s.oid = a.aggsortop
left join pg_catalog.pg_namespace sn on sn.oid = s.oprnamespace
cross join lateral (select case a.aggkind when 'n' then 'r'::"char" else 'w'::"char" end as modify) usual
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
