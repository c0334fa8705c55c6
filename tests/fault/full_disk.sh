# A disk that is full while make apply and make commit write their state: they fail, what was there is whole, and run again with room
# they come to the same end. The disk is a small tmpfs, in a mount namespace of the test's own.
. "$POSTKIT/tests/lib.sh"

if [ "${1-}" != mounted ]; then
	trap - EXIT
	if unshare -m mount -t tmpfs none "$here" 2>/dev/null; then
		exec unshare -m sh "$0" mounted
	elif unshare -rm mount -t tmpfs none "$here" 2>/dev/null; then
		exec unshare -rm sh "$0" mounted
	fi
	skip "a full disk" "a small disk cannot be mounted here"
	exit 0
fi
new_database production
production=$database production_url=$database_url
query "$production" "create table a (id integer primary key)"
new_database local
POSTKIT_LOCAL_URL=$database_url
export POSTKIT_LOCAL_URL
mkdir project
mount -t tmpfs -o size=3m none project
new_project
postkit init >/dev/null
mkdir tmp
postkit import URL="$production_url" >"$here/log" 2>&1 || failed "import" "$(cat "$here/log")"
postkit remote-add NAME=production URL="$production_url" >/dev/null
postkit start >"$here/log" 2>&1 || failed "start" "$(cat "$here/log")"
echo 'create table public.b (id integer primary key, text text not null);' >schema/tables/b.sql

# leave PAGES - fills the disk but for so many pages of four kilobytes
leave() {
	rm -f filler
	dd if=/dev/zero of=filler bs=4096 >/dev/null 2>&1
	truncate -s "-$(($1 * 4096))" filler
}
# wrong WHAT - notes it
wrong() {
	wrongs="$wrongs
$verb with $pages pages: $1"
}
# What others rely on is whole: valid JSON, and every migration that is registered has its file.
check_whole() {
	for file in .postkit/db/session.json .postkit/db/committed.json; do
		[ ! -e "$file" ] || jq -e . "$file" >/dev/null 2>&1 || wrong "$file is not whole"
	done
	for file in $(jq -r '.migrations[].migrationFile.path' .postkit/db/committed.json); do
		[ -s "$file" ] || wrong "$file is registered and not there"
	done
}
# each_page COMMAND VERB... - runs the verb with more and more room until it succeeds, each time from the state that is there now and
# in a local database that COMMAND has put back; after each failure again, with room enough. `outcome` says what it must come to.
each_page() {
	back=$1 verb=$2 wrongs= pages=0 wanted=
	shift
	rm -rf "$here/db" && cp -R .postkit/db "$here/db"
	while :; do
		leave $pages
		status=0
		# What is only for the time of a verb is on the same disk.
		TMPDIR=$PWD/tmp postkit -s "$@" >"$here/log" 2>&1 </dev/null || status=$?
		rm -rf filler tmp/*
		check_whole
		[ $status != 0 ] || break
		# (sh's own printf says it in these words.)
		grep -q -e 'No space left' -e 'printf: I/O error' "$here/log" || wrong "it does not say why: $(cat "$here/log")"
		postkit -s "$@" >"$here/log" 2>&1 || wrong "again: $(cat "$here/log")"
		check_whole
		[ -z "$(find .postkit/db -name '*.tmp*' -o -name '*.new*')" ] || wrong "left behind: $(find .postkit/db -name '*.tmp*' -o -name '*.new*')"
		[ -n "$wanted" ] || wanted=$(outcome)
		[ "$(outcome)" = "$wanted" ] || wrong "it comes to: $(outcome)
instead of: $wanted"
		rm -rf .postkit/db && cp -R "$here/db" .postkit/db
		$back
		pages=$((pages + 1))
		[ $pages -lt 60 ] || break
	done
	[ "$(outcome)" = "$wanted" ] || wrong "without a full disk it comes to: $(outcome)"
	name="$verb: the disk was full at $pages places: nothing lost, nothing twice"
	if [ -z "$wrongs" ] && [ $pages -gt 3 ] && [ $pages -lt 60 ]; then
		passed "$name"
	else
		failed "$name" "$wrongs"
	fi
}

outcome() {
	jq -r '.pendingChanges | "\(.applied) \(.migrationFiles | length)"' .postkit/db/session.json
	query "$database" "select string_agg(relname, ' ' order by relname) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
}
postkit -s plan >"$here/log" 2>&1 || failed "plan" "$(cat "$here/log")"
take_back() {
	query "$database" 'drop table if exists b' "delete from postkit.schema_migrations where name not like '%baseline%'"
	postkit -s plan >"$here/log" 2>&1 || wrong "plan: $(cat "$here/log")"
}
each_page take_back apply FORCE=1

outcome() {
	jq -r '.migrations[].migrationFile.name' .postkit/db/committed.json | sed 's/^[0-9]*//'
	ls .postkit/db/migrations | sed 's/^[0-9]*//'
	ls .postkit/db/session.json .postkit/db/session 2>/dev/null
}
each_page : commit NAME=b
check "what was committed makes what the files say" postkit -s verify
