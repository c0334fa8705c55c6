-- Children of tables: several parents, merged columns, local overrides.
create table a (id int not null, name text default 'a', note text, g int, constraint a_check check (id > 0));

create table b (id int not null, name text, extra numeric, constraint b_only check (extra > 1) no inherit);

create table child () inherits (a);

create table own (more int not null) inherits (a);

create table merged (name text default 'merged', note text not null, "Lo.cal" int) inherits (a, b);

create table grandchild (constraint a_check check (id > 0)) inherits (child);

create table two_ways () inherits (child, own);

create table overridden () inherits (a);

alter table overridden alter name set default 'overridden';

alter table overridden alter note set not null;

alter table overridden alter g set statistics 9, alter g set (n_distinct = 3);

create table without_default () inherits (a);

alter table without_default alter name drop default;

create table with_default () inherits (a);

alter table with_default alter note set default now()::text;

create table checked (constraint a_check check (id > 0), constraint "Own.check" check (g is not null)) inherits (a);

-- One that became a child later: other columns before and between.
create table joined (first int, note text, id int not null, g int, name text, constraint a_check check (id > 0));

alter table joined inherit a;

comment on table joined is 'of a child';

comment on column child.name is 'of an inherited column';

comment on constraint a_check on a is 'of a constraint';

comment on constraint a_check on checked is 'of a merged constraint';

create table generating (id int, twice int generated always as (id * 2) stored);

create table generating_child () inherits (generating);

-- @min 16
create table generating_otherwise (twice int generated always as (id * 3) stored) inherits (generating);

create table not_valid (id int);

create table not_valid_child () inherits (not_valid);

alter table not_valid add constraint "Not.valid" check (id < 10) not valid;

create index on child (name);

alter table child add primary key (id);

alter table own add constraint own_a foreign key (id) references child;
