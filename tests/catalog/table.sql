-- Tables: storage, row security, replica identity, columns of all sorts.
create schema "Ta.ble";

create type "Ta.ble"."Com.posite" as (id int, "Na.me" text, note text collate "C");

create table no_columns ();

create table plain (id int);

create unlogged table unlogged (id int generated always as identity, n bigserial);

create table "Ta.ble"."a table with ""quotes"", dots., and 😀 of almost sixty-three" (
  "I.d" int primary key, "two
lines" text not null default E'it''s\n\\', "select" int, """" int check ("""" > 0));

create table columns (
  a int, b numeric(10, 2)[] not null, c varchar(7)[][], d timestamp(3) with time zone, e interval year to month,
  f bit varying(3), g char, h "char", i text collate "POSIX", j name collate "C", k interval(2) default '1 h',
  l "Ta.ble"."Com.posite", m "Ta.ble"."Com.posite"[] default '{}');

create table dropped (a int, b int, c int, d int);

alter table dropped drop column b, drop column d, add column e int not null;

comment on table dropped is '';

comment on table dropped is 'of a table';

comment on column dropped.e is 'of a column whose number has a gap before it';

create table storage (a text, b text, c text, d text, e bytea, f int)
  with (fillfactor = 70, autovacuum_enabled = off, autovacuum_vacuum_scale_factor = 0.01, parallel_workers = 3,
        toast.autovacuum_enabled = false, toast.autovacuum_vacuum_cost_delay = 2.5, user_catalog_table = true);

alter table storage alter a set storage external, alter b set storage main, alter c set storage plain,
  alter e set storage extended, alter d set statistics 0, alter f set statistics 1234,
  alter f set (n_distinct = -0.25, n_distinct_inherited = 100);

-- @min 14
alter table storage alter d set compression pglz;

create table generated (
  a int, b int generated always as (a * 2) stored, "C c" text generated always as (case when a > 1 then 'x''y' end) stored not null);

comment on column generated.b is 'of a generated column';

-- @min 18
create table virtually (a int, b int generated always as (a * 2) virtual, c text generated always as ('x' || '''') not null);

create table secured (id int);

alter table secured enable row level security, force row level security;

create table identity_full (id int);

alter table identity_full replica identity full;

create table identity_nothing (id int);

alter table identity_nothing replica identity nothing;

create table identity_index (id int not null, other int not null);

create unique index "Identity.index" on identity_index (other);

alter table identity_index replica identity using index "Identity.index";

create table identity_key (id int primary key);

alter table identity_key replica identity using index identity_key_pkey;

create table clustered (id int primary key, n int);

create index clustered_n on clustered (n);

alter table clustered cluster on clustered_n;

create table clustered_key (id int primary key);

alter table clustered_key cluster on clustered_key_pkey;

create table typed of "Ta.ble"."Com.posite";

create table typed_more of "Ta.ble"."Com.posite" (
  id with options primary key, "Na.me" default 'x' not null, check (id > 0), unique ("Na.me", id));

comment on column typed."Na.me" is 'of a column of a typed table';

alter table typed alter note set statistics 7;

-- A default that uses a row of the table itself, and a sequence that another table owns.
create table counted (id int);

create sequence counter owned by counted.id;

create table counting (id int default nextval('counter'), last regclass default 'counter'::regclass);

-- Other table access methods and tablespaces.
create access method "Hea.p" type table handler heap_tableam_handler;

create table accessed (id int) using "Hea.p";

create materialized view accessed_view using "Hea.p" as select id from accessed;

-- @min 17
create table accessed_parts (id int) partition by list (id) using "Hea.p";

-- @min 17
create table accessed_part partition of accessed_parts for values in (1);

-- @min 15
create table spaced (id int primary key using index tablespace "Space ""x""", t text unique using index tablespace "Space ""x""" deferrable) tablespace "Space ""x""";

-- @min 15
create materialized view spaced_view tablespace "Space ""x""" as select id from spaced;

-- @min 15
create table spaced_parts (id int primary key using index tablespace "Space ""x""") partition by range (id) tablespace "Space ""x""";

-- @min 15
create table spaced_part partition of spaced_parts for values from (1) to (2) tablespace pg_default;

-- @min 15
create index on spaced_parts (id) tablespace "Space ""x""";
