create table t (a int, b int);
create function f() returns int language sql as 'select 1';
-- @old
alter table t owner to postkit_plan_a;
grant select (a) on t to postkit_plan_a;
grant select on t to postkit_plan_b;
revoke insert on t from postkit_plan_a;
alter function f() owner to postkit_plan_a;
revoke all on function f() from postkit_plan_a;
-- @new
alter table t owner to postkit_plan_b;
grant select (a) on t to postkit_plan_a;
grant update on t to postkit_plan_a;
alter function f() owner to postkit_plan_b;
revoke all on function f() from public;
