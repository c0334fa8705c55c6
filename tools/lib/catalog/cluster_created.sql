-- When the server's cluster was made (initdb, in UTC), YYYYMMDDHHMMSS; none when that is in the future.
select pg_catalog.to_char(created at time zone 'UTC', 'YYYYMMDDHH24MISS') as version
from pg_catalog.pg_control_system() c
cross join pg_catalog.to_timestamp((c.system_identifier >> 32 & 4294967295)::double precision) as created
where created between '1996-01-01 UTC'::timestamptz and pg_catalog.clock_timestamp()
