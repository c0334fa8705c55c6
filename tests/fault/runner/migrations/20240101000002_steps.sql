-- migrate:up transaction:false
set search_path = public, pg_temp;
insert into log values ('third, a step');
create index concurrently log_what on log (what);
begin;
insert into log values ('third, in its own transaction');
insert into child values (1);
commit;
vacuum log;
create type mood as enum ('good');
alter type mood add value 'bad';
insert into log select 'third, ' || 'bad'::mood;

-- migrate:down transaction:false
drop index concurrently log_what;
delete from log where what like 'third%';
drop type mood;
