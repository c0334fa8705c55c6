-- Views: every attribute, defaults, names that need quotes, views over each other.
create table t (id int primary key, "na.me" text collate "C", "q""uote" numeric(10, 2));

create view plain as select id from t;

create view everything with (security_barrier, check_option = local) as
select id, "na.me" as name, "q""uote" from t where id > 0;

create view cascaded as select * from everything where id < 100 with cascaded check option;

create view expressions as
select id, case when id > 3 then 'it''s' || E'\n\\' else null end as "two
lines", count(*) over (partition by "na.me") from t;

create view no_columns as select from t;

create recursive view countdown (n) as values (3) union all select n - 1 from countdown where n > 0;

create view grouped as select t.*, count(*) from t group by t.id;

-- @min 15
create view invoker with (security_invoker = true, security_barrier = false) as select id from t;

create schema "My Schema.🐘";

create view "My Schema.🐘"."a view with ""quotes"", dots., and 😀 of almost sixty-three" as select id as "Id" from t;

alter view everything alter column name set default 'x''y\';

comment on view everything is E'of a view\nin two lines, with ''quotes'' and 😀';

comment on column everything.name is 'of a column';

comment on column "My Schema.🐘"."a view with ""quotes"", dots., and 😀 of almost sixty-three"."Id" is 'hostile';

-- Two that read each other, as a restored database may have them.
create view chicken as select 1 as id, 'a'::varchar(7) collate "C" as "we ""ird";

create view egg as select * from chicken;

create or replace view chicken with (security_barrier = true) as
select id, ('a' || id)::varchar(7) collate "C" as "we ""ird" from egg;

comment on column chicken.id is 'in a loop';

-- A view and a function of its row type.
create view aged as select 1 as id, 0 as age;

create function age_of(it aged) returns int language sql as 'select it.id';

create or replace view aged as select id, age_of(row(id, 0)::aged) as age from t;
