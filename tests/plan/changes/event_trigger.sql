-- Event triggers that let nothing be done: what stops them comes before all else, what starts them at last.
create function refuse() returns event_trigger language plpgsql as $$begin raise exception 'nothing is to be changed'; end$$;
create table gains (a int);
-- @old
create type mood as enum ('good');
create event trigger gone on ddl_command_start execute function refuse();
create event trigger stopped on ddl_command_end execute function refuse();
create event trigger replica_only on sql_drop execute function refuse();
comment on event trigger gone is 'until then';
-- @new
alter table gains add b int;
create type mood as enum ('good', 'bad');
create event trigger stopped on ddl_command_end execute function refuse();
alter event trigger stopped disable;
create event trigger replica_only on sql_drop execute function refuse();
alter event trigger replica_only enable replica;
