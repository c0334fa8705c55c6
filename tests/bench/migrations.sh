#!/bin/sh
# migrations.sh - how fast many small migrations are applied to an empty database, beside dbmate in the
# same run: by turns, ROUNDS times, the middle one is shown. MIGRATIONS=1000. Run by `make bench`, on a
# throwaway server. Without dbmate (in PATH, or its npm package) only ours is measured.
set -eu
: "${MIGRATIONS:=1000}" "${ROUNDS:=3}"
. "${0%/*}/lib.sh"

dbmate=$(command -v dbmate || true)
if [ -z "$dbmate" ] && npm install --prefix "$work/npm" --no-audit --no-fund --silent dbmate >/dev/null 2>&1; then
	# The program itself, not the script of the package that starts it.
	dbmate=$(ls "$work"/npm/node_modules/@dbmate/*/bin/dbmate)
fi

# Functions rather than tables: what is measured is the runner, not the making of files.
mkdir "$work/migrations"
i=0
while [ $i -lt "$MIGRATIONS" ]; do
	i=$((i + 1))
	printf -- '-- migrate:up\ncreate function f%s() returns integer language sql as $$ select 1 $$;\n\n-- migrate:down\ndrop function f%s();\n' \
		$i $i >"$work/migrations/$((20240101000000 + i))_f$i.sql"
done

database=bench_migrations
url=${POSTKIT_SERVER_URL%/*}/$database
ours() {
	"$work/measure" "$TOOLS/pk-apply" --quiet "$work/migrations" "$url" 3>>"$work/$1"
}
theirs() {
	"$work/measure" "$dbmate" --no-dump-schema --migrations-dir "$work/migrations" \
		--url "postgres://$PGUSER@/$database?socket=$PGHOST&port=$PGPORT&sslmode=disable" up 3>>"$work/$1" >/dev/null
}
shown() { # NAME FILE
	middle "$work/$2"
	row "$1"
}

round=0
while [ $round -lt "$ROUNDS" ]; do
	round=$((round + 1))
	if [ -n "$dbmate" ]; then
		"$TOOLS/pk-database" reset "$url"
		theirs dbmate
	fi
	"$TOOLS/pk-database" reset "$url"
	ours apply
	ours nothing
done
"$TOOLS/pk-database" drop "$url"

echo
echo "$MIGRATIONS small migrations"
if [ -n "$dbmate" ]; then
	shown "dbmate up" dbmate
else
	echo "dbmate cannot be had: not measured"
fi
shown "pk-apply" apply
shown "pk-apply, nothing pending" nothing
