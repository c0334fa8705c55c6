# Verbs in the wrong order, and state that is not as it should be: each is refused, with the sentence that helps, and nothing is
# changed.
. "$POSTKIT/tests/lib.sh"

# refused NAME PATTERN HINT VERB... - what a verb refuses, and what it says to do
refused() {
	refused_name=$1 refused_hint=$3
	set -- "$2" "$@"
	refused_pattern=$1
	shift 4
	refused_output=$(postkit -s "$@" 2>&1) && {
		failed "$refused_name" "it was done: $refused_output"
		return
	}
	matches "$refused_name" "$refused_pattern" "$refused_output"
	[ -z "$refused_hint" ] || matches "$refused_name: what helps" "hint: .*$refused_hint" "$refused_output"
}

# next NAME PATTERN - what status says comes next
next() {
	matches "status: $1" "^next: .*$2" "$(postkit status 2>&1)"
}

new_database source
source=$database source_url=$database_url
query "$source" 'create table a (id integer primary key, text text)' 'insert into a values (1)'
new_project
refused "plan in no project" 'this is no project' 'make init' plan
refused "verify in no project" 'this is no project' 'make init' verify
refused "start in no project" 'this is no project' 'make init' start
next "no project" 'make init'
postkit init >/dev/null
next "a new project" 'make remote-add'
refused "start without a remote" 'no remote' 'remote-add' start
postkit remote-add NAME=dev URL="$source_url" >/dev/null
for verb in plan apply "commit NAME=x" "migration NAME=x" abort; do
	refused "$verb without a session" 'no session is active' 'make start' $verb
done
postkit import URL="$source_url" >/dev/null 2>&1
next "no session" 'make start'
refused "an unknown remote" 'nowhere' '' start REMOTE=nowhere
postkit start >/dev/null 2>&1
local=$(pk-server url --database postkit)
next "a session" 'edit schema/, then make plan'
refused "a second session" 'a session on dev is active' 'make abort' start
refused "import in a session" 'a session is active' 'make commit keeps it' import URL="$source_url"
refused "apply without a plan" 'there is no plan to apply' 'make plan' apply
refused "commit of nothing" 'there is nothing to commit' 'make plan' commit NAME=x
refused "commit without a name" 'NAME= is missing' '' commit
refused "migration without a name" 'NAME= is missing' '' migration
refused "a target that is none" 'TARGET= is local or remote, not there' '' infra APPLY=1 TARGET=there

table=$(echo schema/tables/*a.sql)
edit() { # SED
	sed "$1" "$table" >edited && mv edited "$table"
}
edit 's/text text/text text, more integer/; s/text *text,*$/text text, more integer,/'
refused "what was edited is not committed" 'the files and the local database say different things' 'make plan' commit NAME=x
postkit -s plan >/dev/null 2>&1
refused "what is planned is not committed" 'the plan is not applied' 'make apply' commit NAME=x
next "planned" 'make apply'
edit 's/more integer/more bigint/'
next "edited since" 'make plan'
refused "files that changed since the plan" "the files in schema/ have changed since the plan" 'make plan' apply
next "edited since, and refused" 'make plan'
postkit -s plan >/dev/null 2>&1
psql -Xqd "$local" -c 'create table by_hand ()'
refused "a database that changed since the plan" 'the local database has changed since the plan' 'make plan' apply
psql -Xqd "$local" -c 'drop table by_hand'
check "what was refused has changed nothing" postkit -s apply
next "applied" 'make commit NAME='

# Hazards.
edit 's/more bigint/more text/'
postkit -s plan >/dev/null 2>&1
refused "a hazard" 'table-rewrite: column public.a.more' 'ALLOW=NAME' apply
refused "a hazard that is none" 'there is no hazard tabel-rewrite' 'hazards' apply ALLOW=tabel-rewrite
equal "is not in the database" bigint "$(psql -XAtd "$local" -c "select format_type(atttypid, null) from pg_attribute where attrelid = 'a'::regclass and attname = 'more'")"
check "allowed by name and object" postkit -s apply ALLOW=table-rewrite:public.a.more
echo 'this is no SQL' >schema/tables/broken.sql
refused "a file that cannot be loaded" 'schema/tables/broken.sql:1: error' '' plan
rm schema/tables/broken.sql

# State.
cp .postkit/db/session.json session.json
echo '{"active": true' >.postkit/db/session.json
for verb in status plan apply "commit NAME=x"; do
	refused "$verb with a session.json that was cut off" 'session.json:' '' $verb
done
cp session.json .postkit/db/
cp .postkit/db/committed.json committed.json
{ echo '<<<<<<< HEAD'; cat committed.json; echo '======='; cat committed.json; echo '>>>>>>> other'; } >.postkit/db/committed.json
refused "commit with conflict markers in committed.json" 'committed.json:1:' '' commit NAME=x
refused "verify with them" 'committed.json:1:' '' verify
cp committed.json .postkit/db/
mv .postkit/db/session/facts/start.jsonl start.jsonl
refused "a session without its beginning" 'which says what the session began with' 'make abort' commit NAME=x
mv start.jsonl .postkit/db/session/facts/
postkit -s migration NAME=hand >/dev/null
next "written by hand" 'write it, then make apply'
rm .postkit/db/session/*_hand.sql
next "and removed" 'make commit NAME='
check "commit, when all is well" postkit -s commit NAME="More text"
next "committed" 'make deploy'

# verify.
check "verify" postkit -s verify
migration=$(echo .postkit/db/migrations/*_more_text.sql)
cp "$migration" migration.sql
echo '-- edited' >>"$migration"
refused "a committed migration that was edited" 'changed since it was committed' 'make a new migration' verify
rm "$migration"
refused "one whose file is gone" "there is no file for ${migration##*/}" 'get it from git' verify
mv migration.sql "$migration"
echo 'create table elsewhere (id integer);' >schema/tables/elsewhere.sql
refused "files that say more than the migrations" 'do not make what the files' 'make start' verify
rm schema/tables/elsewhere.sql
check "verify again" postkit -s verify

# A branch that was merged: both files and both entries are there, and what they make together was never recorded.
jq '.migrations[-1].fingerprint = "0000000000000000000000000000000000000000000000000000000000000000"' .postkit/db/committed.json >merged
cp merged .postkit/db/committed.json
refused "a fingerprint of another branch" 'fingerprint is not that of what all migrations make' 'RECORD=1' verify
check "is recorded anew" postkit -s verify RECORD=1
check "and then fits" postkit -s verify
refused "start while it is not deployed" 'committed migrations are not applied there' 'make deploy' start
rm .postkit/db/committed.json
check "committed.json is gone: only a warning" postkit -s verify

# Two at once.
sleep 100 &
other=$!
printf '%s %s\n' $other "$(sed 's/.*) //' "/proc/$other/stat" 2>/dev/null | cut -d ' ' -f 20)" >.postkit/db/lock
refused "another make at work" "process $other is at work on this project" 'wait for it' verify
kill $other
wait $other 2>/dev/null
check "a lock whose process has ended" postkit -s verify
rm .postkit/db/verified
postkit -s verify >"$here/one" 2>&1 &
one=$!
postkit -s verify >"$here/two" 2>&1
two_status=$?
wait $one
one_status=$?
case $one_status$two_status in
00) passed "two at once: one after the other" ;;
02 | 20) matches "two at once: one is refused" 'is at work on this project' "$(cat "$here/one" "$here/two")" ;;
*) failed "two at once" "$(cat "$here/one" "$here/two")" ;;
esac
