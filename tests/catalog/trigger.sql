-- Triggers: all sorts, when they fire, on partitions, views and foreign tables.
create schema "Tr.ig";

create function note() returns trigger language plpgsql as 'begin return null; end';

create function "Tr.ig"."no""te"() returns trigger language plpgsql as 'begin return null; end';

create table t (id int primary key, name text, "Col.x" int);

create table other (id int primary key, t_id int references t deferrable initially deferred);

create trigger plain before insert on t execute function note();

create trigger "Every. ""thing"" 😀" after update of name, "Col.x" or insert on t for each row execute function note('it''s', 'b\c', '');

create trigger tables after update on t referencing new table as "new. rows" old table as olds
  for each statement execute function note();

create trigger conditional before update on t for each row
  when (old."Col.x" is distinct from new."Col.x" and new.name <> E'x\'\n') execute function "Tr.ig"."no""te"();

create trigger truncated after truncate on t execute function note();

create constraint trigger checked after insert or update on t
  from other deferrable initially deferred for each row when (new.id > 0) execute function note();

create constraint trigger "Checked" after delete on other not deferrable for each row execute function note();

create trigger disabled before insert on t execute function note();

create trigger always before insert on t execute function note();

create trigger replica before insert on t execute function note();

alter table t disable trigger disabled, enable always trigger always, enable replica trigger replica;

comment on trigger plain on t is 'of a trigger';

comment on trigger "Every. ""thing"" 😀" on t is 'hostile';

create view v as select * from t;

create trigger instead instead of insert or delete or update on v for each row execute function note();

comment on trigger instead on v is 'of a trigger of a view';

-- Partitions have the triggers of their table, and may disable them.
create table part (id int not null, k int not null) partition by list (k);

create table part_1 partition of part for values in (1);

create table part_2 partition of part for values in (2) partition by range (id);

create table part_2_1 partition of part_2 for values from (1) to (10);

create trigger above after insert on part for each row execute function note();

create trigger below after insert on part_1 for each row execute function note();

create trigger changed after insert on part for each row execute function note();

create trigger always_above after insert on part for each row execute function note();

alter table part enable always trigger always_above;

alter table part_1 disable trigger changed;

alter table part_2_1 enable always trigger above;

-- A child table has none of its parent's.
create table child () inherits (t);

create trigger plain before insert on child execute function note();
