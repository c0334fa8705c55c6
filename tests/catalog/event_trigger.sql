-- Event triggers.
create schema "Ev";

create function "Ev"."ent."() returns event_trigger language plpgsql as 'begin end';

create event trigger plain on ddl_command_end execute function "Ev"."ent."();

create event trigger "Every. ""thing"" 😀" on ddl_command_start when tag in ('CREATE TABLE', 'DROP TABLE') execute function "Ev"."ent."();

create event trigger dropped on sql_drop execute function "Ev"."ent."();

create event trigger rewritten on table_rewrite execute function "Ev"."ent."();

alter event trigger dropped disable;

alter event trigger rewritten enable always;

alter event trigger plain enable replica;

comment on event trigger plain is 'of an event trigger';
