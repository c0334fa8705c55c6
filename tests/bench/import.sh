#!/bin/sh
# import.sh - how fast an import is, beside pg_dump -s of the same database in the same run. Times are
# those of this machine at this moment; the ratios are what counts. TABLES="1000 5000", ROUNDS=3 (the
# middle one is shown). Run by `make bench`, on a throwaway server.
set -eu
: "${POSTKIT:?}" "${TOOLS:?}" "${TABLES:=1000 5000}" "${ROUNDS:=3}"
work=$(mktemp -d)
chmod 755 "$work" # the server of a project in it runs as another user where this is root
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cc -O1 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -std=c17 -o "$work/measure" "$POSTKIT/tests/bench/measure.c"

# measure COMMAND...: the middle of ROUNDS runs; sets $seconds and $megabytes
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
	set -- $(sort -n "$work/runs" | sed -n "$(((ROUNDS + 1) / 2))p")
	seconds=$1 megabytes=$2
}
row() { # NAME [WANTED]
	printf '%-34s %8s s %7s MB %8s  %s\n' "$1" "$seconds" "$megabytes" \
		"$(awk -v a="$seconds" -v b="$base" 'BEGIN { printf "%.2f x", a / b }')" "${2-}"
}
for tables in $TABLES; do
	database=bench_$tables
	url=${POSTKIT_SERVER_URL%/*}/$database
	"$TOOLS/pk-database" reset "$url"
	sh "$POSTKIT/tests/bench/generate.sh" "$tables" | PGOPTIONS=-cclient_min_messages=error psql -Xq -1 -v ON_ERROR_STOP=1 -d "$url"
	psql -Xq -d "$url" -c 'vacuum analyze'

	echo
	echo "$tables tables; x is beside pg_dump -s"
	measure pg_dump -s -d "$url" && base=$seconds
	row "pg_dump -s"
	measure "$TOOLS/pk-dump" "$url" && row "pk-dump" "wanted: 0.4 x, 200 MB"
	measure sh -c '"$1/pk-dump" "$2" | "$1/pk-order" | "$1/pk-render"' sh "$TOOLS" "$url"
	row "pk-dump | pk-order | pk-render" "wanted: 0.7 x"
	measure "$TOOLS/pk-stamp" "$url" && row "pk-stamp"

	rounds=$ROUNDS ROUNDS=1
	mkdir "$work/plain" "$work/proven"
	# A project's own server is up before anything is measured.
	(cd "$work/proven" && MAKEFLAGS= MAKELEVEL= make -s -f "$POSTKIT/Makefile" init >/dev/null && "$TOOLS/pk-server" start >/dev/null)
	cat >"$work/import" <<END
#!/bin/sh
cd "\$1" && shift
MAKEFLAGS= MAKELEVEL= exec make -s -f "$POSTKIT/Makefile" import URL="$url" SYNC=0 "\$@"
END
	chmod +x "$work/import"
	measure "$work/import" "$work/plain" PROVE=0 && row "import without the proof"
	ROUNDS=$rounds
	measure "$work/import" "$work/plain" PROVE=0 && row "import, nothing changed" "wanted: 0.5 s"
	ROUNDS=1
	measure "$work/import" "$work/proven" && row "import with the proof"
	ROUNDS=$rounds
	(cd "$work/proven" && "$TOOLS/pk-server" stop >/dev/null)
	rm -rf "$work/plain" "$work/proven"
	"$TOOLS/pk-database" drop "$url"
done
