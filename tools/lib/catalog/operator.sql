--@ facts
-- Operators. One that is only named by others, as commutator or negator, is declared by the first of these, and
-- stays when that goes.
with operator as (
  select o.*, n.nspname,
         'operator ' || quote_ident(n.nspname) || '.' || o.oprname || '('
           || case when o.oprleft = 0 then 'NONE' else format_type(o.oprleft, null) end || ', '
           || case when o.oprright = 0 then 'NONE' else format_type(o.oprright, null) end || ')' as id
  from pg_catalog.pg_operator o
  join pg_catalog.pg_namespace n on n.oid = o.oprnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema')
select 'pg_catalog.pg_operator'::regclass::oid as classid, o.oid as objid, o.id,
       coalesce(case when o.oprcode = 0 then (
           select f.id from operator f
           where f.oprcode <> 0 and o.oid in (f.oprcom, f.oprnegate) order by f.oid limit 1) end,
         'schema ' || quote_ident(o.nspname)) as "in",
       o.oprcode = 0 as declared,
       case when o.oprcode = 0 and not exists (
           select from operator f where f.oprcode <> 0 and o.oid in (f.oprcom, f.oprnegate))
         then 'it is only declared, and no operator names it' end as left_out,
       nullif(o.oprcode::text, '-') as function,
       case when o.oprcode <> 0 and o.oprleft <> 0 then format_type(o.oprleft, null) end as leftarg,
       case when o.oprcode <> 0 and o.oprright <> 0 then format_type(o.oprright, null) end as rightarg,
       case when o.oprcode = 0 then null
            when cn.nspname = 'pg_catalog' then c.oprname::text
            else 'OPERATOR(' || quote_ident(cn.nspname) || '.' || c.oprname || ')' end as commutator,
       case when o.oprcode = 0 then null
            when nn.nspname = 'pg_catalog' then ne.oprname::text
            else 'OPERATOR(' || quote_ident(nn.nspname) || '.' || ne.oprname || ')' end as negator,
       nullif(o.oprrest::text, '-') as restrict,
       nullif(o.oprjoin::text, '-') as join,
       o.oprcanhash as hashes,
       o.oprcanmerge as merges
from operator o
left join pg_catalog.pg_operator c on c.oid = o.oprcom
left join pg_catalog.pg_namespace cn on cn.oid = c.oprnamespace
left join pg_catalog.pg_operator ne on ne.oid = o.oprnegate
left join pg_catalog.pg_namespace nn on nn.oid = ne.oprnamespace
