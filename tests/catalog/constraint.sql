-- Constraints of tables: all types with all that can be said of them.
create schema "Con.s";

create table target (a int primary key, b int, c int unique, d int, e int, unique (b, d));

create unique index target_e on target (e);

create table keys (
  id int constraint "Pri.mary ""key"" 😀" primary key, a int unique, b int, c int, d int, r int4range,
  constraint together unique (b, c) include (d) with (fillfactor = 70),
  constraint deferred unique (c) deferrable initially deferred,
  constraint "deferrable" unique (d, c) with (fillfactor = 60) deferrable);

-- @min 15
create table nulls (a int, b int, c int, constraint alike unique nulls not distinct (a) include (c), unique nulls not distinct (b, c) deferrable);

create table excluded_twice (a int, constraint excluded_one exclude using btree (a with =), constraint excluded_expression exclude ((a % 10) with =));
alter table excluded_twice add constraint excluded_two exclude using btree (a with =), add constraint excluded_three exclude ((a % 10) with =),
  add constraint excluded_four exclude using btree (a with =) deferrable;
create table excluded (
  r int4range, q int4range, t text, a int,
  constraint plain exclude using gist (r with &&),
  constraint "Ev.ery" exclude using gist (r with &&, q with -|-) with (fillfactor = 50) where (a > 0 and t <> E'it''s WHERE (x)') deferrable initially deferred,
  constraint expression exclude ((lower(t)) with =) where (case when a > 1 then true else a is null end),
  constraint operators exclude using btree (t collate "C" text_pattern_ops with pg_catalog.=));

create table checked (
  a int check (a > 0), b text, c int,
  constraint "Che.ck" check (b <> E'it''s\n' and a < c),
  constraint own check (c > 1) no inherit,
  constraint cases check (case when a > 1 then b = 'x' else c is null end));

alter table checked add constraint unproven check (a <> 5) not valid;

alter table checked add constraint "unproven own" check (a <> 6) no inherit not valid;

comment on constraint unproven on checked is 'of a constraint that is not valid';

create table "Con.s".pointing (
  a int references target, b int, c int references target (c) on delete cascade on update set null, d int, e int,
  constraint "For.eign" foreign key (b, d) references target (b, d) match full on delete set default deferrable initially deferred,
  constraint restricted foreign key (e) references target (e) on update restrict on delete restrict deferrable);

alter table "Con.s".pointing add constraint unproven foreign key (d) references target (c) not valid;

-- @min 15
alter table "Con.s".pointing add constraint "some" foreign key (b, d) references target (b, d) on delete set null (d);

comment on constraint "For.eign" on "Con.s".pointing is 'of a foreign key';

create table "Con.s"."Ta ""ble" ("I d" int, "select" int, "é😀" int, "." int,
  constraint "Pri" primary key ("select", "I d"), constraint once unique ("é😀", "I d", "select") include ("."),
  constraint twice foreign key ("select", "select") references target (b, d) on update cascade on delete set default initially deferred);

create table itself (id int primary key, parent int references itself);

create table chicken (id int primary key, egg int);

create table egg (id int primary key, chicken int references chicken);

alter table chicken add foreign key (egg) references egg;

-- An index that became a constraint's.
create table adopted (id int not null, n int);

create unique index "Ad.opted" on adopted (n) with (fillfactor = 55);

alter table adopted add constraint "Ad.opted" unique using index "Ad.opted";

comment on index "Ad.opted" is 'of the index of a constraint';

comment on constraint "Ad.opted" on adopted is 'of the constraint';

-- @min 18
create table named (a int constraint "Na.med" not null, b int not null no inherit, c int constraint named_c_not_null not null, d int);

-- @min 18
alter table named add constraint "Not.valid" not null d not valid;

-- @min 18
comment on constraint "Na.med" on named is 'of a constraint that is not null';

-- @min 18
create table temporal (id int4range, during tstzrange, constraint temporal_key primary key (id, during without overlaps));

-- @min 18
create table pointing_in_time (id int4range, other int4range, during daterange, t tstzrange,
  unique (id, during without overlaps), foreign key (other, period t) references temporal (id, period during));

-- @min 18
create table unenforced (a int, b int references target not enforced, constraint "Un.enforced" check (a > 0) not enforced);

-- @min 18
create table not_null_parent (a int constraint from_parent not null, b int not null, c int, d int not null no inherit);

-- @min 18
create table not_null_child (constraint own_name not null c) inherits (not_null_parent);

-- @min 18
create table not_null_grandchild (a int constraint other_name not null) inherits (not_null_child);

-- Triggers of constraints are not kept as they are, as with pg_dump.
alter table egg disable trigger all;
