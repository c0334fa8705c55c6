# pk-diff, pk-render of plans, pk-prove and `make diff`: what they refuse, and what they say.
. "$POSTKIT/tests/lib.sh"

cat >old.sql <<'END'
create table users (id int primary key, phone text, age int);
create index users_phone on users (phone);
comment on column users.phone is 'with <b> & "quotes"';
END
cat >new.sql <<'END'
create table users (id int primary key, age bigint not null);
END
new_database old old.sql
old=$database_url
new_database new new.sql
new=$database_url
pk-dump "$old" >old.facts
pk-dump "$new" >new.facts

# ---- pk-diff
fails_with "hazards are refused" 1 'error: drop-column: column public.users.phone' pk-diff old.facts new.facts
fails_with "one that is allowed does not allow the others" 1 'error: table-rewrite' pk-diff --allow drop-column old.facts new.facts
fails_with "another object's does not count" 1 'error: drop-column' \
	pk-diff --allow drop-column:public.users.age,table-rewrite,index-dropped old.facts new.facts
check "by name and object" pk-diff --allow drop-column:public.users.phone,table-rewrite,index-dropped old.facts new.facts
check "all" pk-diff --allow all old.facts new.facts
check "with its kind, and blanks around" pk-diff --allow 'drop-column:column public.users.phone, table-rewrite , index-dropped' old.facts new.facts
cat >odd.sql <<'END'
create schema "a,b";
create function "a,b"."f,g("(a int, b text) returns int language sql as 'select 1';
create function "a,b".h(a int, b text) returns int language sql as 'select 1';
END
new_database odd odd.sql
pk-dump "$database_url" >odd.facts
printf '%s\n' '{"snapshot":1,"facts":0}' >nothing.facts
odd='drop-object:"a,b"."f,g("(integer, text),drop-object:"a,b".h(integer, text)'
check "objects with commas in their names" pk-diff --allow "$odd,drop-object:\"a,b\"" odd.facts nothing.facts
fails_with "each for itself" 1 'error: drop-object: function "a,b".h(integer, text)' \
	pk-diff --allow "${odd%h(*}i(integer, text),drop-object:\"a,b\"" odd.facts nothing.facts
check "a look costs nothing" pk-diff --show old.facts new.facts
fails_with "an unknown hazard" 2 'there is no hazard drop-colum' pk-diff --allow drop-colum old.facts new.facts
equal "the same states have an empty plan" 1 "$(pk-diff old.facts old.facts | wc -l)"
check "no difference" pk-diff --exit-code old.facts old.facts
pk-diff --exit-code --allow all old.facts new.facts >plan
equal "differences are status 1 if asked" 1 $?
head -n 3 old.facts >cut.facts
fails_with "a snapshot that was cut off" 2 'cut.facts:4: error: .*cut off' pk-diff cut.facts new.facts
echo '{"snapshot":99,"facts":0}' >other.facts
fails_with "a snapshot of another format" 2 'another format version' pk-diff other.facts new.facts

# ---- pk-render
head -n 2 plan >cut.plan
fails_with "a plan that was cut off" 2 'it has been cut off' pk-render --format sql cut.plan
: >none.plan
fails_with "no plan at all" 2 'this is no plan' pk-render --format sql none.plan
fails_with "facts are no plan" 2 'this is no plan' pk-render --format sql new.facts
fails_with "an unknown format" 2 'there is no format yaml' pk-render --format yaml plan
matches "the text sums it up" '^0 to add, 1 to change, 2 to drop; [0-9]* hazards$' "$(pk-render --format text plan)"
matches "and has a line for each object" '^      - column public.users.phone$' "$(pk-render --format text plan)"
equal "HTML is escaped" 0 "$(pk-diff --allow all new.facts old.facts | pk-render --format html - | grep -c '<b> & "')"
check "JSON is one object" sh -c 'pk-render --format json plan | tr -d "\n" | grep -q "^{\"plan\":1,.*]}$"'
equal "nothing to do is a comment" "-- nothing to change" "$(pk-diff old.facts old.facts | pk-render --format sql)"

# ---- pk-prove
fails_with "another state than the plan's" 1 'does not start from' pk-prove plan new.facts "$new"
fails_with "a plan that leads elsewhere" 1 'does not reach the desired state' pk-prove plan old.facts "$old"
new_database again old.sql
check "a plan that holds" pk-prove plan new.facts "$database_url"

# ---- make diff
mkdir -p schema
cp old.sql schema/users.sql
new_database live old.sql
live=$database_url
unset PGHOST PGPORT PGUSER PGDATABASE
server=$POSTKIT_SERVER_URL
unset POSTKIT_SERVER_URL
diff_of() { # FROM TO MORE...
	diff_from=$1 diff_to=$2
	shift 2
	postkit -s diff FROM="$diff_from" TO="$diff_to" "$@"
}
equal "a database and its files" "nothing to change" "$(diff_of "$live" schema)"
equal "snapshots" "nothing to change" "$(diff_of old.facts old.facts)"
cp new.sql schema/users.sql
matches "files that differ" '^0 to add, 1 to change, 2 to drop' "$(diff_of old.facts schema)"
matches "the other way round, proven" '^2 to add, 1 to change, 0 to drop' "$(diff_of schema old.facts PROVE=1)"
fails_with "SQL has to be allowed" 2 'error: drop-column' postkit -s diff FROM=old.facts TO=schema FORMAT=sql
matches "allowed" 'DROP COLUMN phone;$' "$(diff_of old.facts schema FORMAT=sql ALLOW=all)"
diff_of "$live" new.facts EXIT_CODE=1 ONLINE=0 >text 2>said
equal "EXIT_CODE=1" 2 $?
matches "and the plan is shown all the same" '^0 to add' "$(cat text)"
echo 'create table t (a nonsense);' >schema/wrong.sql
echo 'create table t2 (a nonsense2);' >>schema/wrong.sql
fails_with "files that do not load" 2 'wrong.sql:2: error' postkit -s diff FROM="$live" TO=schema
role="diff role $$"
psql -Xqd "$live" -c "create role \"$role\"" -c "grant select on users to \"$role\""
mkdir granted
cp old.sql granted/users.sql
echo "grant select on users to \"$role\";" >granted/privileges.sql
equal "files name roles of the database that they are compared with" "nothing to change" "$(diff_of "$live" granted)"
equal "the other way round, too" "nothing to change" "$(diff_of granted "$live")"
fails_with "with nothing that says which roles there are" 3 "privileges.sql:1: error: role \"$role\" does not exist" \
	sh -c 'pk-server run sh -c "pk-load granted env:POSTKIT_SERVER_URL"'
psql -Xqd "$live" -c "drop owned by \"$role\"" -c "drop role \"$role\""
fails_with "a file of SQL" 2 'old.sql is a file of SQL' postkit -s diff FROM="$live" TO=old.sql
fails_with "a snapshot that was cut off is named as it was given" 2 'cut.facts:4: error: .*cut off' postkit -s diff FROM=cut.facts TO=new.facts
fails_with "an odd format" 2 "there is no format a'b" postkit -s diff FROM=old.facts TO=new.facts FORMAT="a'b"
fails_with "without FROM" 2 'FROM= and TO= are needed' postkit -s diff TO=schema
POSTKIT_SERVER_URL=$server
