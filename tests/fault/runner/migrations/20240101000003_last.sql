-- migrate:up
insert into log values ('last');

-- migrate:down
delete from log where what = 'last';
