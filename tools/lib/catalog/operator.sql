--@ facts
-- Operators. One that is only named by others, as commutator or negator, belongs to these.
select 'pg_catalog.pg_operator'::regclass::oid as classid, o.oid as objid,
       'operator ' || quote_ident(n.nspname) || '.' || o.oprname || '('
         || case when o.oprleft = 0 then 'NONE' else format_type(o.oprleft, null) end || ', '
         || case when o.oprright = 0 then 'NONE' else format_type(o.oprright, null) end || ')' as id,
       'schema ' || quote_ident(n.nspname) as "in",
       array[case when c.oprcode = 0 then '2617:' || c.oid end, case when ne.oprcode = 0 then '2617:' || ne.oid end] as also,
       o.oprcode::text as function,
       case when o.oprleft <> 0 then format_type(o.oprleft, null) end as leftarg,
       case when o.oprright <> 0 then format_type(o.oprright, null) end as rightarg,
       case when cn.nspname = 'pg_catalog' then c.oprname::text
            else 'OPERATOR(' || quote_ident(cn.nspname) || '.' || c.oprname || ')' end as commutator,
       case when nn.nspname = 'pg_catalog' then ne.oprname::text
            else 'OPERATOR(' || quote_ident(nn.nspname) || '.' || ne.oprname || ')' end as negator,
       nullif(o.oprrest::text, '-') as restrict,
       nullif(o.oprjoin::text, '-') as join,
       o.oprcanhash as hashes,
       o.oprcanmerge as merges
from pg_catalog.pg_operator o
join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
left join pg_catalog.pg_operator c on c.oid = o.oprcom
left join pg_catalog.pg_namespace cn on cn.oid = c.oprnamespace
left join pg_catalog.pg_operator ne on ne.oid = o.oprnegate
left join pg_catalog.pg_namespace nn on nn.oid = ne.oprnamespace
where o.oprcode <> 0
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
