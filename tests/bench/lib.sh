# lib.sh - what the measurements have in common: $work, removed in the end, and in it the program `measure`; a database.
: "${POSTKIT:?}" "${TOOLS:?}"
work=$(mktemp -d)
chmod 755 "$work" # the server of a project in it runs as another user where this is root
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cc -O1 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -std=c17 -o "$work/measure" "$POSTKIT/tests/bench/measure.c"

# measure COMMAND...: the middle of ROUNDS runs; sets $seconds and $megabytes. What it prints is in $work/out.
measure() {
	: >"$work/runs"
	round=0
	while [ $round -lt "$ROUNDS" ]; do
		round=$((round + 1))
		"$work/measure" "$@" 3>>"$work/runs" >"$work/out" 2>"$work/err" || {
			cat "$work/err" >&2
			exit 1
		}
	done
	middle "$work/runs"
}
# middle FILE - of what `measure` wrote
middle() {
	set -- $(sort -n "$1" | sed -n "$(((ROUNDS + 1) / 2))p")
	seconds=$1 megabytes=$2
}
# row NAME [REMARK]
row() {
	printf '%-34s %8s s %7s MB  %s\n' "$1" "$seconds" "$megabytes" "${2-}"
}
# generate NAME TABLES - a database of so many tables; sets $url
generate() {
	url=${POSTKIT_SERVER_URL%/*}/$1
	"$TOOLS/pk-database" reset "$url"
	sh "$POSTKIT/tests/bench/generate.sh" "$2" | PGOPTIONS=-cclient_min_messages=error psql -Xq -1 -v ON_ERROR_STOP=1 -d "$url"
}
