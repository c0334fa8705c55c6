-- Partitioned tables and their partitions, indexes and constraints.
create schema "Par.t";

create table list (id int not null, k text, n int default 5, constraint list_check check (n > 0)) partition by list (k);

create table list_a partition of list for values in ('a', E'it''s', null);

create table list_b partition of list (n default 7, constraint own check (id > 1)) for values in ('b')
  partition by range (id, (n + 1), k collate "C" text_pattern_ops);

create table "Par.t"."Lis.t_b_1" partition of list_b for values from (minvalue, minvalue, minvalue) to (10, 5, 'x');

create table list_b_2 partition of list_b for values from (10, 5, 'x') to (maxvalue, maxvalue, maxvalue) with (fillfactor = 50);

create table list_default partition of list default;

-- Attached with its columns in another order, dropped ones, its own default, constraint and not null.
create table other_order (gone int, k text not null, n int default 9 not null, more_gone int, id int not null, constraint list_check check (n > 0), constraint list_more check (k <> ''));

alter table other_order drop gone, drop more_gone;

alter table list attach partition other_order for values in ('o');

create table hash (id int primary key, note text) partition by hash (id);

create table hash_0 partition of hash for values with (modulus 2, remainder 0);

create table hash_1 partition of hash for values with (modulus 2, remainder 1);

comment on table hash_0 is 'of a partition';

comment on column hash_0.note is 'of a column of a partition';

-- Indexes: of all, of one partition only, of the partitioned table only, attached by hand.
create index list_n on list (n);

create index only_one on list_a (n, id);

create index list_id on only list (id);

create index list_a_id on list_a (id);

alter index list_id attach partition list_a_id;

create index list_note on only list (k);

comment on index list_id is 'of an index of a partitioned table';

create table keyed (id int, k int, r int4range, primary key (id, k), constraint "Uni.que" unique (k) include (r)) partition by range (k);

create table keyed_1 partition of keyed for values from (1) to (10);

create table keyed_2 (id int not null, k int not null, r int4range, constraint own_name primary key (id, k));

alter table keyed attach partition keyed_2 for values from (10) to (20);

create table keyed_3 partition of keyed for values from (20) to (30) partition by range (k);

create table keyed_3_1 partition of keyed_3 for values from (20) to (25);

create table keyed_only (id int not null) partition by range (id);

create table keyed_only_1 partition of keyed_only for values from (1) to (10);

alter table only keyed_only add constraint keyed_only_key primary key (id);

-- Foreign keys from, to and between partitioned tables, and of one partition only.
create table pointing (id int, k int, foreign key (id, k) references keyed on delete cascade) partition by list (id);

create table pointing_1 partition of pointing for values in (1);

create table pointing_2 (k int, id int, constraint pointing_id_k_fkey foreign key (id, k) references keyed on delete cascade);

alter table pointing attach partition pointing_2 for values in (2);

alter table pointing_1 add constraint own foreign key (k) references keyed (k);

create table plain_pointing (id int, k int, foreign key (id, k) references keyed deferrable);

create table to_one (id int, k int, foreign key (id, k) references keyed_2);

create table in_itself (id int primary key, parent int references in_itself) partition by range (id);

create table in_itself_1 partition of in_itself for values from (1) to (10);

alter table list_a replica identity full;

alter table hash replica identity using index hash_pkey;

alter table list_a cluster on only_one;

create table generating (id int, twice int generated always as (id * 2) stored) partition by list (id);

create table generating_1 partition of generating for values in (1);

alter table hash alter note set statistics 3;

alter table hash_1 alter note set statistics 4, alter note set storage external;

-- A partition of an expression that calls a function.
create function "Par.t".f(int) returns int language sql immutable as 'select $1';

create table computed (id int) partition by list ("Par.t".f(id));

create table computed_1 partition of computed for values in (1);

-- A foreign key to an index of a partitioned table that is no constraint's.
create table indexed (id int, k int) partition by list (k);

create table indexed_1 partition of indexed for values in (1) partition by list (k);

create table indexed_1_1 partition of indexed_1 for values in (1);

create table indexed_2 partition of indexed for values in (2);

create unique index "In.dexed" on indexed (k, id);

create table pointing_at_index (id int, k int, foreign key (k, id) references indexed (k, id));

-- Keys of the same columns: the partition's own, and the one that belongs to its table's.
create table twice (a int not null, b int not null, unique (a, b)) partition by list (a);

create table twice_1 partition of twice (primary key (a, b)) for values in (1);

create table twice_2 (a int not null, b int not null, constraint a_first unique (a, b));

alter table twice attach partition twice_2 for values in (2);

alter table twice_2 add constraint "Z.second" unique (a, b);

create index on twice (b, a);

create index twice_2_more on twice_2 (b, a);

-- A check of the name that the table's foreign key has.
create table named (id bigint primary key, other bigint, constraint one_name foreign key (other) references named)
  partition by list (id);

create table named_1 (id bigint primary key, other bigint, constraint one_name check (other > id));

alter table named attach partition named_1 for values in (1);

create table named_2 partition of named for values in (2);

-- @min 17
create table excluded (a int, b int, constraint excluded_one exclude using btree (a with =, b with =)) partition by list (a);
create table excluded_1 partition of excluded (constraint own exclude using btree (a with =, b with =)) for values in (1);
create table excluded_2 (a int, b int, constraint excluded_2_own exclude using btree (a with =, b with =));
alter table excluded attach partition excluded_2 for values in (2);
create table excluded_3 partition of excluded for values in (3) partition by list (b);
create table excluded_3_1 partition of excluded_3 for values in (1);
create table excluded_only (a int) partition by list (a);
create table excluded_only_1 partition of excluded_only for values in (1);
alter table only excluded_only add constraint excluded_only_one exclude using btree (a with =);
