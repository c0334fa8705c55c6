-- Foreign tables, also as children and as partitions.
create foreign data wrapper w;

create server "S.s" foreign data wrapper w;

create schema "For.eign";

create foreign table plain (id int) server "S.s";

create foreign table "For.eign"."Every. ""thing"" 😀" (
  id int options ("Na.me" 'it''s', other E'b\\c=d') not null, "C.c" text collate "C" default 'x' check ("C.c" <> ''),
  n int, constraint named check (n > 0) no inherit)
  server "S.s" options (table_name 'a"b', "Op.tion" 'c=d, e');

alter foreign table "For.eign"."Every. ""thing"" 😀" alter n set statistics 12, alter n set (n_distinct = 5);

alter foreign table "For.eign"."Every. ""thing"" 😀" alter "C.c" set storage external;

alter foreign table "For.eign"."Every. ""thing"" 😀" add constraint unproven check (n < 100) not valid;

create foreign table no_columns () server "S.s";

create foreign table generated (a int, b int generated always as (a * 2) stored) server "S.s";

comment on foreign table plain is 'of a foreign table';

comment on column plain.id is 'of a column of a foreign table';

comment on constraint named on "For.eign"."Every. ""thing"" 😀" is 'of its constraint';

create table parent (id int not null, n int default 3, constraint parent_check check (n > 0));

create foreign table child (own text) inherits (parent) server "S.s" options (a 'b');

alter foreign table child alter n set default 5, alter n options (add x 'y');

create foreign table joined (own text, n int, id int not null, constraint parent_check check (n > 0)) server "S.s";

alter foreign table joined inherit parent;

create table parted (id int, k int not null) partition by list (k);

create foreign table part partition of parted (id default 7) for values in (1) server "S.s" options (a 'b');

create foreign table attached (k int not null, id int) server "S.s";

alter table parted attach partition attached default;

create function note() returns trigger language plpgsql as 'begin return null; end';

create trigger above after insert on parted for each row execute function note();

create trigger own before insert on part for each row execute function note();

create trigger disabled after update on plain for each statement execute function note();

alter foreign table plain disable trigger disabled;

create view v as select * from plain;
