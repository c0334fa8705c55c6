# What the tests of pk-apply under faults use: a database, the migrations beside this file, and the proxy through which
# something happens at every message that pk-apply sends to the server. Run again, it must go on, and in the
# end nothing is lost and nothing was done twice.
. "$POSTKIT/tests/lib.sh"

migrations=$POSTKIT/tests/fault/runner/migrations
${CC:-cc} -std=c17 -O1 -o "$here/proxy" "$POSTKIT/tests/fault/proxy.c" || exit 1
mkdir "$here/socket"
new_database

apply() {
	pk-apply "$@" "$migrations" "dbname=$database" >"$here/out" 2>"$here/err"
}

# state [SQL] - everything that the migrations make and record, but the times; then runs the SQL.
state() {
	psql -XqAt -v ON_ERROR_STOP=1 -d "$(url "$database")" 2>&1 <<-END
		set client_min_messages to warning;
		select 'log: ' || what from log
		union all select 'child: ' || (xpath('/row/n/text()', query_to_xml('select count(*) as n from child', false, true, '')))[1]
			from pg_class where relname = 'child'
		union all select 'index: ' || indexrelid::regclass || ' ' || indisvalid from pg_index
			where indrelid = 'log'::regclass
		union all select 'label: ' || enumlabel from pg_enum
		union all select 'migration: ' || version || ' ' || name || ' ' || checksum from postkit.schema_migrations
		union all select 'progress: ' || version from postkit.schema_migrations_progress
		order by 1;
		$1
	END
}

empty='drop schema if exists postkit cascade; drop schema public cascade; create schema public'

# attempt ACTION MOMENT N [OPTION...] - runs pk-apply through the proxy. False when it sends fewer messages than N.
attempt() {
	"$here/proxy" "$here/socket" "$PGHOST/.s.PGSQL.$PGPORT" "$1" "$2" "$3" >"$here/acted" &
	proxy=$!
	shift 3
	until [ -S "$here/socket/.s.PGSQL.5432" ]; do
		sleep 0.01
	done
	(PGHOST=$here/socket PGPORT=5432 && export PGHOST PGPORT && apply "$@") 2>/dev/null
	status=$?
	kill $proxy
	wait $proxy 2>/dev/null
	rm "$here/socket/.s.PGSQL.5432"
	[ -s "$here/acted" ]
}

# wrong WHAT - notes what went wrong in this case.
wrong() {
	wrongs="$wrongs
$n ($(cat "$here/acted")): $1
$(cat "$here/err")"
}

# each_message ACTION MOMENT STATUSES EXPECTED SQL COMMAND [OPTION...] - runs pk-apply with the options as often as it has messages. STATUSES
# are what it may end with, EXPECTED is the state after it was run again; SQL and COMMAND make the state that each case begins with.
each_message() {
	action=$1 moment=$2 statuses=$3 expected=$4 sql=$5 before=$6
	shift 6
	n=1 wrongs=
	while attempt $action $moment $n "$@"; do
		case " $statuses " in
		*" $status "*) ;;
		*) wrong "status $status" ;;
		esac
		apply --lock-wait 20 "$@" || wrong "status $? of the second run"
		actual=$(state "$sql")
		[ "$actual" = "$expected" ] || wrong "$actual"
		$before || wrong "the state before"
		n=$((n + 1))
	done
	state "$sql" >/dev/null
	$before
	name="$action $moment: $((n - 1)) cases"
	if [ -z "$wrongs" ] && [ $n -gt 20 ]; then
		passed "$name, nothing lost, nothing twice"
	else
		failed "$name" "$wrongs"
	fi
}

apply || failed "the first run" "$(cat "$here/err")"
applied=$(state)
equal "everything is done once" "child: 2
index: log_what true
label: bad
label: good
log: first
log: last
log: second
log: third, a step
log: third, bad
log: third, in its own transaction" "$(printf '%s\n' "$applied" | grep -v ^migration)"
equal "everything is recorded" 4 "$(printf '%s\n' "$applied" | grep -c ^migration)"
