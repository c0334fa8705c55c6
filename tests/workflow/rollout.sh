# make deploy in its stages: drift, one rehearsal for each state, what is locked, several targets, running it again.
. "$POSTKIT/tests/lib.sh"

new_project
postkit init >/dev/null
for tenant in a b c; do
	new_database $tenant
	eval "$tenant=\$database ${tenant}_url=\$database_url"
	postkit remote-add NAME=$tenant URL="$database_url" >/dev/null
done
migrations=.postkit/db/migrations
mkdir -p $migrations
migration() {
	cat >"$migrations/$1"
}
new_database replay
# commit - committed.json, with the fingerprint of what each of the migrations leaves.
commit() {
	query postgres "drop database $database" "create database $database template template0"
	for file in $(ls $migrations); do
		pk-apply --quiet --to "${file%%_*}" $migrations "$database_url"
		pk-dump "$database_url" 2>/dev/null >"$here/facts"
		printf '{"migrationFile": {"name": "%s", "timestamp": "%s"}, "fingerprint": "%s"}\n' "$file" "${file%%_*}" "$(pk-compare --fingerprint "$here/facts")"
	done | jq -s '{migrations: .}' >.postkit/db/committed.json
}
deploy() {
	postkit deploy FORCE=1 "$@" 2>&1
}

migration 20240101000000_first.sql <<'END_'
-- migrate:up
create table person (id bigint generated always as identity primary key, name text, born date);
create table visit (person bigint references person, at timestamptz default now());
-- migrate:down
drop table visit, person;
END_
commit
output=$(deploy REMOTE=a)
matches "an empty target" '^proof: the remote a is what the rehearsal gave' "$output"
matches "nothing is known of it" '^drift of the remote a cannot be seen: nothing is applied there' "$output"
matches "nothing is locked" '^nothing that is in use is locked' "$output"
equal "no drift" "the remote a is what its migrations made it" "$(postkit drift REMOTE=a)"

# ------------------------------------------------------------------------ drift

query "$a" "alter table person add column by_hand integer" "create index on visit (at)"
migration 20240101000001_second.sql <<'END_'
-- migrate:up
alter table person alter column born type timestamptz;
create index on visit (person);
-- migrate:down
drop index visit_person_idx;
END_
commit
fails_with "drift: what was changed by hand" 2 '^  + {"id":"column public.person.by_hand"' sh -c '"$@" >/dev/null' sh \
	make --no-print-directory -f "$POSTKIT/Makefile" CONFIG="$CONFIG" drift REMOTE=a
output=$(deploy REMOTE=a)
matches "it stops a deploy" 'error: the remote a is not what its migrations made it' "$output"
matches "it is shown" '^  + {"id":"index public.visit_at_idx"' "$output"
equal "nothing was done" 1 "$(query "$a" "select count(*) from postkit.schema_migrations")"
output=$(deploy REMOTE=a ALLOW=drift)
matches "unless it is allowed" '^proof: the remote a' "$output"
fails_with "something else that is allowed" 2 'ALLOW= is drift' postkit deploy REMOTE=a ALLOW=everything

# What is only another order of columns is no drift.
query "$b" "create schema postkit" "create table postkit.schema_migrations (version varchar(255) primary key)" \
	"insert into postkit.schema_migrations values ('20240101000000')" \
	"create table person (born date, name text, id bigint generated always as identity primary key)" \
	"create table visit (person bigint references person, at timestamptz default now())" \
	"insert into person (name) select 'x' from generate_series(1, 1000)" "analyze person"
output=$(deploy REMOTE=b)
matches "another order of columns is no drift" '^proof: the remote b' "$output"
matches "what is locked, how large it is" 'person (.*kB, about 1000 rows) cannot be read or written for a moment, it is written anew$' "$output"
matches "what is only read" 'visit (0 B) cannot be written for a moment' "$output"

# A rehearsal that does not end in what was committed: a target without its fingerprint in the way.
jq '.migrations[1].fingerprint = .migrations[0].fingerprint' .postkit/db/committed.json >x && mv x .postkit/db/committed.json
matches "a fingerprint that was not of these migrations is no matter where they give the same" '^proof: the remote c' "$(deploy REMOTE=c)"
commit

# ---------------------------------------------------------------------- a fleet

migration 20240101000002_third.sql <<'END_'
-- migrate:up
do $$ begin if exists (select from person where name = 'stop') then raise 'there is a stop'; end if; end $$;
create table third (id integer);
-- migrate:down
drop table third;
END_
commit
query "$a" "alter table person drop column by_hand" "drop index visit_at_idx"
query "$b" "insert into person (name) values ('stop')"
output=$(deploy REMOTES="a b c")
status=$?
equal "one fails: the status" 2 $status
matches "one rehearsal for those in the same state" '^a: rehearsing on a copy of a, for 3 targets in the same state' "$output"
equal "one rehearsal" 1 "$(printf '%s\n' "$output" | grep -c 'rehearsing')"
equal "one fails, the others do not" "a applied 1, proven
b stopped: see above; run it again
c applied 1, proven" "$(printf '%s\n' "$output" | tail -n 4 | sed '/^make/d; s/   */ /')"
matches "why" '^b: .*there is a stop' "$output"
query "$b" "delete from person where name = 'stop'"
output=$(MAKEFLAGS= make --no-print-directory -j2 -f "$POSTKIT/Makefile" CONFIG="$CONFIG" deploy-all FORCE=1 2>&1)
status=$?
equal "run again, it does what is left" "a nothing is pending
b applied 1, proven
c nothing is pending" "$(printf '%s\n' "$output" | tail -n 3 | sed 's/   */ /')"
equal "the status" 0 $status
equal "each once" "3 3 3" "$(for t in "$a" "$b" "$c"; do query $t "select count(*) from postkit.schema_migrations"; done | xargs)"
postkit remote-add NAME=gone URL="$(url "${a}_gone")" >/dev/null
output=$(postkit deploy-all DRY_RUN=1 2>&1)
matches "one that is not there" '^gone  *refused$' "$output"
matches "dry run of all" '^c  *nothing is pending$' "$output"

# ------------------------------------------------------ changes while it is at work

migration 20240101000003_fourth.sql <<'END_'
-- migrate:up
create table fourth ();
-- migrate:down
drop table fourth;
END_
commit
# A program that changes the target once the rehearsal has been made.
mkdir "$here/wrapped"
for program in "$TOOLS"/pk-*; do
	case $program in *.c) ;; *) ln -s "$program" "$here/wrapped/" ;; esac
done
rm "$here/wrapped/pk-impact"
printf '#!/bin/sh\npsql -Xqd "%s" -c "create table meanwhile ()"\nexec "%s" "$@"\n' "$a_url" "$TOOLS/pk-impact" >"$here/wrapped/pk-impact"
chmod +x "$here/wrapped/pk-impact"
output=$(deploy REMOTE=a TOOLS="$here/wrapped")
matches "changed between rehearsal and deploy" 'was changed by somebody in the meantime; nothing was done' "$output"
equal "nothing was done then" "" "$(query "$a" "select to_regclass('fourth')")"
matches "run again, it is seen as drift" 'not what its migrations made it' "$(deploy REMOTE=a)"
query "$a" "drop table meanwhile"
printf '#!/bin/sh\npsql -Xqd "%s" -c "create role %s"\nexec "%s" "$@"\n' "$a_url" "${test_name}_meanwhile" "$TOOLS/pk-impact" >"$here/wrapped/pk-impact"
matches "and without it all is well, though a role is made meanwhile" '^proof' "$(deploy REMOTE=a TOOLS="$here/wrapped")"
query "$a" "drop role ${test_name}_meanwhile"

# Databases for rehearsals of a process that is gone.
local=$(pk-server url)
psql -XqAtd "$local" -c 'create database postkit_rehearsal_999999999_copy_1' -c "create database postkit_rehearsal_$$_copy_1"
matches "a deploy to go with it" '^proof' "$(deploy REMOTE=b)"
equal "what a killed deploy left is swept away, what is in use is not" "postkit_rehearsal_$$_copy_1" \
	"$(psql -XAtd "$local" -c "select datname from pg_database where datname ~ 'rehearsal'")"

# A branch that was merged late, and what git leaves when it cannot merge.
migration 20240101000002_0_branch.sql <<'END_'
-- migrate:up
create table branch ();
-- migrate:down
drop table branch;
END_
mv $migrations/20240101000002_0_branch.sql $migrations/202401010000021_branch.sql
commit
cp .postkit/db/committed.json "$here/committed"
printf '<<<<<<< HEAD\n' >.postkit/db/committed.json
matches "conflict markers in committed.json" 'committed.json:1:' "$(deploy REMOTE=a OPTIONS=--allow-out-of-order)"
cp "$here/committed" .postkit/db/committed.json
matches "a branch's migration comes too late" 'hint: give it a later version, or allow it' "$(deploy REMOTE=a)"
equal "nothing was done" "" "$(query "$a" "select to_regclass('branch')")"
matches "it is allowed" '^proof: the remote a' "$(deploy REMOTE=a OPTIONS=--allow-out-of-order)"
equal "once all are applied their order is no drift" "the remote a is what its migrations made it" "$(postkit drift REMOTE=a)"
rm $migrations/202401010000021_branch.sql
commit

# Without a project's server.
rm postkit.config.json postkit.secrets.json
matches "without a project, on a throwaway server" '^proof: the database of URL=' "$(deploy URL="$c_url")"
equal "the drift of it" "the database of URL= is what its migrations made it" "$(postkit drift URL="$c_url")"
