#!/bin/sh
# import.sh - how fast an import is, beside pg_dump -s of the same database in the same run. Times are
# those of this machine at this moment; the ratios are what counts. TABLES="1000 5000", ROUNDS=3 (the
# middle one is shown). Run by `make bench`, on a throwaway server.
set -eu
: "${TABLES:=1000 5000}" "${ROUNDS:=3}"
. "${0%/*}/lib.sh"

# beside NAME [WANTED] - with its ratio to pg_dump -s
beside() {
	row "$1" "$(awk -v a="$seconds" -v b="$base" 'BEGIN { printf "%6.2f x", a / b }')  ${2-}"
}
for tables in $TABLES; do
	generate bench_$tables "$tables"
	psql -Xq -d "$url" -c 'vacuum analyze'

	echo
	echo "$tables tables; x is beside pg_dump -s"
	measure pg_dump -s -d "$url" && base=$seconds
	beside "pg_dump -s"
	measure "$TOOLS/pk-dump" "$url" && beside "pk-dump" "wanted: 0.4 x, 200 MB"
	measure sh -c '"$1/pk-dump" "$2" | "$1/pk-order" | "$1/pk-render"' sh "$TOOLS" "$url"
	beside "pk-dump | pk-order | pk-render" "wanted: 0.7 x"
	measure "$TOOLS/pk-stamp" "$url" && beside "pk-stamp"

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
	measure "$work/import" "$work/plain" PROVE=0 && beside "import without the proof"
	ROUNDS=$rounds
	measure "$work/import" "$work/plain" PROVE=0 && beside "import, nothing changed" "wanted: 0.5 s"
	ROUNDS=1
	measure "$work/import" "$work/proven" && beside "import with the proof"
	ROUNDS=$rounds
	(cd "$work/proven" && "$TOOLS/pk-server" stop >/dev/null)
	rm -rf "$work/plain" "$work/proven"
	"$TOOLS/pk-database" drop "$url"
done
