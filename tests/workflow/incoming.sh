# Two people work on a project: migrations that one commits come to the other in a session of hers, are no work of hers, and both go
# together to production.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

new_database production
production=$database production_url=$database_url
query "$production" 'create table a (id integer primary key)' 'create table b (id integer primary key)'
new_project anna
postkit init >/dev/null
postkit import URL="$production_url" >/dev/null 2>&1
postkit remote-add NAME=production URL="$production_url" >/dev/null
mkdir -p ../ben/.postkit
cp -R postkit.config.json postkit.secrets.json schema ../ben/
cp -R .postkit/db ../ben/.postkit/

# Anna has begun, with a plan and something by hand.
postkit -s start >/dev/null
sed -i 's/^);/    , anna integer\n);/' schema/tables/*_a.sql
postkit -s plan >/dev/null 2>&1
postkit -s apply >/dev/null 2>&1 || failed "anna applies"
path=$(postkit -s migration NAME="by hand" | sed -n 1p)
printf '%s\n' '-- migrate:up' 'update a set anna = id;' '-- migrate:down' 'select 1;' >"$path"
postkit -s apply >/dev/null 2>&1 || failed "anna applies by hand"

# Ben is done before her.
cd ../ben
postkit -s start >/dev/null
sed -i 's/^);/    , ben integer\n);/' schema/tables/*_b.sql
echo 'create table public.c (id integer primary key);' >schema/tables/c.sql
postkit -s plan >/dev/null 2>&1
postkit -s apply >/dev/null 2>&1
check "ben commits" postkit -s commit NAME=ben
postkit -s deploy FORCE=1 >"$here/log" 2>&1 || failed "ben deploys" "$(cat "$here/log")"
pk-server stop

# What git pull would bring.
cd ../anna
cp ../ben/schema/tables/*_b.sql ../ben/schema/tables/c.sql schema/tables/
cp ../ben/.postkit/db/migrations/* .postkit/db/migrations/
cp ../ben/.postkit/db/committed.json .postkit/db/
for verb in plan "commit NAME=anna"; do
	fails_with "$verb is refused" 2 'came in since the session began: [0-9]*_ben.sql' postkit -s $verb
done
matches "status says so" 'make apply brings them' "$(postkit status)"
# A state of the session with what an interrupted build has left.
psql -Xqd "$(pk-server url --database postkit)" -c 'insert into a values (1, 1), (2, 1)' -c 'create unique index concurrently half on a (anna)' 2>/dev/null
pk-dump --with-invalid "$(pk-server url --database postkit)" >.postkit/db/session/facts/x.before.jsonl 2>/dev/null
psql -Xqd "$(pk-server url --database postkit)" -c 'drop index half' -c 'delete from a'
output=$(postkit -s apply 2>&1)
check "what is invalid in a state stays so" grep -q '"id":"index public.half".*"invalid":true' .postkit/db/session/facts/x.before.jsonl
rm .postkit/db/session/facts/x.before.jsonl
matches "apply brings them" '^applied [0-9]*_ben.sql, which came in' "$output"
matches "and nothing else is to be done" 'has what the files say' "$output"
local=$(pk-server url --database postkit)
equal "they are in the local database" "c" "$(psql -XAtd "$local" -c "select 'c'::regclass")"
matches "nothing to plan" '^nothing to change' "$(postkit -s plan)"
check "anna commits" postkit -s commit NAME=anna
equal "ben's work is not hers" "" "$(grep -l -e 'TABLE public.c' -e 'ben' .postkit/db/migrations/*_anna*.sql)"
check "all migrations make what the files say" postkit -s verify
output=$(postkit -s deploy FORCE=1 2>&1)
matches "deployed" '^proof: ' "$output"
equal "both are there" "2" "$(query "$production" "select count(*) from pg_attribute where attname in ('anna', 'ben') and attnum > 0")"

# A branch without a migration that the session began with.
postkit -s start >/dev/null 2>&1
mv .postkit/db/migrations/*_ben.sql "$here/"
fails_with "a migration that has gone" 2 '_ben.sql, which is not in .postkit/db/migrations any more' postkit -s plan
mv "$here"/*_ben.sql .postkit/db/migrations/
