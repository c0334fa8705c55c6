-- Rewrite rules of tables and views.
create table t (id int primary key, name text);

create table "Lo.g" (at timestamptz default now(), what text);

create view v as select * from t;

create rule "_insert" as on insert to v do instead insert into t values (new.id, new.name) returning *;

create rule several as on delete to v where old.id > 0 do instead (
  delete from t where id = old.id;
  insert into "Lo.g" (what) values (E'it''s\n' || old.name));

create rule nothing as on delete to v do instead nothing;

create rule "Al.so ""x"" 😀" as on update to t where new.name <> old.name do also insert into "Lo.g" (what) values ('u');

create rule always as on insert to t do also nothing;

create rule replica as on insert to t do also notify "Ch";

create rule disabled as on insert to t do also nothing;

alter table t enable always rule always;

alter table t enable replica rule replica;

alter table t disable rule disabled;

comment on rule "Al.so ""x"" 😀" on t is 'of a rule';
