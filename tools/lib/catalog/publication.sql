--@ facts
-- Publications; their tables and schemas are facts of their own.
select 'pg_catalog.pg_publication'::regclass::oid as classid, p.oid as objid,
       'publication ' || quote_ident(p.pubname) as id,
       p.puballtables as all_tables,
       case when not (p.pubinsert and p.pubupdate and p.pubdelete and p.pubtruncate) then
         coalesce((select string_agg(what, ', ' order by number)
                   from (values (1, 'insert', p.pubinsert), (2, 'update', p.pubupdate),
                                (3, 'delete', p.pubdelete), (4, 'truncate', p.pubtruncate)) v(number, what, published)
                   where published), '') end as publish,
       case p.pubgencols when 's' then 'stored' end as publish_generated_columns, --@ >=18
       p.pubviaroot as publish_via_partition_root
from pg_catalog.pg_publication p
