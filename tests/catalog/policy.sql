-- Policies: commands, roles, both expressions; row security of tables.
create table t (id int primary key, owner name, "Le.vel" int);

create table levels (role name primary key, level int);

create policy plain on t;

create policy "Every. ""thing"" 😀" on t as restrictive for update to "Bob ""B."" Ünal", alice
  using (owner = current_user) with check ("Le.vel" <= (select max(level) from levels where role = current_user) and owner <> E'\'');

create policy reading on t for select to alice using (true);

create policy writing on t for insert to public with check (id > 0);

create policy deleting on t for delete to current_user using (id > 0);

alter table t enable row level security;

alter table t force row level security;

comment on policy plain on t is 'of a policy';

create table parted (id int) partition by range (id);

alter table parted enable row level security;

create policy plain on parted using (id in (select id from t));

create table only_on (id int);

alter table only_on enable row level security;
