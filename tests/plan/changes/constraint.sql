create table target (a int primary key, b int unique, c int);
-- @old
create table t (a int constraint t_a_check check (a > 0), b int constraint t_b_key unique, c int references target (a), d int);
alter table t add constraint t_d_fkey foreign key (d) references target (b) not valid;
alter table t add constraint t_d_check check (d > 0) not valid;
comment on constraint t_a_check on t is 'old';
create table key (a int primary key, b int not null);
create table refers (a int references key (a));
create table excluded (a int, b int, exclude using btree (a with =));
create table deferred (a int unique deferrable);
create table twice (a int);
create unlogged table persistent_b (a int primary key); create unlogged table persistent_a (a int references persistent_b);
create unlogged table persistent_c (a int primary key); create unlogged table persistent_d (a int references persistent_c);
-- @new
create table persistent_b (a int primary key); create table persistent_a (a int references persistent_b);
create table persistent_c (a int primary key); create table persistent_d (a int references persistent_c);
create table t (a int constraint t_a_check check (a > 1), b int, c int references target (a) on delete cascade, d int constraint t_d_key unique);
alter table t add constraint t_d_fkey foreign key (d) references target (b);
alter table t add constraint t_d_check check (d > 0);
create table key (a int not null, b int primary key);
create table refers (a int references key (b));
create table excluded (a int, b int, exclude using btree (b with =) where (b > 0));
create table deferred (a int unique deferrable initially deferred);
create table twice (a int, constraint twice_a exclude using btree (a with =));
alter table twice add constraint twice_b exclude using btree (a with =);
create table twice_too (a int, constraint twice_too_a exclude using btree (a with =) deferrable);
alter table twice_too add constraint twice_too_b exclude using btree (a with =), add constraint twice_too_c exclude using btree ((a + 1) with =),
  add constraint twice_too_d exclude using btree ((a + 1) with =);
