#!/bin/sh
# work.sh - how long the verbs of a session take: start, plan (nothing changed, one table edited, edited again: then the
# copy of the first proof is used), apply, commit. TABLES="1000 5000". Run by `make bench`, on a throwaway server.
set -eu
: "${TABLES:=1000 5000}"
. "${0%/*}/lib.sh"
remove_project() {
	[ ! -e "$work/project" ] || (cd "$work/project" && "$TOOLS/pk-server" stop >/dev/null) || :
	rm -rf "$work/project"
}
trap 'remove_project; rm -rf "$work"' EXIT

verb() { # NAME WORD...: the verb, once
	verb_name=$1
	shift
	(cd "$work/project" && MAKEFLAGS= MAKELEVEL= "$work/measure" make -s -f "$POSTKIT/Makefile" "$@" 3>"$work/run" >"$work/out" 2>"$work/err") || {
		cat "$work/out" "$work/err" >&2
		exit 1
	}
	[ -z "$verb_name" ] || awk -v name="$verb_name" '{ printf "%-34s %8s s\n", name, $1 }' "$work/run"
}
# edit TYPE - one table of the files gets a column of that type
edit() {
	file=$(ls "$work"/project/schema/tables/*table_7.sql)
	sed -e '/^    more  /d' -e "s/^    note  .*/&\\
    more       $1,/" "$file" >"$work/edited"
	cp "$work/edited" "$file"
}

for tables in $TABLES; do
	generate bench_work_$tables "$tables"
	mkdir "$work/project"
	verb "" init
	verb "" import URL="$url" PROVE=0
	[ -n "$(cd "$work/project" && "$TOOLS/pk-config" get remotes)" ] || verb "" remote-add NAME=bench URL="$url"

	echo
	echo "a session on $tables tables"
	verb "start" start
	verb "plan, the first one" plan
	verb "plan, nothing changed" plan
	edit integer
	verb "plan, one table edited" plan
	edit bigint
	verb "plan, edited again" plan
	edit text
	verb "the same without the proof" plan PROVE=0
	verb "apply" apply
	verb "commit" commit NAME=more
	remove_project
	"$TOOLS/pk-database" drop "$url"
done
