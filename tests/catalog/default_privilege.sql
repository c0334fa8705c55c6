-- Privileges of what is not there yet.
create schema app;
create schema "S"".x";
alter default privileges grant select on tables to public;
alter default privileges for role alice revoke execute on functions from public;
alter default privileges for role alice grant execute on functions to carol with grant option;
alter default privileges for role by revoke usage on types from by, public;
alter default privileges for role by grant usage on types to "Bob ""B."" Ünal";
alter default privileges for role by revoke all on tables from by;
alter default privileges for role "new
line to ""x"" by y 🐘" grant usage on sequences to by;
alter default privileges for role carol grant usage on schemas to alice;
alter default privileges for role alice in schema app grant all on tables to carol with grant option;
alter default privileges for role alice in schema app, "S"".x" grant insert, select on tables to public, by;
alter default privileges in schema "S"".x" grant execute on functions to public;
alter default privileges in schema "S"".x" grant all on sequences to "Bob ""B."" Ünal";
alter default privileges for role "Bob ""B."" Ünal" in schema "S"".x" grant usage on types to alice;

-- @min 18
alter default privileges for role alice grant select, update on large objects to carol;

create table app.t (a int);
create function app.f() returns int language sql as 'select 1';
