# make apply and make commit, killed (kill -9, everything of it) before each program that they run: run again they come to
# the same end, and nothing is there twice. Every fourth call, unless STRIDE=1 asks for all of them.
. "$POSTKIT/tests/lib.sh"

# The programs, each behind a script that counts the calls, and kills the process group of make at call $KILL_AT.
mkdir tools
for program in "$TOOLS"/pk-*; do
	[ -x "$program" ] && [ -f "$program" ] || continue
	cat >"tools/${program##*/}" <<END
#!/bin/sh
if [ -n "\${KILL_AT-}" ]; then
	calls=\$((\$(cat "$here/calls") + 1))
	echo \$calls >"$here/calls"
	[ \$calls != "\$KILL_AT" ] || kill -9 -"\$(cat "$here/group")"
fi
exec "$program" "\$@"
END
done
chmod +x tools/pk-*

# killed CALL VERB... - whether it was killed before that call
killed() {
	echo 0 >"$here/calls"
	KILL_AT=$1
	export KILL_AT
	shift
	MAKEFLAGS= MAKELEVEL= setsid sh -c 'echo $$ >"$0/group"; exec "$@"' "$here" \
		make --no-print-directory -s -f "$POSTKIT/Makefile" CONFIG="$CONFIG" TOOLS="$here/tools" "$@" >"$here/killed.log" 2>&1
	killed_status=$?
	unset KILL_AT
	[ $killed_status -gt 128 ]
}

new_database production
production_url=$database_url
query "$database" 'create table a (id integer primary key)' 'insert into a select generate_series(1, 5)'
new_project
postkit init >/dev/null
postkit import URL="$production_url" >/dev/null 2>&1
postkit remote-add NAME=production URL="$production_url" >/dev/null
postkit -s start >/dev/null
local=$(pk-server url --database postkit)
table=$(echo schema/tables/*_a.sql)
mkdir -p schema/seeds
echo 'insert into public.seeded select count(*) from public.seeded;' >schema/seeds/one.sql
echo 'create table public.seeded (n bigint);' >schema/tables/seeded.sql

# Each round adds a column and an index that is built without a transaction.
kills=0 stride=${STRIDE:-4}
round=0 rounds=0
while round=$((round + stride)) && [ $round -le 100 ]; do
	rounds=$((rounds + 1))
	sed -i "s/^);/    , c$round integer\n);/" "$table"
	echo "create index a_c$round on public.a (c$round);" >>"$table"
	postkit -s plan PROVE=0 >"$here/log" 2>&1 || failed "plan $round" "$(cat "$here/log")"
	if killed $round apply; then
		kills=$((kills + 1))
		postkit -s apply >"$here/log" 2>&1 || failed "apply again after a kill before call $round" "$(cat "$here/log")"
	elif [ $killed_status != 0 ]; then
		failed "apply $round" "$(cat "$here/killed.log")"
	fi
	found=$(psql -XAtd "$local" -c "select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid where relname = 'a_c$round' and indisvalid")
	[ "$found" = 1 ] || failed "round $round: the index" "there are $found"
	[ $killed_status != 0 ] || break
done
check "apply was killed $kills times" test $kills -gt 4
equal "each plan was recorded once" "$(jq '.pendingChanges.migrationFiles | length' .postkit/db/session.json)" $rounds
matches "the local database has what the files say" '^nothing to change' "$(postkit -s plan 2>&1)"

# Commits, each from the same state.
cp -R .postkit/db "$here/db"
kills=0 call=0
while call=$((call + stride)) && [ $call -le 100 ]; do
	rm -rf .postkit/db
	cp -R "$here/db" .postkit/db
	killed $call commit NAME=all || break
	kills=$((kills + 1))
	# Killed after its last word: the session is over.
	if [ -e .postkit/db/session.json ]; then
		postkit -s commit NAME=all >"$here/log" 2>&1 || failed "commit again after a kill before call $call" "$(cat "$here/log")"
	fi
	ls .postkit/db/migrations | sed 's/^[0-9]*//' >"$here/names"
	jq -r '.migrations[].migrationFile.name' .postkit/db/committed.json | sed 's/^[0-9]*//' >"$here/registered"
	[ -e "$here/names.first" ] || cp "$here/names" "$here/names.first"
	cmp -s "$here/names" "$here/names.first" && cmp -s "$here/names" "$here/registered" ||
		failed "commit killed before call $call" "$(cat "$here/names" "$here/registered")"
	[ ! -e .postkit/db/session.json ] || failed "commit killed before call $call: the session is not over"
done
[ $killed_status = 0 ] || failed "commit" "$(cat "$here/killed.log")"
check "commit was killed $kills times" test $kills -gt 4
check "what was committed makes what the files say" postkit -s verify
