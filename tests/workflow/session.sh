# make start, status, abort: the local database becomes a copy of a remote.
. "$POSTKIT/tests/lib.sh"

new_database remote
remote=$database remote_url=$database_url
query "$remote" "create table a (id integer primary key, text text)" "insert into a values (1, 'one')" \
	"create table b (id integer primary key)" "insert into b values (1)"
new_project
fails_with "no project" 2 'this is no project' postkit start
postkit init >/dev/null
equal "status of a new project" "session: none committed: 0 migrations next: make remote-add NAME=… URL=…" "$(echo $(postkit status))"
echo '{' >.postkit/db/committed.json
matches "status of a malformed list of migrations" 'committed.json:2:1: error: malformed JSON' "$(postkit status)"
rm .postkit/db/committed.json
postkit remote-add NAME=dev URL="$remote_url" >/dev/null
matches "start" '^session: on dev, since 20' "$(postkit start 2>&1)"
local=$(pk-server url --database postkit)
pk-dump "$remote_url" >"$here/wanted"
pk-dump "$local" >"$here/facts"
same_files "the local database is a copy" "$here/wanted" "$here/facts"
equal "without data" 0 "$(psql -XAtd "$local" -c 'select count(*) from a')"
matches "status" '^next: edit schema/' "$(postkit status)"
equal "status as JSON" "true dev false" "$(echo $(postkit status JSON=1 | jq -r '.active, .remoteName, .pendingChanges.planned'))"
equal "the file is private" "-rw-------" "$(ls -l .postkit/db/session.json | cut -c 1-10)"
fails_with "one session at a time" 2 'a session on dev is active since' postkit start
fails_with "no import while it is active" 2 'a session is active' postkit import
check "abort" postkit abort
fails_with "no session" 2 'no session is active' postkit abort

# Data, and files that say something else.
if pg_dump_works "a session with data"; then
	postkit start CLONE=data:public.a,public.b >/dev/null
	equal "some tables' data" "1|1" "$(psql -XAtd "$local" -c 'select (select count(*) from a), (select count(*) from b)')"
	postkit abort
	postkit start CLONE=data >/dev/null
	equal "all data" "1|1" "$(psql -XAtd "$local" -c 'select (select count(*) from a), (select count(*) from b)')"
	postkit abort
fi
fails_with "CLONE= something else" 2 'CLONE= is schema, data or' postkit start CLONE=all
postkit import URL="$remote_url" >/dev/null 2>&1
matches "the files say the same" 'say what the remote has' "$(postkit start 2>&1)"
postkit abort
query "$remote" "alter table a add column more integer"
output=$(postkit start 2>&1)
matches "the files say something else" 'say something else than the remote' "$output"
matches "what" 'more' "$output"
postkit abort

# What is in the way.
psql -XqAtd "$local" -c 'create table mine ()'
fails_with "work of somebody's own in the local database" 2 'changes that PostKit did not make' postkit start
check "FORCE=1 replaces it" postkit start FORCE=1
postkit abort
psql -XqAtd "$local" -c 'create table half_made ()'
: >.postkit/db/local.begun
check "what a start or an apply was making when it was cut off is replaced" postkit start
equal "and is over then" "" "$(ls .postkit/db/local.begun 2>/dev/null)"
postkit abort
printf -- '-- migrate:up\ncreate table c ();\n-- migrate:down\ndrop table c;\n' >.postkit/db/migrations/20990101000000_c.sql
fails_with "committed migrations that are not deployed" 2 'not applied there: 20990101000000_c.sql' postkit start
fails_with "the local database itself" 2 'the local database itself' postkit start URL="$local"
mkdir -p .postkit/db
echo '{"active": "perhaps"}' >.postkit/db/session.json
fails_with "a session file that is malformed" 2 'session.json:1:' postkit status
