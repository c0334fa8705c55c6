-- @old
alter default privileges grant usage on types to postkit_plan_b;
alter default privileges grant execute on functions to postkit_plan_b;
alter default privileges revoke execute on functions from public;
alter default privileges grant all on sequences to postkit_plan_b;
alter default privileges grant usage on sequences to postkit_plan_a;
alter default privileges grant all on tables to postkit_plan_b;
create table becomes_serial (id integer);
-- @new
create type span as range (subtype = text);
create table numbered (id serial, other integer generated always as identity);
create sequence becomes_serial_id_seq;
create table becomes_serial (id integer default nextval('becomes_serial_id_seq'));
alter sequence becomes_serial_id_seq owned by becomes_serial.id;
create view seen as select id from numbered;
create table of_a (id integer generated always as identity);
alter table of_a owner to postkit_plan_a;
create function f() returns integer language sql as 'select 1';
alter default privileges grant usage on types to postkit_plan_b;
alter default privileges grant execute on functions to postkit_plan_b;
alter default privileges revoke execute on functions from public;
alter default privileges grant all on sequences to postkit_plan_b;
alter default privileges grant usage on sequences to postkit_plan_a;
alter default privileges grant all on tables to postkit_plan_b;
