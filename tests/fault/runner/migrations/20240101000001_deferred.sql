-- migrate:up
create table parent (id integer primary key);
create table child (parent integer references parent deferrable initially deferred);
insert into child select 1 from log;
insert into parent values (1);
insert into log values ('second');

-- migrate:down
delete from log where what = 'second';
drop table child, parent;
