#!/bin/sh
# diff.sh - how fast a plan is made between two states with 1, 100 and all tables changed, beside the time
# that reading the states takes. TABLES="1000 5000", ROUNDS=3 (the middle one is shown). Run by `make bench`, on a
# throwaway server.
set -eu
: "${POSTKIT:?}" "${TOOLS:?}" "${TABLES:=1000 5000}" "${ROUNDS:=3}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cc -O1 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -std=c17 -o "$work/measure" "$POSTKIT/tests/bench/measure.c"

# row NAME WANTED COMMAND...: the middle of ROUNDS runs
row() {
	row_name=$1 row_wanted=$2
	shift 2
	: >"$work/runs"
	round=0
	while [ $round -lt "$ROUNDS" ]; do
		round=$((round + 1))
		"$work/measure" "$@" 3>>"$work/runs" >"$work/out" || exit 1
	done
	sort -n "$work/runs" | sed -n "$(((ROUNDS + 1) / 2))p" |
		awk -v name="$row_name" -v wanted="$row_wanted" '{ printf "%-34s %8s s %7s MB  %s\n", name, $1, $2, wanted }'
}

for tables in $TABLES; do
	database=bench_diff_$tables
	url=${POSTKIT_SERVER_URL%/*}/$database
	"$TOOLS/pk-database" reset "$url"
	sh "$POSTKIT/tests/bench/generate.sh" "$tables" | PGOPTIONS=-cclient_min_messages=error psql -Xq -1 -v ON_ERROR_STOP=1 -d "$url"
	psql -Xq -d "$url" -c 'vacuum analyze'

	echo
	echo "plans between states of $tables tables"
	row "pk-dump" "" "$TOOLS/pk-dump" "$url"
	mv "$work/out" "$work/from"
	row "pk-diff, nothing changed" "" "$TOOLS/pk-diff" --show "$work/from" "$work/from"
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
		row "pk-diff, $changed tables changed" "$wanted" "$TOOLS/pk-diff" --show "$work/from" "$work/to"
		row "the way back" "" "$TOOLS/pk-diff" --show "$work/to" "$work/from"
	done
	"$TOOLS/pk-database" drop "$url"
done
