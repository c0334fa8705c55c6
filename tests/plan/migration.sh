# Plans as migrations: pairs of sections, each one transaction or one statement; up and down lead there and back.
. "$POSTKIT/tests/lib.sh"

cat >old.sql <<'EOF'
create table users (id int primary key, email text, phone text, age int);
create index users_phone on users (phone);
create table orders (id int primary key, user_id int);
create type mood as enum ('sad', 'ok');
insert into users values (1, 'a@b', '123', 4);
insert into orders values (1, 1);
EOF
cat >new.sql <<'EOF'
create table users (id int primary key, email text, age bigint not null);
create index users_email on users (email);
create unique index users_email_lower on users (lower(email));
create table orders (id int primary key, user_id int references users);
create type mood as enum ('sad', 'ok', 'happy');
create table moods (m mood default 'happy');
create table "odd
-- migrate:down
name" (a int);
comment on table moods is 'first
-- migrate:up
last';
EOF
new_database old old.sql
old=$database_url
pk-dump "$old" >old.facts
new_database new new.sql
pk-dump "$database_url" >new.facts
pk-diff --allow all old.facts new.facts >up
pk-diff --allow all new.facts old.facts >down
pk-render --format migration --down down up >1_change.sql
matches "it says what it does" '^--       - column public.users.phone$' "$(cat 1_change.sql)"
matches "data that is lost" '^-- DATA LOSS, column public.users.phone: drop-column: ' "$(cat 1_change.sql)"
matches "data that does not come back" '^-- DATA LOSS: what the way up has lost does not come back: column public.users.phone$' "$(cat 1_change.sql)"
fails_with "another plan is no way back" 2 'does not lead back' pk-render --format migration --down up up
fails_with "--down belongs to migrations" 2 'is for --format migration' pk-render --format sql --down down up

# Each pair can stand in a file of its own: one statement, or one transaction.
mkdir m
awk '/^-- migrate:up/ { n++ } { print >("m/" (100 + n) "_part.sql") }' 1_change.sql
for file in m/*; do
	grep -q '^-- migrate:up transaction:false' "$file" || continue
	sed '/^-- migrate:down/,$d' "$file" | grep -v '^--' | grep -c ';$'
done | sort -u >counts
equal "what runs without a transaction is alone" 1 "$(cat counts)"
check "the parts run one by one" pk-apply --quiet m "$old"
pk-dump "$old" | grep -v schema_migrations >reached
check "they lead there" pk-diff --exit-code --show reached new.facts
equal "rows are there" "1|a@b|4" "$(query "${old##*/}" 'select * from users')"
check "and back" pk-apply --quiet --rollback "$(ls m | wc -l)" m "$old"
pk-dump "$old" | grep -v schema_migrations >reached
check "to the state before" pk-diff --exit-code --show reached old.facts

new_database whole old.sql
check "the same in one file" pk-apply --quiet 1_change.sql "$database_url"
check "and back" pk-apply --quiet --rollback 1 1_change.sql "$database_url"
pk-dump "$database_url" | grep -v schema_migrations >reached
check "to the state before" pk-diff --exit-code --show reached old.facts

pk-diff old.facts old.facts >none
equal "nothing to do" "-- migrate:up

-- migrate:down" "$(pk-render --format migration none)"
