# pk-server: start, stop, what a crash leaves, odd places, throwaway servers.
. "$POSTKIT/tests/lib.sh"

# The process of the server in ./.postkit/server.
server_process() {
	head -n 1 .postkit/server/data/postmaster.pid
}

# await SECONDS COMMAND... - until it succeeds.
await() {
	tries=$(($1 * 20))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.05
	done
}

new_project
fails_with "no server yet: url" 1 'no server runs' pk-server url
equal "no server yet: status" "stopped 1" "$(echo $(pk-server status; echo $?))"
check "no server yet: stop" pk-server stop
check "nothing is made by asking" [ ! -e .postkit ]

url=$(pk-server start)
equal "start prints the URL of a database that answers" 1 "$(psql "$url" -Atc 'select 1')"
equal "start again" "$url" "$(pk-server start)"
equal "url" "$url" "$(pk-server url)"
equal "url of another database" "${url%/*}/a%20b%2Fc%3F" "$(pk-server url --database 'a b/c?')"
equal "status" "running, process $(server_process)
$url" "$(pk-server status)"
equal "no TCP port, no durability, UTF-8" "listen_addresses=
fsync=off
synchronous_commit=off
full_page_writes=off
max_locks_per_transaction=1024
server_encoding=UTF8" "$(psql "$url" -Atc "select name || '=' || setting from pg_settings where name in ('listen_addresses',
	'fsync', 'synchronous_commit', 'full_page_writes', 'max_locks_per_transaction', 'server_encoding')
	order by array_position(array['listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes',
	'max_locks_per_transaction', 'server_encoding'], name)")"
equal "the server's directory is closed to others" 700 "$(stat -L -c %a .postkit/server)"
check "it does not run as root" [ "$(stat -L -c %u .postkit/server/data)" != 0 -o "$(id -u)" != 0 ]

# What a crash leaves.
psql -q "$url" -c 'create table kept (i int)' -c 'checkpoint'
old=$(server_process)
kill -9 "$old"
await 10 sh -c "! kill -0 $old 2>/dev/null"
equal "status after a crash" "stopped" "$(pk-server status)"
url=$(pk-server start)
equal "start after a crash" kept "$(psql "$url" -Atc "select relname from pg_class where relname = 'kept'")"
pk-server stop
check "stop waits until the server is gone" [ ! -e .postkit/server/data/postmaster.pid ]
check "stop again" pk-server stop

sleep 60 &
other=$!
printf '%s\n%s\n1\n5432\n%s\n\n0\nready\n' $other "$(readlink -f .postkit/server/data)" \
	"$(readlink -f .postkit/server)" >.postkit/server/data/postmaster.pid
equal "status: a process that has the old server's number by chance" stopped "$(pk-server status)"
check "stop leaves that process alone" pk-server stop
check "start does not mind that process" pk-server start
check "it lives" kill -0 $other
kill $other
pk-server stop

# Somebody has tidied up, and the server's socket is gone.
url=$(pk-server start)
rm "$(readlink -f .postkit/server)/.s.PGSQL.5432"
equal "status without its socket" "stopped" "$(pk-server status)"
pk-server start >/dev/null
equal "start brings back a server whose socket is gone" kept "$(psql "$url" -Atc "select relname from pg_class where relname = 'kept'")"
pk-server stop

# Making the cluster.
rm -rf .postkit
new_project killed
pk-server start >/dev/null &
starting=$!
await 10 test -e .postkit/server/data.new
kill -9 $starting
check "start after a killed initdb" pk-server start
check "nothing is left of it" [ ! -e .postkit/server/data.new ]
pk-server stop

new_project together
for i in 1 2 3 4; do
	pk-server start >"$here/together.$i" 2>&1 &
done
wait
equal "four starts at the same time: one server" "$(pk-server url)" "$(sort -u "$here"/together.?)"
pk-server stop

echo 9 >.postkit/server/data/PG_VERSION
fails_with "a cluster of a version that is not here" 2 'the programs of PostgreSQL 9 are not here' pk-server start
fails_with "a cluster of another version than asked for" 2 'is a cluster of PostgreSQL 9, not 15' \
	pk-server start --server-version 15
rm .postkit/server/data/PG_VERSION
fails_with "something else in the cluster's place" 2 'is not a cluster' pk-server start
rm -rf .postkit
fails_with "a version that is not here" 2 'the programs of PostgreSQL 99 are not here' \
	pk-server start --server-version 99
mkdir empty
fails_with "PG_BINDIR without the programs" 2 "none in $PWD/empty" env PG_BINDIR="$PWD/empty" pk-server start

# Odd places.
long=$(printf '%0100d' 0)
for place in "$long" 'with, comma' "quotes ' \" \$HOME \\ %41" 'blank and é'; do
	new_project "$place"
	url=$(pk-server start)
	equal "a server in $place" 1 "$(psql "$url" -Atc 'select 1')"
	socket=$(psql "$url" -Atc 'show unix_socket_directories' | tr -d '"')
	pk-server stop
	case $place in
	$long | *,*) check "the short socket directory is gone" [ ! -e "$socket" ] ;;
	esac
done
if [ "$(id -u)" = 0 ]; then
	new_project owned
	chown daemon .
	check "a project of another user" psql "$(pk-server start)" -c 'select 1'
	equal "the server is that user's" daemon "$(stat -L -c %U .postkit/server/data)"
	pk-server stop
	new_project closed
	chmod 700 .
	check "a project that the server's account cannot enter" psql "$(pk-server start)" -c 'select 1'
	elsewhere=$(readlink -f .postkit/server)
	pk-server stop
	rm -rf "$elsewhere"
	check "the place elsewhere was cleared away" pk-server start
	elsewhere=$(readlink -f .postkit/server)
	pk-server stop
	rm -rf "$elsewhere"
	new_project inner
	chmod 755 .
	chmod 700 "$here"
	check "one that lies in a directory that the server's account cannot enter" psql "$(pk-server start)" -c 'select 1'
	elsewhere=$(readlink -f .postkit/server)
	pk-server stop
	rm -rf "$elsewhere"
	chmod 755 "$here"
fi
new_project open
mkdir -p dir/something
chmod 755 dir
fails_with "a directory that others can enter" 2 'others can enter it' pk-server start --directory dir
new_project file
mkdir .postkit
echo >.postkit/server
fails_with "a file in the way" 2 'cannot use the directory .postkit/server' pk-server start

if mkdir full && mount -t tmpfs -o size=30m tmpfs full 2>/dev/null; then
	chmod 755 full
	fails_with "full disk" 2 'No space left on device' pk-server start --directory full/server
	equal "nothing half-made stays" "" "$(ls -d full/server/data* 2>/dev/null)"
	umount full
else
	skip "pk-server: full disk" "it needs the right to mount a small file system"
fi

# Throwaway servers.
new_project throwaway
TMPDIR=$PWD/tmp
export TMPDIR
mkdir tmp
chmod 755 . tmp
equal "run: the environment names the server" "1 postgres $PWD/tmp" "$(pk-server run sh -c 'echo $(psql -Atc "select 1, current_user" -F" ") ${PGHOST%/*}')"
equal "run: POSTKIT_SERVER_URL" 1 "$(pk-server run sh -c 'psql -At "$POSTKIT_SERVER_URL" -c "select 1"')"
equal "run: the command's options are its own" "--number" "$(pk-server run printf "%s\n" --number)"
pk-server run sh -c 'exit 7'
equal "run: the command's exit status" 7 $?
fails_with "run: no such command" 127 'no-such-command: error' pk-server run no-such-command
fails_with "run: no command" 2 'no command' pk-server run
equal "run: everything is removed" "" "$(ls tmp)"
pk-server run sh -c 'echo $PPID >pid; kill -TERM $PPID; sleep 20'
equal "run: ended by a signal" 143 $?
equal "run: ended by a signal, everything is removed" "" "$(ls tmp)"
pk-server run sh -c 'kill -9 $PPID'
check "run: killed, everything is removed all the same" await 20 sh -c '[ -z "$(ls tmp)" ]'
