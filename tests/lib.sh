# lib.sh - what the shell tests use; a test begins with
#     . "$POSTKIT/tests/lib.sh"
#
# A test is run by tests/run in an empty directory of its own (removed afterwards), with the programs
# in PATH and PGHOST, PGPORT, PGUSER, POSTKIT_SERVER_URL naming a server that all tests share: a test
# works in databases that it makes itself (new_database), and with roles that carry its name. One with the line
# `# A server of its own.` gets one (pk-stamp, for one, sees every change of any role).
# It goes on after a check that failed; done_testing is not needed, the exit status comes by itself.

PATH=$TOOLS:$PATH
export PATH
LC_ALL=C.UTF-8
export LC_ALL
# The directory of the test, and a name that no other test running now has.
here=$PWD
test_name=$(basename "$0" .sh | tr -c 'a-z0-9\n' _)
test_failures=0
test_databases=

passed() { # NAME
	printf 'ok - %s\n' "$1"
}

failed() { # NAME [LINES OF WHY]
	printf 'not ok - %s\n' "$1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/    /'
	test_failures=$((test_failures + 1))
}

skip() { # NAME REASON - said at the end of the run
	printf 'skip - %s: %s\n' "$1" "$2"
}

# check NAME COMMAND... - passes when the command succeeds.
check() {
	check_name=$1
	shift
	if check_output=$("$@" 2>&1); then
		passed "$check_name"
	else
		failed "$check_name" "status $? of: $*
$check_output"
	fi
}

# equal NAME EXPECTED ACTUAL - passes when the texts are the same.
equal() {
	if [ "$2" = "$3" ]; then
		passed "$1"
	else
		printf '%s\n' "$2" >"$here/.expected"
		printf '%s\n' "$3" >"$here/.actual"
		failed "$1" "$(diff "$here/.expected" "$here/.actual" | head -n 40)"
	fi
}

# same_files NAME EXPECTED ACTUAL - passes when the files or trees hold the same bytes.
same_files() {
	if check_output=$(diff -r "$2" "$3" 2>&1); then
		passed "$1"
	else
		failed "$1" "$(printf '%s\n' "$check_output" | head -n 40)"
	fi
}

# matches NAME PATTERN TEXT - passes when a line of the text matches the basic regular expression.
matches() {
	if printf '%s\n' "$3" | grep -q -e "$2"; then
		passed "$1"
	else
		failed "$1" "no line matches $2 in:
$3"
	fi
}

# fails_with NAME STATUS PATTERN COMMAND... - passes when the command ends with that status, prints nothing to
# stdout, and a line of its stderr matches the pattern (basic regular expression).
fails_with() {
	check_name=$1 check_status=$2 check_pattern=$3
	shift 3
	check_output=$("$@" 2>"$here/.stderr")
	set -- $? "$*"
	if [ "$1" != "$check_status" ]; then
		failed "$check_name" "status $1, not $check_status, of: $2
$(cat "$here/.stderr")"
	elif [ -n "$check_output" ]; then
		failed "$check_name" "it printed: $(printf '%s\n' "$check_output" | head -n 5)"
	elif ! grep -q -e "$check_pattern" "$here/.stderr"; then
		failed "$check_name" "no line matches $check_pattern in:
$(cat "$here/.stderr")"
	else
		passed "$check_name"
	fi
}

# url DATABASE - the URL of a database of the shared server.
url() {
	printf '%s\n' "${POSTKIT_SERVER_URL%/*}/$1"
}

# new_database [SUFFIX [SQL FILE...]] - makes an empty database, dropped at the end, and sets $database and
# $database_url to it; loads the files.
new_database() {
	database=$test_name${1:+_$1}_$$
	database_url=$(url "$database")
	query postgres "drop database if exists $database" "create database $database template template0"
	test_databases="$test_databases $database"
	[ $# = 0 ] || shift
	for file; do
		psql -XqAt -v ON_ERROR_STOP=1 -d "$database_url" -f "$file" || failed "loading $file"
	done
}

# new_shop - the demo's database, without what the server is too old for; sets $database and $database_url.
new_shop() {
	new_database shop
	if [ "$(server_version)" -ge 15 ]; then
		cat "$POSTKIT/mk/demo/shop.sql"
	elif [ "$(server_version)" -ge 14 ]; then
		sed 's/ nulls not distinct//' "$POSTKIT/mk/demo/shop.sql"
	else
		sed -e 's/ nulls not distinct//' -e '/^begin atomic$/,/^end;$/{s/^begin atomic$/as $$/;s/^end;$/$$;/}' \
			-e 's/^return \(extract.*\);$/as $$ select \1 $$;/' "$POSTKIT/mk/demo/shop.sql"
	fi >"$here/shop.sql"
	PGOPTIONS=--client-min-messages=error psql -XqAt -v ON_ERROR_STOP=1 -d "$database_url" -f "$here/shop.sql" >"$here/shop.log" 2>&1 ||
		failed "loading the shop" "$(cat "$here/shop.log")"
}

# query DATABASE SQL... - runs each statement, prints what comes back, fails with the first that fails.
query() {
	query_database=$1
	shift
	for statement; do
		PGOPTIONS=--client-min-messages=warning psql -XqAt -v ON_ERROR_STOP=1 -d "$(url "$query_database")" -c "$statement" || return
	done
}

# The major version of the shared server.
server_version() {
	query postgres "select current_setting('server_version_num')::int / 10000"
}

# pg_dump_works NAME - whether pg_dump can read the shared server (it reads no newer one than itself); if not, skips NAME.
pg_dump_works() {
	pg_dump --version >/dev/null 2>&1 &&
		[ "$(pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge "$(server_version)" ] && return
	skip "$1" "it needs a pg_dump for PostgreSQL $(server_version)"
	return 1
}

# new_project [NAME] - makes an empty project directory and goes there; $project is its path.
new_project() {
	project=$here/${1:-project}
	mkdir -p "$project" && cd "$project" || exit 1
}

# postkit VERB... - make, on the project in the current directory, with the programs under test.
postkit() {
	MAKEFLAGS= MAKELEVEL= make --no-print-directory -f "$POSTKIT/Makefile" CONFIG="$CONFIG" "$@"
}

test_end() {
	test_status=$?
	cd "$here" || exit 1
	for database in $test_databases; do
		query postgres "drop database if exists $database with (force)"
	done
	# Servers of the test's projects.
	for directory in */.postkit/server .postkit/server; do
		[ ! -e "$directory" ] || pk-server stop --directory "$directory"
	done
	[ "$test_status" != 0 ] || [ "$test_failures" = 0 ] || exit 1
}
trap test_end EXIT
trap 'exit 130' INT TERM HUP
