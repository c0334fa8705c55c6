#!/bin/sh
# round-trip.sh [FILE.sql...] - whether databases come back whole
#
# Each file is loaded into an empty database; what pk-dump, pk-order and pk-render make
# of that database is loaded into another. The facts of both must be the same bytes.
# Where there is a pg_dump for the server's version, each entry of its dump of the second
# must be one of the first, or of what pg_dump and psql make of the first (which is not
# always the same: expressions change once, columns of child tables move).
# The files that pk-normalize writes, loaded into a third one, must give the facts, too; what a file of
# tests says of them in `-- @has PATTERN` and `-- @lacks PATTERN` (grep's) holds.
# What the queries put together themselves must be what the server says (definitions.psql).
# A plain role must see the same facts. Without operands: all files of this directory.
#
# The server is the one that libpq's environment names. By hand:
#
#   tools/pk-server run tests/catalog/round-trip.sh tests/catalog/view.sql
#
# Roles, which are the server's, are made by roles.psql. What in a file is for some versions only is marked
# (for-version.awk). A file that begins with `-- @secrets` has values that must not come out, each with the word
# `hidden` in it. One that begins with `-- @undumpable: REASON` is not compared by pg_dump.
#
# KEEP=DIRECTORY leaves what was compared there, to look at.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tools=${TOOLS:-$here/../../tools}
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
a=pk_round_$$_a b=pk_round_$$_b c=pk_round_$$_c d=pk_round_$$_d
failed=0

sql() {
	psql -qAtX -v ON_ERROR_STOP=1 "$@"
}

# The entries of `pg_dump -s`, one a line, sorted; in one of privileges or of an operator family, the lines:
# their order is that of the GRANTs, or of the catalog's rows.
entries() {
	pg_dump -s "$1" | grep -v '^\\\(un\)\{0,1\}restrict' | awk '
		function put(  i, k, line) {
			for (i = 2; unordered && i <= n; i++) {
				line = lines[i]
				for (k = i - 1; k > 0 && lines[k] > line; k--)
					lines[k + 1] = lines[k]
				lines[k + 1] = line
			}
			for (i = 1; i <= n; i++)
				printf "%s\001", lines[i]
			printf "\n"
			n = 0
		}
		/^-- Name: / { put(); unordered = / Type: ((DEFAULT )?ACL|OPERATOR FAMILY);/ }
		unordered { sub(/( ,|;)$/, "") }
		{ lines[++n] = $0 }
		END { put() }' | LC_ALL=C sort
}

fail() {
	echo "not ok - $name: $1"
	[ ! -s "$work/log" ] || head -n 20 "$work/log" | sed 's/^/    /'
	failed_here=yes
	failed=1
}

differ() {
	diff "$work/$1" "$work/$2" >"$work/log" && return
	fail "$3"
	return 1
}

# A role that owns nothing and may do nothing reads the same, but for what only others may see.
plain() {
	sed -e '/^{"id":"user_mapping /s/,"fdw_options":\[[^]]*\]//' -e '/^{"id":"subscription /s/,"connection":"\(\\.\|[^"]\)*"//' \
		-e '/^{"id":"subscription /s/,"synchronous_commit":"[a-z_]*"//' "$work/facts" >"$work/facts.seen"
	"$tools/pk-dump" --strict "dbname=$1 options='-c role=nobody'" 2>"$work/log" |
		sed -e '/^{"id":"subscription /s/,"synchronous_commit":"[a-z_]*"//' >"$work/facts.plain"
	cp "$work/log" "$work/log.plain"
	differ facts.seen facts.plain "a plain role reads something else: $(cat "$work/log.plain")"
}

# The third database, and what the files look like.
files() {
	sql -d postgres -c "create database $d template template0 encoding 'UTF8'" || exit
	{
		mkdir -p "$work/infra/infra" &&
		"$tools/pk-infra" "dbname=$a" "$work/infra/infra" &&
		"$tools/pk-normalize" --manifest "$work/manifest" --extra "$work/infra" "$work/tree" "$work/facts" >"$work/list" &&
		"$tools/pk-load" "$work/tree" "dbname=$d" &&
		"$tools/pk-dump" "dbname=$d" >"$work/facts.files"
	} 2>"$work/log" || { fail "the files cannot be written and loaded"; return; }
	"$tools/pk-compare" "$work/facts" "$work/facts.files" >"$work/log" || fail "the facts of the files differ"
	find "$work/tree" -name '*.sql' -exec cat {} + >"$work/tree.sql"
	while read -r dashes word pattern; do
		case "$dashes $word" in
		'-- @has') grep -q -e "$pattern" "$work/tree.sql" || echo "not in the files: $pattern" ;;
		'-- @lacks') ! grep -e "$pattern" "$work/tree.sql" ;;
		esac
	done <"$work/input.sql" >"$work/log"
	[ ! -s "$work/log" ] || fail "the files are not as they should be"
}

round() {
	awk -v low="$major" -v high="$major" -f "$here/for-version.awk" "$1" >"$work/input.sql"
	[ -s "$work/input.sql" ] || return 0
	sql -d postgres -c "create database $a template template0 encoding 'UTF8'" \
		-c "create database $b template template0 encoding 'UTF8'" || exit
	sql -d "$a" -f "$work/input.sql" >"$work/log" 2>&1 || { fail "does not load"; return; }
	{
		"$tools/pk-dump" --strict "dbname=$a" >"$work/facts" &&
		"$tools/pk-order" "$work/facts" >"$work/ordered" &&
		"$tools/pk-render" "$work/ordered" >"$work/rendered.sql"
	} 2>"$work/log" || { fail "cannot be dumped"; return; }
	plain "$a"
	sql -d "$a" -f "$here/definitions.psql" <"$work/facts" >"$work/log" 2>&1 && grep -q '^compared' "$work/log" &&
		[ "$(wc -l <"$work/log")" = 1 ] || fail "definitions are not the server's"
	# `left out` names things that are not to come back.
	sql -d "$b" -f "$work/rendered.sql" >"$work/log" 2>&1 || { fail "what was rendered does not load"; return; }
	"$tools/pk-dump" "dbname=$b" >"$work/facts.again" 2>"$work/log" || { fail "cannot be dumped again"; return; }
	differ facts facts.again "the facts differ" || return
	files
	if grep -q '^-- @secrets' "$1"; then
		! grep hidden "$work/facts" "$work/rendered.sql" >"$work/log" || fail "a secret came out"
		return
	fi
	if [ "$dumps" ] && ! grep -q '^-- @undumpable' "$1"; then
		entries "$a" >"$work/dump"
		entries "$b" >"$work/dump.again"
		! cmp -s "$work/dump" "$work/dump.again" || return
		sql -d postgres -c "create database $c template template0 encoding 'UTF8'" || exit
		pg_dump -s "$a" 2>/dev/null | psql -qX -d "$c" >/dev/null 2>&1
		{ cat "$work/dump"; entries "$c"; } | LC_ALL=C sort -u | LC_ALL=C comm -13 - "$work/dump.again" |
			tr '\001' '\n' >"$work/log"
		[ ! -s "$work/log" ] || { fail "pg_dump's entries differ"; return; }
		[ "$(wc -l <"$work/dump")" = "$(wc -l <"$work/dump.again")" ] ||
			{ fail "pg_dump has not as many entries"; return; }
	fi
}

finish() {
	for database in "$a" "$b" "$c" "$d"; do
		# A database with subscriptions cannot be dropped, and no slot is given up for them.
		sql -d "$database" 2>/dev/null <<-'EOF'
			select format('alter subscription %1$I disable; alter subscription %1$I set (slot_name = none); drop subscription %1$I', subname)
			from pg_subscription join pg_database d on d.oid = subdbid where datname = current_database()
			\gexec
		EOF
		sql -d postgres -c "drop database if exists $database" 2>/dev/null
	done
	[ -z "${KEEP:-}" ] || { mkdir -p "$KEEP/$name" && cp -R "$work"/* "$KEEP/$name/"; }
	rm -rf "$work/tree" "$work/infra" "$work/manifest"
}

major=$(sql -d postgres -c "select current_setting('server_version_num')::int / 10000") || exit
dumps=
[ "$(pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -lt "$major" ] || dumps=yes
[ "$dumps" ] || echo "skip - round trips compared by pg_dump: it needs a pg_dump for PostgreSQL $major"
sql -d postgres -f "$here/roles.psql" || exit
[ $# -gt 0 ] || set -- "$here"/*.sql
for file; do
	name=$(basename "$file" .sql) failed_here=
	round "$file"
	[ "$failed_here" ] || echo "ok - $name"
	finish
done
exit $failed
