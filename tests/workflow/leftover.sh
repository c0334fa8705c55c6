# pk-apply: what REINDEX CONCURRENTLY leaves behind when it is cut off in the middle, and what is said on a terminal while
# a statement takes long.
. "$POSTKIT/tests/lib.sh"

new_database
mkdir m
apply() {
	pk-apply "$@" m "$database_url"
}
ask() {
	query "$database" "$@"
}
# until_true SQL - waits for it, ten seconds at most
until_true() {
	tries=0
	until [ "$(ask "$1")" = t ] || [ $tries = 200 ]; do
		tries=$((tries + 1))
		sleep 0.05
	done
	[ $tries -lt 200 ] || failed "in ten seconds it did not come to this: $1"
}
# hold MODE - a transaction that has the table locked and no snapshot; let_go ends it.
mkfifo "$here/holding"
hold() {
	psql -XqAt -d "$database_url" <"$here/holding" >/dev/null 2>&1 &
	holder=$!
	exec 8>"$here/holding"
	echo "begin; lock table a in $1 mode;" >&8
	until_true "select count(*) = 1 from pg_locks where relation = 'a'::regclass and granted
		and mode = replace(initcap('$1'), ' ', '') || 'Lock'"
}
let_go() {
	echo "rollback;" >&8
	exec 8>&-
	wait $holder
}
indexes() {
	ask "select string_agg(relname || case when indisvalid then '' else ' invalid' end, ', ' order by relname)
		from pg_index join pg_class on oid = indexrelid where indrelid = 'a'::regclass"
}
cat >m/001_a.sql <<'END_'
-- migrate:up
create table a (i integer);
create index a_i on a (i);
-- migrate:down
END_
cat >m/002_reindex.sql <<'END_'
-- migrate:up transaction:false
reindex table concurrently a;
-- migrate:down
END_
check "a table and its index" apply --to 001

# cut_off LOCK LEFT - lets the REINDEX come as far as the lock lets it, and ends its server process there.
cut_off() {
	hold "$1"
	apply >out 2>err &
	until_true "select count(*) = 1 from pg_class where relname ~ '$2' and exists (select from pg_stat_activity where wait_event_type = 'Lock' and query like 'reindex%')"
	ask "select pg_terminate_backend(pid) from pg_stat_activity where query like 'reindex%' and datname = current_database()" >/dev/null
	wait $!
	status=$?
	let_go
}
cut_off 'row exclusive' 'a_i_ccnew'
equal "cut off while the new index is built: the status" 4 $status
equal "it leaves that" "a_i, a_i_ccnew invalid" "$(indexes)"
matches "it is dropped" 'note: the index public.a_i_ccnew is invalid' "$(apply 2>&1)"
equal "one index is there" "a_i" "$(indexes)"
equal "the migration is applied" 2 "$(ask 'select count(*) from postkit.schema_migrations')"

cp m/002_reindex.sql m/003_again.sql
cut_off 'access share' 'a_i_ccold'
equal "cut off while the old index is let go: the status" 4 $status
equal "it leaves that" "a_i, a_i_ccold invalid" "$(indexes)"
matches "it is dropped too" 'note: the index public.a_i_ccold is invalid' "$(apply 2>&1)"
equal "one index is there" "a_i" "$(indexes)"

# By its name, and one that is somebody's own.
printf -- '-- migrate:up transaction:false\nreindex index concurrently a_i;\n-- migrate:down\n' >m/004_index.sql
ask 'create index own_ccnew on a (i)'
cut_off 'row exclusive' 'a_i_ccnew'
matches "of an index by its name" 'note: the index public.a_i_ccnew is invalid' "$(apply 2>&1)"
equal "a valid index that only looks like it stays" "a_i, own_ccnew" "$(indexes)"

# ------------------------------------------------------------- what a terminal sees

if ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	skip "the line that says how far it is" "there is no script(1) of util-linux"
	exit 0
fi
cat >m/005_slow.sql <<'END_'
-- migrate:up
alter table a add column j integer;
-- migrate:down
END_
cat >m/006_index.sql <<'END_'
-- migrate:up transaction:false
create index concurrently a_j on a (j);
-- migrate:down
END_
# on_terminal COMMAND - runs it on one, until it says that it is blocked; then lets go of the table. Leaves in $here/seen what it showed,
# a line for each time that the line is written anew.
on_terminal() {
	: >"$here/shown"
	timeout 60 script -qec "$1" /dev/null </dev/null >"$here/shown" 8>&- &
	seen=$!
	until grep -q blocked "$here/shown" || ! kill -0 $seen 2>/dev/null; do
		sleep 0.1
	done
	let_go
	wait $seen
	tr '\r' '\n' <"$here/shown" >"$here/seen"
}
hold 'row exclusive'
holding_pid=$(ask "select pid from pg_locks where relation = 'a'::regclass and mode = 'RowExclusiveLock'")
on_terminal "pk-apply --to 005 m '$database_url'"
matches "a statement that waits: for whom, how long" "^005_slow.sql: [0-9]* s, blocked by server process $holding_pid, running" "$(cat "$here/seen")"
matches "the line is gone in the end" '^applied 005_slow.sql' "$(sed 's/.*\[K//' "$here/seen")"
hold 'row exclusive'
on_terminal "pk-apply m '$database_url'"
matches "how far an index is" '^006_index.sql: [0-9]* s, blocked by server process [0-9]*, CREATE INDEX CONC' "$(cat "$here/seen")"
equal "without a terminal nothing of it is said" "" "$(apply 2>&1)"
