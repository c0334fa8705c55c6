# make import SCHEMA=a,b: what was not chosen stays out of every verb's sight from then on, in a database that has it.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

new_database source
source_url=$database_url source=$database
query "$source" 'create schema sales' 'create schema "Odd, [name]*"' 'create schema rest' 'create table sales.a (id integer primary key)' \
	'create table "Odd, [name]*".b (id integer primary key)' 'create table rest.c (id integer primary key)' \
	'create table d (id integer primary key)' 'create function sales.f() returns integer language sql as $$ select 1 $$'
new_project
postkit init >/dev/null
output=$(postkit import URL="$source_url" SCHEMA='sales,"Odd, [name]*"' 2>&1)
matches "it is proven" '^proof: equal' "$output"
equal "what was chosen" 'sales,"Odd, [name]*"' "$(pk-ignore --chosen schema/.pgschemaignore)"
cp schema/.pgschemaignore ignore
for again in 'SCHEMA=sales,"Odd, [name]*"' V=; do
	output=$(postkit import URL="$source_url" "$again" WHY=1 2>&1)
	matches "again, $again: nothing is done" 'nothing has changed' "$output"
done
check "the file is as it was" cmp ignore schema/.pgschemaignore
check "a fingerprint is registered" jq -e '.migrations[0].fingerprint' .postkit/db/committed.json
postkit remote-add NAME=dev URL="$source_url" >/dev/null
matches "start: the files say what the remote has" '^the files in schema/ say what the remote has' "$(postkit -s start 2>&1)"
matches "nothing to plan" '^nothing to change' "$(postkit -s plan 2>&1)"
matches "diff with the remote" '^nothing to change' "$(postkit -s diff FROM=@remote TO=schema 2>&1)"
matches "diff with the local database" '^nothing to change' "$(postkit -s diff FROM=@local TO=schema 2>&1)"
check "the migrations make what the files say" postkit -s verify
matches "no drift" 'is what its migrations made it' "$(postkit -s drift 2>&1)"
query "$source" 'alter table rest.c add column by_hand integer'
matches "no drift in what was not chosen" 'is what its migrations made it' "$(postkit -s drift 2>&1)"
echo 'create table sales.new (id integer primary key);' >schema/tables/new.sql
{ postkit -s plan && postkit -s apply && postkit -s commit NAME=new; } >"$here/log" 2>&1 || failed "plan, apply, commit" "$(cat "$here/log")"
matches "deploy" '^proof: ' "$(postkit -s deploy FORCE=1 2>&1)"
equal "all is there" "sales.new rest.c d" "$(query "$source" "select concat_ws(' ', 'sales.new'::regclass, 'rest.c'::regclass, 'd'::regclass)")"
query "$source" 'alter table sales.new add column by_hand integer'
matches "drift in what was chosen" 'column sales.new.by_hand' "$(postkit -s drift 2>&1)"

# A schema that nobody chose, in the files.
echo 'create schema more; create table more.x ();' >schema/tables/more.sql
matches "files of another schema are told" 'schema more is ignored (.pgschemaignore)' "$(postkit -s verify 2>&1)"
rm schema/tables/more.sql

# One that is added is chosen.
postkit -s schema-add NAME=more >/dev/null
equal "schema-add" 'sales,"Odd, [name]*",more' "$(pk-ignore --chosen schema/.pgschemaignore)"

# Another choice.
postkit import URL="$source_url" SCHEMA=sales FORCE=1 PROVE=0 >"$here/log" 2>&1
equal "another choice" 'sales' "$(pk-ignore --chosen schema/.pgschemaignore)"
printf '[schemas]\npatterns = ["*",\n  "!a"]\n' >schema/.pgschemaignore
fails_with "a choice by hand is not overwritten" 2 'chooses the schemas in a way of its own' postkit -s import URL="$source_url" SCHEMA=sales
