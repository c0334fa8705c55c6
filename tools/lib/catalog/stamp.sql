-- One line that changes when, and only when, a definition in this database (or a
-- role) changed: the server's major version, a digest for the database, and one for the roles, which belong
-- to the whole server. The former is of the number of rows and the sum of their row versions of every
-- catalog that facts are read from. Row versions only grow, so that no two
-- changes cancel each other out. PostKit's own schema takes no part; roles are told by their content.
-- (TRUNCATE, REINDEX, CLUSTER and REFRESH make a new row version in pg_class without
-- changing a definition; what follows from the stamp then finds nothing new.)
with own_table as (
  select c.oid, c.reltoastrelid from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = 'postkit'),
own as (
  select oid from own_table
  union all select reltoastrelid from own_table where reltoastrelid <> 0
  union all select i.indexrelid from pg_catalog.pg_index i join own_table o on o.reltoastrelid = i.indrelid),
own_type as (
  select t.oid from pg_catalog.pg_type t
  join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  where n.nspname = 'postkit' or t.typrelid in (select oid from own)),
row_version(catalog, version) as (
  select 'pg_namespace', xmin from pg_catalog.pg_namespace where nspname <> 'postkit'
  union all select 'pg_class', xmin from pg_catalog.pg_class
    where (oid >= 16384 or relacl is not null) and relkind not in ('t') and oid not in (select oid from own)
    and not (relkind = 'i' and relnamespace = 'pg_toast'::regnamespace)
  union all select 'pg_attribute', xmin from pg_catalog.pg_attribute
    where (attrelid >= 16384 or attacl is not null) and attnum > 0 and attrelid not in (select oid from own)
  union all select 'pg_attrdef', xmin from pg_catalog.pg_attrdef where adrelid not in (select oid from own)
  union all select 'pg_constraint', xmin from pg_catalog.pg_constraint where conrelid not in (select oid from own)
  union all select 'pg_index', xmin from pg_catalog.pg_index where indexrelid >= 16384 and indrelid not in (select oid from own)
  union all select 'pg_inherits', xmin from pg_catalog.pg_inherits
  union all select 'pg_sequence', xmin from pg_catalog.pg_sequence
  union all select 'pg_type', xmin from pg_catalog.pg_type where (oid >= 16384 or typacl is not null) and oid not in (select oid from own_type)
  union all select 'pg_enum', xmin from pg_catalog.pg_enum
  union all select 'pg_range', xmin from pg_catalog.pg_range
  union all select 'pg_proc', xmin from pg_catalog.pg_proc
  union all select 'pg_aggregate', xmin from pg_catalog.pg_aggregate
  union all select 'pg_operator', xmin from pg_catalog.pg_operator where oid >= 16384
  union all select 'pg_opclass', xmin from pg_catalog.pg_opclass where oid >= 16384
  union all select 'pg_opfamily', xmin from pg_catalog.pg_opfamily
  union all select 'pg_amop', xmin from pg_catalog.pg_amop
  union all select 'pg_amproc', xmin from pg_catalog.pg_amproc
  union all select 'pg_am', xmin from pg_catalog.pg_am
  union all select 'pg_cast', xmin from pg_catalog.pg_cast
  union all select 'pg_collation', xmin from pg_catalog.pg_collation where oid >= 16384
  union all select 'pg_conversion', xmin from pg_catalog.pg_conversion
  union all select 'pg_language', xmin from pg_catalog.pg_language
  union all select 'pg_transform', xmin from pg_catalog.pg_transform
  union all select 'pg_rewrite', xmin from pg_catalog.pg_rewrite where oid >= 16384
  union all select 'pg_trigger', xmin from pg_catalog.pg_trigger where tgrelid not in (select oid from own)
  union all select 'pg_event_trigger', xmin from pg_catalog.pg_event_trigger
  union all select 'pg_policy', xmin from pg_catalog.pg_policy
  union all select 'pg_statistic_ext', xmin from pg_catalog.pg_statistic_ext
  union all select 'pg_partitioned_table', xmin from pg_catalog.pg_partitioned_table
  union all select 'pg_foreign_data_wrapper', xmin from pg_catalog.pg_foreign_data_wrapper
  union all select 'pg_foreign_server', xmin from pg_catalog.pg_foreign_server
  union all select 'pg_foreign_table', xmin from pg_catalog.pg_foreign_table
  union all select 'pg_publication', xmin from pg_catalog.pg_publication
  union all select 'pg_publication_rel', xmin from pg_catalog.pg_publication_rel
  union all select 'pg_publication_namespace', xmin from pg_catalog.pg_publication_namespace --@ >=15
  union all select 'pg_extension', xmin from pg_catalog.pg_extension
  union all select 'pg_ts_config', xmin from pg_catalog.pg_ts_config
  union all select 'pg_ts_config_map', xmin from pg_catalog.pg_ts_config_map
  union all select 'pg_ts_dict', xmin from pg_catalog.pg_ts_dict
  union all select 'pg_ts_parser', xmin from pg_catalog.pg_ts_parser
  union all select 'pg_ts_template', xmin from pg_catalog.pg_ts_template
  union all select 'pg_default_acl', xmin from pg_catalog.pg_default_acl
  union all select 'pg_init_privs', xmin from pg_catalog.pg_init_privs
  union all select 'pg_description', xmin from pg_catalog.pg_description
    where (objoid >= 16384 or objoid = to_regnamespace('public')::oid) and objoid not in (select oid from own)
  union all select 'pg_seclabel', xmin from pg_catalog.pg_seclabel
  -- OWNED BY, and what belongs to or depends on an extension, is told by pg_depend alone
  union all select 'pg_depend', d.xmin from pg_catalog.pg_depend d
    where d.deptype in ('e', 'x')
  union all select 'pg_depend', d.xmin from pg_catalog.pg_sequence s
    join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_class'::regclass and d.objid = s.seqrelid
    where d.deptype = 'a' and d.refobjsubid > 0),
digest(line, of_roles) as (
  select catalog || ' ' || count(*) || ' ' || sum(version::text::bigint), false from row_version group by catalog
  union all select 'subscription ' || md5((s.subname, s.subowner, s.subenabled, s.subslotname, s.subpublications
      , s.subbinary, s.substream, s.subsynccommit --@ >=14
      , s.subtwophasestate, s.subdisableonerr --@ >=15
      , s.subpasswordrequired, s.subrunasowner, s.suborigin --@ >=16
      , s.subfailover --@ >=17
      )::text), false from pg_catalog.pg_subscription s
    where s.subdbid = (select oid from pg_catalog.pg_database where datname = current_database())
  union all select 'role ' || r.rolname || ' ' || md5((rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,
    rolreplication, rolconnlimit, rolvaliduntil, rolbypassrls, rolconfig)::text), true from pg_catalog.pg_roles r
  -- What belongs to the cluster is told by its content: to make a role as it is already, in whatever database, is no change.
  union all select 'member ' || md5((m.roleid, m.member, m.grantor, m.admin_option
      , m.inherit_option, m.set_option --@ >=16
      )::text), true from pg_catalog.pg_auth_members m
  union all select 'setting ' || s.setrole || ' ' || s.setconfig::text, false from pg_catalog.pg_db_role_setting s
    where s.setdatabase = (select oid from pg_catalog.pg_database where datname = current_database())
  union all select 'mapping ' || srvname || ' ' || usename || ' ' || coalesce(umoptions::text, ''), false from pg_catalog.pg_user_mappings)
select current_setting('server_version_num')::int / 10000
       || ' ' || md5(string_agg(line, E'\n' order by line collate "C") filter (where not of_roles))
       || ' ' || md5(string_agg(line, E'\n' order by line collate "C") filter (where of_roles))
from digest
