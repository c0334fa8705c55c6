#!/bin/sh
# verify.sh TOOLS DB TREE RECORD - whether all migrations, run in an empty database, make what the files say. Prints what was
# found; status 1 when they do not.
set -eu
tools=$1 db=$2 tree=$3 record=$4 verb=verify
replay=@scratch:verify
. "${0%/*}/lib.sh"

work=$(mktemp -d)
at_exit '"$tools/pk-database" drop "$replay"; rm -rf "$work"'

"$tools/pk-commit" --check "$db" || refuse "the migrations are not what was committed"
if [ -d "$tree/infra" ]; then
	# Roles are the server's, and no migration makes them.
	"$tools/pk-database" reset "$replay"
	"$tools/pk-load" "$tree/infra" "$replay"
fi
"$tools/pk-database" reset "$replay"
[ ! -d "$db/migrations" ] || "$tools/pk-apply" --quiet "$db/migrations" "$replay" ||
	refuse "the migrations cannot be run in an empty database"
"$tools/pk-dump" "$replay" >"$work/facts" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
"$tools/pk-diff" --show "$work/facts" "$db/desired.jsonl" >"$work/plan"
if [ "$(wc -l <"$work/plan")" -gt 1 ]; then
	"$tools/pk-render" --format text "$work/plan" >&2
	refuse "the migrations do not make what the files in $tree/ say; the above is what they lack" \
		"make start, plan, apply and commit put it into a migration; or the files are to be put right"
fi
reached=$("$tools/pk-compare" --fingerprint "$work/facts")
count=$(find "$db/migrations" -name '[0-9]*.sql' 2>/dev/null | wc -l | tr -d ' ')
if [ -n "$record" ]; then
	"$tools/pk-commit" --record --fingerprint "$reached" "$db"
fi
"$tools/pk-commit" --check --fingerprint "$reached" "$db" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
echo "equal: $(($(wc -l <"$work/facts") - 1)) facts of $(counted "$count" migration) and of the files in $tree/"
