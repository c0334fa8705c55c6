-- migrate:up
create table log (what text);
insert into log values ('first');

-- migrate:down
drop table log;
