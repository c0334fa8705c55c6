-- What files say in short, and what only looks like it.
create schema "Other.s";

-- @has ^    id    serial,$
-- @has ^    big   bigserial,$
-- @has ^    small smallserial,$
-- @has ^    "Q.q" serial$
-- @lacks SEQUENCE public.plain_id_seq OWNED
-- @lacks SEQUENCE public.plain_id_seq OWNER
-- @has ^GRANT SELECT, UPDATE, USAGE ON SEQUENCE public.plain_id_seq TO carol;$
-- @has ^COMMENT ON SEQUENCE public.plain_id_seq IS 'commented';$
create table plain (id serial, big bigserial, small smallserial, "Q.q" serial);
comment on sequence plain_id_seq is 'commented';
grant all on sequence plain_id_seq to carol;
alter table plain owner to alice;

-- @has ^    id serial,$
-- @has CONSTRAINT keyed_pkey PRIMARY KEY (id)
create table keyed (id serial primary key);

-- Names that are cut, at 63 bytes.
-- @has ^    a_column_with_a_long_name_of_forty_characters serial\b
create table a_table_with_a_name_that_is_fifty_characters_long_ok (a_column_with_a_long_name_of_forty_characters serial);

-- The second choice: what has the first one is gone, or there.
-- @has ^CREATE SEQUENCE public.second_id_seq1 AS integer;$
-- @has ^CREATE SEQUENCE public.third_id_seq1 AS integer;$
create table second_id_seq (); create table second (id serial); drop table second_id_seq;
create table third_id_seq (); create table third (id serial);

-- Sequences that say something of their own, or belong to something else than they are named after.
-- @has ^CREATE SEQUENCE public.cached_id_seq AS integer CACHE 10;$
-- @has ^CREATE SEQUENCE public.other_type_id_seq;$
-- @has ^CREATE SEQUENCE public.started_id_seq AS integer START WITH 5;$
-- @has ^CREATE SEQUENCE public.cycling_id_seq AS integer CYCLE;$
-- @has ^CREATE SEQUENCE public.by_another_name AS integer;$
-- @has ^CREATE SEQUENCE public.nullable_id_seq AS integer;$
-- @has ^CREATE SEQUENCE "Other.s".elsewhere_id_seq AS integer;$
-- @has ^CREATE SEQUENCE public.not_asked_id_seq AS integer;$
-- @has ^CREATE SEQUENCE public.asked_otherwise_id_seq AS integer;$
-- @has ^CREATE SEQUENCE public.nobodys_id_seq AS integer;$
create table cached (id serial); alter sequence cached_id_seq cache 10;
create table other_type (id serial); alter sequence other_type_id_seq as bigint;
create table started (id serial); alter sequence started_id_seq start 5;
create table cycling (id serial); alter sequence cycling_id_seq cycle;
create table named (id serial); alter sequence named_id_seq rename to by_another_name;
create table nullable (id serial); alter table nullable alter id drop not null;
create table elsewhere (id serial); alter table elsewhere set schema "Other.s"; alter table "Other.s".elsewhere set schema public;
create sequence "Other.s".elsewhere_id_seq as integer; alter table elsewhere alter id set default nextval('"Other.s".elsewhere_id_seq');
create table not_asked (id serial); alter table not_asked alter id drop default;
create table asked_otherwise (id serial); alter table asked_otherwise alter id set default nextval('asked_otherwise_id_seq') + 1;
create table nobodys (id serial); alter sequence nobodys_id_seq owned by none;

-- A sequence that others use as well, also in a loop that only the long form does not have.
create table using_it (id integer default nextval('plain_id_seq'));
create view of_it as select last_value from plain_id_seq;
create table loop_a (id serial); create table loop_b (id serial, a integer default nextval('loop_a_id_seq'));
alter table loop_a add b integer default nextval('loop_b_id_seq');
-- @has ^CREATE SEQUENCE public.looped_id_seq AS integer;$
create table looped (id serial);
create domain numbered as integer default nextval('looped_id_seq');
alter table looped add number numbered;

-- @min 14
create table atomic (id serial);
create function next_one() returns bigint begin atomic select nextval('atomic_id_seq'); end;
alter table atomic add checked integer check (checked < next_one());

-- @min 15
-- @has ^CREATE UNLOGGED TABLE public.unlogged ($
create unlogged table unlogged (quick serial);

-- @min 15
-- @has ^CREATE SEQUENCE public.logged_id_seq AS integer;$
create unlogged table logged (id serial);
alter sequence logged_id_seq set logged;

-- Children of a table with a serial column; one that gets one by itself; defaults that are inherited, or not.
-- @lacks ONLY public.child ALTER COLUMN id SET
-- @has ONLY public.child ALTER COLUMN big SET DEFAULT 5;$
-- @has ONLY public.child ALTER COLUMN small SET DEFAULT NULL;$
-- @lacks ONLY public.of_two ALTER COLUMN k SET
-- @has ONLY public.of_two ALTER COLUMN l SET DEFAULT 2;$
create table child (more text) inherits (plain);
alter table child alter big set default 5, alter small drop default;
create table one_parent (k integer default 1, l integer default 1);
create table other_parent (k integer default 1, l integer default 1);
create table of_two () inherits (one_parent, other_parent);
alter table only of_two alter l set default 2;

-- A default that comes late because it needs the child.
-- @has ^ALTER TABLE ONLY public.circle_child ALTER COLUMN b SET DEFAULT
create table circle_parent (a integer, b integer);
create table circle_child () inherits (circle_parent);
create function of_circle_child(circle_child) returns integer language sql immutable as 'select 1';
alter table circle_parent alter b set default of_circle_child(null::circle_child);
create table merging (id serial) inherits (keyed);
create type typed_as as (id integer, t text);
create table typed of typed_as (id default 5 not null);

-- Partitions.
-- @has ^CREATE TABLE public.part_1 PARTITION OF public.part$
-- @has ^CREATE TABLE public.part_default PARTITION OF public.part DEFAULT PARTITION BY RANGE (id);$
-- @has ^    amount DEFAULT 7 NOT NULL,$
-- @has ^    CONSTRAINT more CHECK (amount < 100)$
-- @has ^CREATE INDEX part_amount ON public.part (amount);$
-- @has ^CREATE INDEX part_twice ON ONLY public.part (lower(note));$
-- @has ^CREATE UNIQUE INDEX part_unique ON public.part (id, amount DESC) INCLUDE (note) WHERE amount > 0;$
-- @lacks part_1_amount_idx ON
-- @has ^COMMENT ON INDEX public.part_1_amount_idx IS
-- @has ^COMMENT ON CONSTRAINT part_1_pkey ON public.part_1 IS
create table part (id serial, amount integer check (amount > 0), note text default 'a' not null, primary key (id)) partition by range (id);
create table part_1 partition of part for values from (1) to (10);
create table part_2 partition of part (amount default 7 not null, constraint more check (amount < 100)) for values from (10) to (20);
create table part_default partition of part default partition by range (id);
create table part_default_1 partition of part_default for values from (50) to (60);
create index part_amount on part (amount);
create index part_twice on part (lower(note));
create unique index part_unique on part (id, amount desc) include (note) where amount > 0;
comment on index part_1_amount_idx is 'made by the server';
comment on constraint part_1_pkey on part_1 is 'so is this';
alter table part_1 cluster on part_1_pkey;
alter table part_2 replica identity using index part_2_pkey;

-- What keeps a partition from being said in short.
-- @has ^CREATE TABLE public.near_order ($
-- @has ^CREATE TABLE public.near_type PARTITION OF public.near_typed\b
-- @has ^CREATE TABLE public.near_default ($
-- @has ^CREATE TABLE public.near_key ($
-- @has ^CREATE TABLE public.near_serial ($
-- @has ^CREATE TABLE public.near_storage ($
-- @has ^CREATE TABLE public.near_generated PARTITION OF public.near_made$
-- @has ^CREATE TABLE public.near_taken_1 ($
-- @has ^CREATE INDEX near_index ON ONLY public.near (b);$
create table near (a integer not null, b text default 'x', c integer, primary key (a)) partition by list (a);
create table near_order (b text default 'x', a integer not null, c integer, primary key (a));
create table near_type (a integer not null, b text collate "C" default 'x', c integer, primary key (a));
create table near_default (a integer not null, b text, c integer, primary key (a));
create table near_key (a integer not null, b text default 'x', c integer, constraint odd primary key (a));
create table near_serial (a serial, b text default 'x', c integer, primary key (a));
create table near_storage (a integer not null, b text default 'x', c integer, primary key (a));
alter table near_storage alter b set storage main;
alter table near attach partition near_order for values in (1);
alter table near attach partition near_default for values in (3);
alter table near attach partition near_key for values in (4);
alter table near attach partition near_serial for values in (5);
alter table near alter b set storage external;
alter table only near_storage alter b set storage extended;
alter table near attach partition near_storage for values in (6);
create index near_key_odd on near_key (b);
create index near_index on near (b);
create table near_typed (a integer not null, b text default 'x', c integer) partition by list (a);
alter table near_typed alter b type text collate "C";
alter table near_type drop constraint near_type_pkey;
alter table near_typed attach partition near_type for values in (2);
create table near_made (a integer, twice integer generated always as (a * 2) stored) partition by list (a);
create table near_generated partition of near_made for values in (1);
create table near_taken (a integer primary key) partition by list (a);
create table in_the_way (a integer constraint near_taken_1_pkey check (a > 0));
create table near_taken_1 (a integer not null, constraint free primary key (a));
alter table near_taken attach partition near_taken_1 for values in (1);
alter table near_taken_1 rename constraint free to near_taken_1_pkey;

-- A partition that its parent needs.
create table circle (a integer, b integer) partition by list (a);
create table circle_1 partition of circle for values in (1);
create function of_circle(circle_1) returns integer language sql immutable as 'select 1';
alter table circle alter b set default of_circle(null::circle_1);
alter table circle_1 alter b set default of_circle(null::circle_1);

-- Two indexes that could be taken for each other.
create table alike (a integer, b integer) partition by list (a);
create table alike_1 partition of alike for values in (1);
create index alike_one on alike (b);
create index alike_two on alike (b);

-- Expressions.
-- @has ^    a text DEFAULT 'it''s' NOT NULL,$
-- @has ^    b character varying(10) DEFAULT 'x',$
-- @has ^    c integer DEFAULT -1,$
-- @has ^    d bigint DEFAULT -1,$
-- @has ^    e numeric(5,2) DEFAULT -1.5,$
-- @has ^    f jsonb DEFAULT '{}',$
-- @has ^    g text\[\] DEFAULT '{}',$
-- @has ^    h public."Mo.od" DEFAULT 'o)k',$
-- @has ^    i text DEFAULT ('x'::text || 'y'::text),$
-- @has ^    j character(3) DEFAULT 'ab',$
-- @has ^    k text DEFAULT 'a\\b',$
-- @has ^    l numeric DEFAULT '7'::numeric,$
-- @has ^    m name DEFAULT 'x'::text,$
-- @has ^    CONSTRAINT both_sides CHECK (((a = 'a)'::text) OR (b IS NULL)) AND (c < 5)),$
-- @has ^    CONSTRAINT one_side CHECK ((c < 5) OR (d > 7))$
-- @has GENERATED ALWAYS AS (c + 1) STORED
-- @has ^    o character varying(9) DEFAULT NULL,$
-- @has ^    p character(2) DEFAULT NULL,$
-- @has ^    q numeric(5,2) DEFAULT NULL,$
-- @has ^    r timestamp without time zone DEFAULT '2020-01-01 00:00:00',$
-- @has ^    s interval DEFAULT '1 day',$
-- @has ^    t double precision DEFAULT -0.5,$
-- @has ^CREATE INDEX worded_c ON public.worded (c) WHERE c > 5;$
-- @has WHEN (new.a <> '('::text) EXECUTE
create type "Mo.od" as enum ('o)k', 'bad');
create table worded (
  a text default 'it''s' not null, b varchar(10) default 'x', c integer default -1, d bigint default -1,
  e numeric(5,2) default -1.5, f jsonb default '{}', g text[] default '{}', h "Mo.od" default 'o)k',
  i text default 'x'::text || 'y', j char(3) default 'ab', k text default E'a\\b', l numeric default '7',
  m name default 'x'::text, n integer generated always as (c + 1) stored,
  o varchar(9) default null, p char(2) default null, q numeric(5,2) default null, r timestamp default '2020-01-01',
  s interval default '1 day', t double precision default -0.5,
  constraint both_sides check ((a = 'a)' or b is null) and c < 5), constraint one_side check (c < 5 or d > 7));
create index worded_c on worded (c) where c > 5;
create function nothing() returns trigger language plpgsql as 'begin return new; end';
create trigger "WHEN (((" before update on worded for each row when (new.a <> '(') execute function nothing();
create policy one on worded using (a = current_user);
create policy two on worded for update using ((select count(*) from plain) > 5) with check (a in (select current_user));
create domain short as text default 'x' check (value <> 'y)' and value <> '(');

-- Lists.
-- @has ^    CONSTRAINT listed_a CHECK (a IN ('x', 'y]'))
-- @has ^    CONSTRAINT listed_b CHECK ((b NOT IN ('o)k', 'bad')) AND (c IN (1, 2, 3)))
-- @has ^    CONSTRAINT listed_c CHECK ((d)::text = ANY
-- @has ^    CONSTRAINT listed_d CHECK (e = ANY (ARRAY\[
-- @has ^    CONSTRAINT listed_e CHECK (a = 'x'::text)
-- @has ^    CONSTRAINT listed_f CHECK (lower(a) = ANY (ARRAY\[
-- @has WHERE a IN ('x', 'y');$
-- @has CHECK (VALUE IN ('x', 'y'))
create table listed (
  a text, b "Mo.od", c integer, d varchar(5), e bigint,
  constraint listed_a check (a in ('x', 'y]')), constraint listed_b check (b not in ('o)k', 'bad') and c in (1, 2, 3)),
  constraint listed_c check (d in ('x', 'y')), constraint listed_d check (e in (1, 2)), constraint listed_e check (a in ('x')),
  constraint listed_f check (lower(a) in ('x', 'y')));
create index listed_x on listed (a) where a in ('x', 'y');
create domain one_of as text check (value in ('x', 'y'));
