# What else people do with the verbs of a session: infra, seed, seeds that fail, make -n, a start that is cut off, a terminal.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

new_database remote
remote=$database remote_url=$database_url
query "$remote" 'create table a (id integer primary key, text text)' "insert into a values (1, 'one')"
new_project
postkit init >/dev/null
postkit import URL="$remote_url" >/dev/null 2>&1
postkit remote-add NAME=dev URL="$remote_url" >/dev/null
local=$(pk-server url --database postkit)
role=${test_name}_$$

# Cut off while it copies: nothing is begun, and it can be done again.
setsid sh -c 'MAKEFLAGS= exec make --no-print-directory -s -f "$POSTKIT/Makefile" CONFIG="$CONFIG" start' >/dev/null 2>&1 &
starting=$!
while [ ! -e .postkit/db/local.begun ] && kill -0 $starting 2>/dev/null; do
	sleep 0.02
done
kill -9 -$starting
wait $starting 2>/dev/null
equal "a start that is killed begins no session" "session: none" "$(postkit status | head -n 1)"
check "and is done again" postkit -s start
equal "the copy is whole" "a" "$(psql -XAtd "$local" -c "select 'a'::regclass")"

# infra and seeds.
mkdir -p schema/seeds
cat >>schema/infra/roles.sql <<END
DO \$\$ BEGIN
	IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '$role') THEN CREATE ROLE $role NOLOGIN; END IF;
END \$\$;
END
echo "insert into public.a values (2, 'two') on conflict do nothing;" >schema/seeds/a.sql
matches "infra shows its files" "CREATE ROLE $role" "$(postkit infra)"
equal "and does nothing" 0 "$(psql -XAtd "$local" -c "select count(*) from pg_roles where rolname = '$role'")"
check "infra in the local database" postkit infra APPLY=1
equal "the role is there" 1 "$(psql -XAtd "$local" -c "select count(*) from pg_roles where rolname = '$role'")"
equal "and not on the remote" 0 "$(query postgres "select count(*) from pg_roles where rolname = '$role'")"
check "infra in the remote one" postkit infra APPLY=1 TARGET=remote
equal "now it is" 1 "$(query postgres "select count(*) from pg_roles where rolname = '$role'")"
matches "seed shows its files" 'insert into public.a' "$(postkit seed)"
check "seed in the local database" postkit seed APPLY=1
equal "the row is there" 1 "$(psql -XAtd "$local" -c 'select count(*) from a')"

# make -n.
echo 'create table public.b (id integer primary key);' >schema/tables/b.sql
find .postkit/db -type f | sort | xargs sha256sum >"$here/before"
matches "make -n plan says what would run" 'pk-diff\|plan.sh' "$(postkit -n plan)"
find .postkit/db -type f | sort | xargs sha256sum >"$here/after"
same_files "and writes nothing" "$here/before" "$here/after"
check "make -j" postkit -s -j4 plan

# Seeds that fail: what is applied stays, and apply goes on with them.
echo "insert into public.b values (1), (1);" >schema/seeds/b.sql
fails_with "a seed that fails" 2 'schema/seeds/b.sql:1: error' sh -c '"$@" >/dev/null' sh \
	make --no-print-directory -s -f "$POSTKIT/Makefile" CONFIG="$CONFIG" apply
matches "status says so" 'an apply was begun' "$(postkit status)"
equal "the definitions are applied, once" "true false 1" \
	"$(jq -r '.pendingChanges | "\(.migrationApplied) \(.seedsApplied) \(.migrationFiles | length)"' .postkit/db/session.json)"
matches "a plan does not forget it" 'make apply goes on' "$(postkit -s plan)"
echo "insert into public.b values (1) on conflict do nothing;" >schema/seeds/b.sql
check "mended, it goes on" postkit -s apply
equal "the row is there too" 1 "$(psql -XAtd "$local" -c 'select count(*) from b')"

# A statement that fails leaves nothing of a transaction, and can be mended by another plan.
psql -XqAtd "$local" -c 'insert into a values (3, null)'
sed -i 's/text  *text/text text NOT NULL/' schema/tables/*_a.sql
echo 'create table public.c (id integer primary key);' >schema/tables/c.sql
postkit -s plan ONLINE=0 >/dev/null 2>&1
fails_with "what the data do not bear" 2 'contains null values' sh -c '"$@" >/dev/null' sh \
	make --no-print-directory -s -f "$POSTKIT/Makefile" CONFIG="$CONFIG" apply ALLOW=all
equal "nothing of it is done" "" "$(psql -XAtd "$local" -c "select to_regclass('c')")"
psql -XqAtd "$local" -c "update a set text = 'three' where id = 3"
check "mended, apply does it" postkit -s apply ALLOW=all
equal "all of it" "c" "$(psql -XAtd "$local" -c "select to_regclass('c')")"

# On a terminal it asks.
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	sed -i 's/text  *text/text varchar(10)/' schema/tables/*_a.sql
	postkit -s plan >/dev/null 2>&1
	apply="make --no-print-directory -s -f '$POSTKIT/Makefile' CONFIG='$CONFIG' apply"
	matches "on a terminal: no" 'nothing was done' "$(echo n | script -qec "$apply" /dev/null)"
	matches "on a terminal: yes" 'has what the files say' "$(echo y | script -qec "$apply" /dev/null)"
else
	skip "a terminal" "there is no script(1) that makes one"
fi
check "commit" postkit -s commit NAME=all
check "verify" postkit -s verify
query postgres "drop role $role"
