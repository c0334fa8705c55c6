--@ facts
-- Functions and procedures; the constructors of range types belong to these types.
-- Where a procedure of that name has OUT arguments, only the modes tell which one is meant.
select 'pg_catalog.pg_proc'::regclass::oid as classid, p.oid as objid,
       case p.prokind when 'p' then 'procedure ' else 'function ' end
         || quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '('
         || (select coalesce(string_agg(
               case when p.prokind = 'p' and exists (
                      select from pg_catalog.pg_proc o
                      where o.pronamespace = p.pronamespace and o.proname = p.proname and 'o' = any (o.proargmodes))
                    then case a.mode when 'o' then 'OUT ' when 'b' then 'INOUT ' when 'v' then 'VARIADIC ' else 'IN ' end
                    else '' end
               || format_type(a.type, null), ', ' order by a.position), '')
             from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes) with ordinality a(type, mode, position)
             where a.mode is null or a.mode in ('i', 'b', 'v')
                or p.prokind = 'p' and a.mode = 'o')
         || ')' as id,
       'schema ' || quote_ident(n.nspname) as "in",
       (select array_agg(
          case a.mode when 'o' then 'OUT ' when 'b' then 'INOUT ' when 'v' then 'VARIADIC ' else '' end
          || case when a.name <> '' then quote_ident(a.name) || ' ' else '' end
          || format_type(a.type, null)
          || coalesce(' DEFAULT ' || pg_get_function_arg_default(p.oid, a.position::int), '') order by a.position)
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargmodes, p.proargnames)
             with ordinality a(type, mode, name, position)
        where a.mode is distinct from 't') as arguments,
       case when p.prokind <> 'p' and 't' <> all (coalesce(p.proargmodes, '{}'))
             and (p.proretset or not coalesce(p.proargmodes, '{}') && array['o', 'b']::"char"[])
            then case when p.proretset then 'SETOF ' else '' end || format_type(p.prorettype, null)
       end as result,
       (select array_agg(quote_ident(a.name) || ' ' || format_type(a.type, null) order by a.position)
        from unnest(p.proallargtypes, p.proargmodes, p.proargnames) with ordinality a(type, mode, name, position)
        where a.mode = 't') as result_table,
       quote_ident(l.lanname) as language,
       (select array_agg(format_type(t, null) order by format_type(t, null)) from unnest(p.protrftypes) t) as transforms,
       p.prokind = 'w' as window,
       case p.provolatile when 'i' then 'IMMUTABLE' when 's' then 'STABLE' end as volatility,
       p.proisstrict as strict,
       p.proleakproof as leakproof,
       p.prosecdef as security_definer,
       case p.proparallel when 's' then 'SAFE' when 'r' then 'RESTRICTED' end as parallel,
       case when p.procost <> case when l.lanname in ('internal', 'c') then 1 else 100 end then p.procost::text end as cost,
       case when p.proretset and p.prorows <> 1000 then p.prorows::text end as rows,
       nullif(p.prosupport::text, '-') as support,
       p.proconfig as settings,
       p.probin as object_file,
       case when p.probin is not null and p.prosrc <> p.proname then p.prosrc end as link_symbol,
       pg_get_function_sqlbody(p.oid)::varchar as sql_body, --@ >=14
       case when p.probin is null
             and p.prosqlbody is null --@ >=14
            then p.prosrc end as body
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
join pg_catalog.pg_language l on l.oid = p.prolang
where p.prokind <> 'a'
  and not exists (select from pg_catalog.pg_depend d
                  where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
