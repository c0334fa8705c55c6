# A baseline that is not recorded in the database that it was made from (SYNC=0): it is never run there, and what is said helps.
. "$POSTKIT/tests/lib.sh"

new_database source
source=$database source_url=$database_url
query "$source" 'create table "on it" (id integer primary key)' 'create function f() returns integer language sql as $$ select 1 $$'
new_project
postkit init >/dev/null
postkit import URL="$source_url" SYNC=0 >"$here/log" 2>&1 || failed "import" "$(cat "$here/log")"
postkit remote-add NAME=dev URL="$source_url" >/dev/null
for verb in start "deploy FORCE=1" "deploy REHEARSE=0 FORCE=1" "deploy DRY_RUN=1"; do
	output=$(postkit -s $verb 2>&1)
	matches "$verb is refused" "error: the remote dev is not empty, and the baseline [0-9]*_imported_baseline.sql is not recorded" "$output"
	matches "$verb: what helps" 'hint: .*make adopt' "$output"
done
equal "nothing was done" "" "$(query "$source" "select to_regclass('postkit.schema_migrations')")"
matches "adopt records it" '^recorded [0-9]*_imported_baseline.sql as applied on the remote dev' "$(postkit -s adopt 2>&1)"
matches "then nothing is pending" '^nothing is pending' "$(postkit -s deploy)"
check "then it is started" postkit -s start
postkit -s abort >/dev/null

# What was changed since is no longer what the baseline makes.
query "$source" 'delete from postkit.schema_migrations' 'create table later ()'
fails_with "adopt asks where it has changed since" 2 'there is no terminal to ask on' postkit -s adopt
check "FORCE=1 is yes" postkit -s adopt FORCE=1
equal "it is recorded" 1 "$(query "$source" 'select count(*) from postkit.schema_migrations')"

# A database that is empty gets it.
new_database empty
postkit remote-add NAME=empty URL="$database_url" >/dev/null
query "$database" 'create extension citext'
postkit -s deploy REMOTE=empty FORCE=1 >"$here/log" 2>&1 || failed "deploy" "$(cat "$here/log")"
equal "the baseline is run in an empty database" '"on it"' "$(query "$database" "select '\"on it\"'::regclass")"
