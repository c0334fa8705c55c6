create function note() returns trigger language plpgsql as 'begin return null; end';
create table part (id int) partition by list (id);
create table part_1 partition of part for values in (1);
create table part_2 partition of part for values in (2);
create table t (a int, b int);
create trigger first after insert on part for each row execute function note();
create trigger second after insert on part for each row execute function note();
create trigger always after insert on part for each row execute function note();
alter table part enable always trigger always;
create trigger enabled before insert on t execute function note();
create constraint trigger changed after insert on t for each row execute function note();
create table named (a int primary key, b int);
-- @old
create constraint trigger one_name after insert on named for each row execute function note();
alter table named add constraint other_name foreign key (b) references named;
alter table part_1 disable trigger first;
alter table part_1 enable always trigger second;
alter table part_2 disable trigger always;
alter table t disable trigger enabled;
comment on trigger enabled on t is 'x';
create trigger replaced after insert on t for each row execute function note();
-- @new
alter table named add constraint one_name foreign key (b) references named;
create constraint trigger other_name after insert on named for each row execute function note();
alter table part_2 disable trigger first;
alter table part_1 disable trigger second;
alter table t enable replica trigger enabled;
create trigger replaced after insert or update of b on t for each row when (new.a between 1 and 2 and new.b > 0) execute function note('x');
