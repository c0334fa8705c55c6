# The URL of a remote keeps all its parameters, for our programs and for pg_dump: Unix sockets, several hosts, options, service files,
# password files, sslmode. Each kind is used by a deploy, and by a copy with data.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

directory=$(psql -XAtc 'show data_directory')
cat >"$here/hba" <<END
local all pass_user scram-sha-256
local all all trust
END
cat "$here/hba" >"$directory/pg_hba.conf"
query postgres "set password_encryption = 'scram-sha-256'; create role pass_user superuser login password 'it''s a: \\secret'" "select pg_reload_conf()" >/dev/null
socket=$(printf %s "$PGHOST" | sed 's|/|%2F|g; s|+|%2B|g')
server="host=$PGHOST&port=$PGPORT&user=$PGUSER"
new_project
postkit init >/dev/null
mkdir -p .postkit/db/migrations
cat >.postkit/db/migrations/001_a.sql <<'END'
-- migrate:up
create table seen as select current_user::text as "user", current_setting('my.setting', true) as setting,
	current_setting('application_name') as application;
-- migrate:down
drop table seen;
END
# What the programs would fall back on is taken away.
without() {
	(unset PGHOST PGPORT PGUSER PGDATABASE; "$@")
}
# remote NAME URL EXPECTED - deploys to it; EXPECTED is what the session was seen to be
remote() {
	postkit remote-add NAME="$1" URL="$2" >/dev/null || failed "$1: remote-add"
	output=$(without postkit deploy FORCE=1 REMOTE="$1" 2>&1)
	matches "$1: deploy" "^proof: the remote $1" "$output"
	equal "$1: the session" "$3" "$(query "$database" 'select * from seen')"
	query postgres "drop database if exists copy" "create database copy template template0"
	if pg_dump_works "$1: a copy with data"; then
		check "$1: a copy with data" without pk-clone --data "@remote:$1" "$(url copy)"
		equal "$1: the data" "$3" "$(query copy 'select * from seen')"
	fi
}

new_database socket
remote socket "postgresql://$PGUSER@$socket:$PGPORT/$database?application_name=mine" "$PGUSER||mine"
new_database parameter
remote parameter "postgres:///$database?$server&application_name=it%27s%20%26%20mine" "$PGUSER||it's & mine"
new_database options
remote options "postgres:///$database?$server&application_name=x&options=-c%20my.setting%3Da%5C%20b" "$PGUSER|a b|x"
new_database hosts
remote hosts "postgres://$PGUSER@%2Fnowhere:1,$socket:$PGPORT/$database?target_session_attrs=read-write&application_name=x&connect_timeout=5" "$PGUSER||x"
new_database service
printf '[mine]\nhost=%s\nport=%s\nuser=%s\ndbname=%s\napplication_name=of the service\n' "$PGHOST" "$PGPORT" "$PGUSER" "$database" >"$here/services"
PGSERVICEFILE=$here/services
export PGSERVICEFILE
remote service "postgres:///?service=mine" "$PGUSER||of the service"
new_database pgpass
printf '%s:%s:%s:pass_user:it'"'"'s a\\: \\\\secret\n' "$(printf %s "$PGHOST" | sed 's/[:\\]/\\&/g')" "$PGPORT" '*' >"$here/pgpass"
chmod 600 "$here/pgpass"
PGPASSFILE=$here/pgpass
export PGPASSFILE
remote pgpass "postgres:///$database?host=$PGHOST&port=$PGPORT&user=pass_user&application_name=x" "pass_user||x"
unset PGPASSFILE
new_database passfile
remote passfile "postgres:///$database?host=$PGHOST&port=$PGPORT&user=pass_user&application_name=x&passfile=$here/pgpass" "pass_user||x"
new_database password
remote password "postgres://pass_user:it%27s%20a%3A%20%5Csecret@$socket:$PGPORT/$database?application_name=x" "pass_user||x"
equal "the password is in the file of secrets alone" "./postkit.secrets.json" "$(grep -rl 'it%27s%20a' . --include=*.json)"

# What no Unix socket has reaches libpq all the same.
postkit remote-add NAME=ssl URL="postgres:///$database?$server&sslmode=perhaps" >/dev/null 2>&1
fails_with "sslmode" 2 'sslmode' postkit -s migrations REMOTE=ssl
postkit remote-add NAME=ssl2 URL="postgres://nobody:hidden@localhost:1/$database?sslmode=verify-full&sslrootcert=$here/no.crt" >/dev/null 2>&1
postkit -s deploy REMOTE=ssl2 >err 2>&1
matches "a certificate that is not there, or nobody who listens" 'cannot connect' "$(cat err)"
equal "no password is shown" 0 "$(grep -c hidden err)"
matches "a wrong password" 'password authentication failed' "$(postkit -s migrations URL="postgres://pass_user:hidden@$socket:$PGPORT/$database" 2>&1)"
