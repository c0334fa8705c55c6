# make deploy to a server of another major version than the local one: what that writes in another way is no drift. The other
# server's programs are those of `make test-matrix`.
. "$POSTKIT/tests/lib.sh"

other=
for directory in "$POSTKIT"/.postkit/servers/*/bin; do
	[ "$directory" = "$POSTKIT/.postkit/servers/$(server_version)/bin" ] || [ ! -x "$directory/postgres" ] || other=$directory
done
if [ -z "$other" ]; then
	skip "deploy to another version" "there is no other server here (make test-matrix gets some)"
	exit 0
fi
mkdir other
remote=$(cd other && PG_BINDIR=$other pk-server start)
ask() {
	psql -XqAt -v ON_ERROR_STOP=1 -d "$remote" -c "$1"
}
new_project
postkit init >/dev/null
postkit remote-add NAME=production URL="$remote" >/dev/null
migrations=.postkit/db/migrations
mkdir -p $migrations
cat >$migrations/20240101000000_first.sql <<'END_'
-- migrate:up
create table person (id bigint generated always as identity primary key, name text not null, state text check (state in ('a', 'b')));
create view known as select id, name from person where state = 'a';
create index on person using gin (to_tsvector('simple', name));
-- migrate:down
drop table person cascade;
END_
# The fingerprint is that of the local server's version.
new_database
pk-apply --quiet $migrations "$database_url"
pk-dump "$database_url" 2>/dev/null >"$here/facts"
printf '{"migrations": [{"migrationFile": {"name": "20240101000000_first.sql"}, "fingerprint": "%s"}]}' "$(pk-compare --fingerprint "$here/facts")" >.postkit/db/committed.json
matches "deploy is proven" '^proof: the remote production is what the rehearsal gave' "$(postkit deploy FORCE=1 2>&1)"
equal "no false drift" "the remote production is what its migrations made it" "$(postkit drift 2>&1)"
ask 'alter table person drop column state cascade'
output=$(postkit drift 2>&1)
matches "drift is seen" '^  - {"id":"view public.known"' "$output"
equal "no more than what was done" "column constraint view" \
	"$(printf '%s\n' "$output" | sed -n 's/^  [-+] {"id":"\([a-z_]*\) .*/\1/p' | sort -u | tr '\n' ' ' | sed 's/ $//')"

# What was read from one server is not taken for what another one would say.
new_project moved
postkit init >/dev/null
echo 'create table a (i integer);' >schema/tables/a.sql
printf -- '-- migrate:up\ncreate table a (i integer);\n-- migrate:down\n' >.postkit/db/migrations/20240101000000_a.sql
PG_BINDIR=$other postkit -s verify >/dev/null 2>&1 || failed "verify on the other server"
equal "on the same server nothing is read again" "" "$(postkit -s verify WHY=1 2>/dev/null | grep 'has changed')"
pk-server stop
rm -rf .postkit/server
output=$(postkit -s verify WHY=1 2>/dev/null)
matches "on a server of another version the files are read again" '^.postkit/db/desired.jsonl: .postkit/db/server has changed' "$output"
matches "and the migrations are run again" '^.postkit/db/verified: .postkit/db/server has changed' "$output"
