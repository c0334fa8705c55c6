#!/bin/sh
# prove.sh TOOLS DB TREE LOCAL SOURCE - proves an import: the local database is built from the
# baseline, a scratch one from the files, and the facts of both must be those of the source.
# A source of another major version than the local server: what only the versions say otherwise is no difference, and counted.
# LOCAL is @local; or `source` where the local database is the source itself and must be left
# alone; or `throwaway` on the server of pk-server run, where there is none to keep. Prints the proof.
set -eu
tools=$1 db=$2 tree=$3 target=$4 source=$5 verb=import
. "${0%/*}/lib.sh"
case $target in
source) target=@local:postkit_proof ;;
throwaway)
	export POSTKIT_LOCAL_URL="$POSTKIT_SERVER_URL"
	target=@local:postkit_proof
	;;
esac
case $target in
@local)
	# What PostKit built last time, or began to build, may be replaced; somebody's own work may not.
	if [ -z "${POSTKIT_FORCE-}" ] && [ ! -e "$db/proof.begun" ] && ! "$tools/pk-database" empty @local && ! as_left; then
		refuse "the local database is not empty, and the import would replace it" \
			"FORCE=1 replaces it; another localDbUrl in postkit.config.json leaves it alone"
	fi
	;;
esac
if grep -q 'outside the chosen schemas' "$db/facts.log"; then
	echo "not possible: what was chosen refers to $(grep -c 'outside the chosen schemas' "$db/facts.log") things outside of it (SCHEMA=)"
	exit 0
fi
version=$("$tools/pk-database" version "$target")
source_version=$("$tools/pk-database" version "$source")
versions=
[ "$version" = "$source_version" ] || versions=--versions
# failed STATUS - ends with it; a server that is older than the source does not know all that the source has.
failed() {
	[ "$source_version" -le "$version" ] ||
		echo "  hint: the source is PostgreSQL $source_version, the local server only $version: PG_BINDIR= names the programs of a newer one" >&2
	exit "$1"
}
: >"$db/proof.begun"

# Both databases are built at once. What works for the background is ended with it.
work() {
	"$@" &
	worker=$!
	ended=0
	wait "$worker" || ended=$?
	worker=
	return $ended
}
worker=

# build NAME DATABASE COMMAND... - facts.NAME.jsonl of a new database, made by the command
build() {
	name=$1 database=$2
	shift 2
	work "$@" "$database" || failed $?
	work "$tools/pk-dump" "$database" >"$db/facts.$name.jsonl" 2>"$db/proof.$name.log" || {
		cat "$db/proof.$name.log" >&2
		exit 1
	}
	rm -f "$db/proof.$name.log"
	: >"$db/differences.$name"
	# The same bytes need no second look; what facts need decides the order alone.
	if cmp -s "$db/facts.jsonl" "$db/facts.$name.jsonl" ||
		"$tools/pk-compare" $versions "$db/facts.jsonl" "$db/facts.$name.jsonl" >"$db/differences.$name"; then
		[ "$versions" ] || rm -f "$db/facts.$name.jsonl" "$db/differences.$name"
		return
	fi
	echo "import: error: the database built from the $name is not equal to the source; the first differences (- source, + built):" >&2
	grep -v '^~' "$db/differences.$name" | sed -e 's/^/  /' | head -n 10 >&2
	echo "  hint: all of them are in $db/differences.$name" >&2
	[ "$name" = baseline ] || echo "  hint: where the baseline is equal, SHORT=0 writes the files at length, too" >&2
	exit 1
}

rm -f "$db"/differences* "$db/otherwise"
# What the source's server has, a private one can have too.
"$tools/pk-database" ${POSTKIT_LOCAL_URL:+--in-place} tablespaces "$target" <"$db/facts.jsonl"
"$tools/pk-database" reset @local:postkit_files
"$tools/pk-database" reset "$target"
# Roles are the server's: they are there before the other one wants to make them, too.
"$tools/pk-load" "$db/infra/infra" "$target" || failed $?
(
	trap 'kill $worker 2>/dev/null; exit 143' TERM
	build files @local:postkit_files "$tools/pk-load" --scratch "$tree"
	"$tools/pk-database" drop @local:postkit_files
) &
files=$!
at_exit 'kill "$files" $worker 2>/dev/null; wait'
build baseline "$target" "$tools/pk-apply" --quiet "$(cat "$db/baseline.list")"
status=0
wait "$files" || status=$?
trap - EXIT
[ "$status" = 0 ] || exit "$status"
otherwise=
if [ "$versions" ]; then
	# On one server there is nothing that versions could say otherwise, but what an older one has no word for (names of NOT NULL),
	# of which no plan makes a difference.
	"$tools/pk-compare" --planned "$db/facts.baseline.jsonl" "$db/facts.files.jsonl" >"$db/differences.files" || {
		echo "import: error: the databases built from the baseline and from the files are not equal; the first differences:" >&2
		sed -e 's/^/  /' "$db/differences.files" | head -n 10 >&2
		exit 1
	}
	rm -f "$db/facts.baseline.jsonl" "$db/facts.files.jsonl" "$db/differences.files"
	mv "$db/differences.baseline" "$db/otherwise"
	otherwise="; $(grep -c '^~' "$db/otherwise" || :) of them are said otherwise by PostgreSQL $version (the source: $source_version), see $db/otherwise"
fi
if [ "$target" = @local ]; then
	"$tools/pk-stamp" @local >"$db/local.stamp"
else
	"$tools/pk-database" drop "$target"
fi
rm -f "$db/proof.begun"
echo "equal: $(($(wc -l <"$db/facts.jsonl") - 1)) facts of the source, of the baseline and of the files$otherwise"
