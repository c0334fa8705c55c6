# pk-sync: the baseline marked as applied, twice, by who may and who may not, on a read-only server.
. "$POSTKIT/tests/lib.sh"

new_database
role=${test_name}_$$
reader=$(printf '%s\n' "$database_url" | sed "s|//[^@]*@|//$role@|")
query "$database" "create role $role login" "create table public.schema_migrations (version varchar primary key)"
echo 'select 1;' | pk-baseline --version 20240131123456 db
checksum=$(sed -n 's/.*"checksum": "\(.*\)".*/\1/p' db/committed.json)
row="20240131123456|20240131123456_imported_baseline.sql|$checksum"
rows() {
	query "$database" "select version, name, checksum from postkit.schema_migrations order by 1"
}

# Who may not gets the SQL.
pk-sync db "$reader" >by-hand.sql 2>said
matches "without the right to write: said" 'not marked as applied (permission denied' "$(cat said)"
matches "another program's table is mentioned" 'left alone: public.schema_migrations' "$(cat said)"
equal "nothing was made" f "$(query "$database" "select to_regnamespace('postkit') is not null")"
equal "--print gives the same" "$(cat by-hand.sql)" "$(pk-sync --print db)"
check "the SQL works" psql -Xq -v ON_ERROR_STOP=1 -d "$database_url" -f by-hand.sql
equal "and marks it" "$row" "$(rows)"
query "$database" "drop schema postkit cascade"

equal "marked: nothing is printed" "" "$(pk-sync db "$database_url" 2>/dev/null)"
equal "the row" "$row" "$(rows)"
stamp=$(query "$database" "select xmin, applied_at from postkit.schema_migrations")
check "again" pk-sync db "$database_url"
equal "nothing is written" "$stamp" "$(query "$database" "select xmin, applied_at from postkit.schema_migrations")"
echo 'select 2;' | pk-baseline --version 1 db
check "another content" pk-sync db "$database_url"
equal "the new checksum, the same version" "20240131123456|$(sed -n 's/.*"checksum": "\(.*\)".*/\1/p' db/committed.json)" \
	"$(query "$database" "select version, checksum from postkit.schema_migrations")"

# A table with dbmate's column only; rights on the table alone.
query "$database" "drop schema postkit cascade" "create schema postkit" \
	"create table postkit.schema_migrations (version varchar primary key)" \
	"insert into postkit.schema_migrations values ('20230101000000')"
check "dbmate's form" pk-sync db "$database_url"
equal "gets the other columns, and keeps its rows" "20230101000000|f 20240131123456|t" \
	"$(echo $(query "$database" "select version, name is not null from postkit.schema_migrations order by 1"))"
query "$database" "delete from postkit.schema_migrations" "grant usage on schema postkit to $role" \
	"grant select, insert, update on postkit.schema_migrations to $role"
equal "rights on the table are enough" "" "$(pk-sync db "$reader" 2>/dev/null)"
equal "it is marked" 1 "$(query "$database" "select count(*) from postkit.schema_migrations")"

# A server that cannot be written.
query "$database" "delete from postkit.schema_migrations" "alter database $database set default_transaction_read_only to on"
matches "read-only" 'not marked as applied (cannot execute INSERT in a read-only transaction)' \
	"$(pk-sync db "$database_url" 2>&1 >/dev/null)"
equal "the SQL" "$(pk-sync --print db)" "$(pk-sync db "$database_url" 2>/dev/null)"
query postgres "alter database $database reset default_transaction_read_only"

# Under the runner's lock.
psql -XqAt -d "$database_url" -c "select pg_advisory_lock(31647739056712052); select pg_sleep(1.5)" >/dev/null &
for try in 1 2 3 4 5 6 7 8 9 10; do
	[ "$(query "$database" "select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())")" = 0 ] || break
	sleep 0.1
done
check "waits for the lock" pk-sync db "$database_url"
equal "until it is free" 0 "$(query "$database" "select count(*) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())")"
wait

mkdir empty
fails_with "no baseline" 2 'registers no baseline' pk-sync empty "$database_url"
fails_with "no database" 2 'the database is missing' pk-sync db
fails_with "no server" 4 'cannot connect' pk-sync db "postgres://%2Fno%2Fsuch%2Fplace/x"
query postgres "drop database $database"
query postgres "drop role $role"
