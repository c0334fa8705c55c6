-- Indexes.
create schema "In.dex";

create table "In.dex"."T.t" (a int, b text, "C.c" text, d int[], r int4range, p point);

create index plain on "In.dex"."T.t" (a);

create unique index "Every. ""thing"" 😀" on "In.dex"."T.t" using btree
  (a desc nulls last, b collate "C" text_pattern_ops, lower("C.c") desc, (a + 1)) include (d, r)
  with (fillfactor = 50, deduplicate_items = off) where b <> E'it''s WITH (x) WHERE \n' and a > 0;

create index cases on "In.dex"."T.t" ((case when a > 1 then 'x' when a < 0 then 'y' else b end))
  with (fillfactor = 60) where case when a > 1 then b = 'x' else "C.c" is null end;

create index subtle on "In.dex"."T.t" (a) where a in (1, 2, 3) or (a between 5 and 7 and not b = any ('{x,y}'::text[]));

create index hashed on "In.dex"."T.t" using hash (b);

create index gin on "In.dex"."T.t" using gin (d) with (fastupdate = off, gin_pending_list_limit = 128);

create index gist on "In.dex"."T.t" using gist (r, p) include (a) with (buffering = auto);

create index spgist on "In.dex"."T.t" using spgist (p);

create index brin on "In.dex"."T.t" using brin (a) with (pages_per_range = 16, autosummarize = true);

-- @min 14
create index brin_opclass on "In.dex"."T.t" using brin (a int4_minmax_multi_ops (values_per_range = 16));

create index gist_options on "In.dex"."T.t" using gist (to_tsvector('simple', b) tsvector_ops (siglen = 100));

create index statistics on "In.dex"."T.t" ((a + 1), b, (a * 2));

alter index "In.dex".statistics alter column 1 set statistics 50;

alter index "In.dex".statistics alter column 3 set statistics 0;

comment on index "In.dex"."Every. ""thing"" 😀" is 'of an index';

-- The operator class and the collation are those of the column's type, or look like it.
create type "In.dex".mood as enum ('a', 'b');

create domain "In.dex".short as varchar(5);

create table "In.dex".types (v varchar(5), c char(5), n name, t text collate "C", e "In.dex".mood, a varchar(5)[], o "In.dex".short,
  j jsonb, i inet, s tsvector, b bit varying, "I d" integer, ti timestamptz, u uuid, x xid, l text);

create index on "In.dex".types (v, c desc, n nulls first, t desc nulls last, e, a, o, "I d" desc) include (u, "ti", j);

create index on "In.dex".types (v);

create index on "In.dex".types ("I d" desc nulls last) include (v);

create index on "In.dex".types (v varchar_ops, c bpchar_pattern_ops, t collate pg_catalog."default", l collate "C");

create index on "In.dex".types (i cidr_ops);

create index on "In.dex".types using hash (x);

create index on "In.dex".types using gin (j);

create index on "In.dex".types using gin (j jsonb_path_ops, s);

create index on "In.dex".types using gist (i inet_ops);

create index on "In.dex".types using brin (ti, u, v);

create operator class "In.dex".own for type integer using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(integer, integer);

create index on "In.dex".types ("I d" "In.dex".own, ti);

-- @min 15
create unique index on "In.dex".types (v, u) include (ti) nulls not distinct;

-- @min 15
create unique index nulls on "In.dex"."T.t" (a, b) nulls not distinct where a > 0;

-- What CREATE INDEX CONCURRENTLY leaves behind when it fails is left out, with what is said of it.
create index invalid on "In.dex"."T.t" (b);

comment on index "In.dex".invalid is 'of an invalid index';

update pg_index set indisvalid = false where indexrelid = '"In.dex".invalid'::regclass;

-- @min 15
create index spaced on "In.dex"."T.t" (a) include (b) with (fillfactor = 50) tablespace "Space ""x""" where a > 0;
