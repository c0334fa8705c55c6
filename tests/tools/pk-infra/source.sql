create role ROLE_owner;
create role ROLE_group noinherit;
create role "ROLE we""ird $$ '\ name" login createrole connection limit 3 valid until '2031-01-01 00:00+00' password 'secret';
create role ROLE_login login createdb;
create role ROLE_reader;
create role ROLE_member login;
create role ROLE_policy;
create role ROLE_default;
create role ROLE_column;
create role ROLE_mapped login bypassrls replication;
create role ROLE_set;
create role ROLE_unrelated superuser;

grant ROLE_reader to ROLE_login with admin option;
grant ROLE_reader to ROLE_member;
grant pg_monitor to ROLE_member;
grant ROLE_group to ROLE_owner;
grant ROLE_unrelated to ROLE_member;

comment on role ROLE_login is E'it\'s \\ a\ncomment';
alter role ROLE_login set search_path to "$user", public, 'We"ird, schema';
alter role ROLE_login set work_mem = '12MB';
alter role ROLE_login set my_extension.setting = E'a"b\'c';
select format('alter role ROLE_set in database %I set work_mem = ''1MB''', current_database()) \gexec

create schema s1 authorization ROLE_owner;
create schema "We""ird, schema" authorization "ROLE we""ird $$ '\ name";
create table s1.t (a int, b int);
alter table s1.t owner to ROLE_owner;
grant select on s1.t to ROLE_reader;
grant select (b) on s1.t to ROLE_column;
grant usage on schema s1 to ROLE_login;
create policy p on s1.t to ROLE_policy using (true);
alter default privileges in schema s1 grant select on tables to ROLE_default;
create foreign data wrapper w;
create server sv foreign data wrapper w;
create user mapping for ROLE_mapped server sv;
