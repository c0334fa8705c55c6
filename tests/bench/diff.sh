#!/bin/sh
# diff.sh - how fast a plan is made between two states with 1, 100 and all tables changed, beside the time
# that reading the states takes. TABLES="1000 5000", ROUNDS=3 (the middle one is shown). Run by `make bench`, on a
# throwaway server.
set -eu
: "${TABLES:=1000 5000}" "${ROUNDS:=3}"
. "${0%/*}/lib.sh"

# timed NAME WANTED COMMAND...
timed() {
	timed_name=$1 timed_wanted=$2
	shift 2
	measure "$@"
	row "$timed_name" "$timed_wanted"
}

for tables in $TABLES; do
	generate bench_diff_$tables "$tables"
	psql -Xq -d "$url" -c 'vacuum analyze'

	echo
	echo "plans between states of $tables tables"
	timed "pk-dump" "" "$TOOLS/pk-dump" "$url"
	mv "$work/out" "$work/from"
	timed "pk-diff, nothing changed" "" "$TOOLS/pk-diff" --show "$work/from" "$work/from"
	for changed in 1 100 "$tables"; do
		psql -Xq -1 -v ON_ERROR_STOP=1 -d "$url" >"$work/out" <<-END
			select format('alter table %s add column more_$changed integer not null default 0', oid::regclass),
			       format('alter table %s alter column note set default %L', oid::regclass, 'by $changed'),
			       format('create index on %s (code, amount)', oid::regclass)
			from pg_class
			where relkind = 'r' and relnamespace in ('a'::regnamespace, 'b'::regnamespace, 'public'::regnamespace)
			order by relname limit $changed \gexec
		END
		"$TOOLS/pk-dump" "$url" >"$work/to"
		wanted=
		[ "$changed" != 1 ] || wanted="wanted: 0.5 s, 200 MB"
		timed "pk-diff, $changed tables changed" "$wanted" "$TOOLS/pk-diff" --show "$work/from" "$work/to"
		timed "the way back" "" "$TOOLS/pk-diff" --show "$work/to" "$work/from"
	done
	"$TOOLS/pk-database" drop "$url"
done
