# pk-apply beside dbmate (the npm package of that name, or a dbmate in PATH): each runs the other's directory and goes on
# where the other stopped.
. "$POSTKIT/tests/lib.sh"

if command -v dbmate >/dev/null; then
	dbmate=dbmate
elif npm install --prefix "$here/npm" --no-audit --no-fund --silent dbmate >/dev/null 2>&1; then
	dbmate=$here/npm/node_modules/.bin/dbmate
else
	skip "dbmate" "the npm package cannot be had"
	exit 0
fi
mkdir m
i=0
while [ $i -lt 8 ]; do
	i=$((i + 1))
	cat >m/2024010100000$i"_t$i.sql" <<-END
		-- made for dbmate

		--  migrate:up
		create table t$i (id integer primary key, text text default ';');
		create function f$i() returns integer language sql as \$\$ select $i; \$\$;

		-- migrate:down
		drop function f$i();
		drop table t$i;
	END
done
cat >m/20240101000005_index.sql <<'END'
-- migrate:up transaction:false
create index concurrently t1_text on t1 (text)

-- migrate:down transaction:false
drop index concurrently t1_text
END
rm m/20240101000005_t5.sql

# with_dbmate DATABASE TABLE COMMAND...
with_dbmate() {
	dbmate_url="postgres://$PGUSER@/$1?socket=$PGHOST&port=$PGPORT&sslmode=disable"
	dbmate_table=$2
	shift 2
	"$dbmate" --no-dump-schema --migrations-dir m --url "$dbmate_url" --migrations-table "$dbmate_table" "$@" >"$here/dbmate.out" 2>&1 ||
		failed "dbmate $*" "$(cat "$here/dbmate.out")"
}
# The facts of a database but those of the migrations tables.
facts() {
	pk-dump "$(url "$1")" | grep -v -e schema_migrations -e '"snapshot"'
}
versions() {
	query "$1" "select version from $2 order by version"
}

new_database dbmate
by_dbmate=$database
new_database postkit
by_postkit=$database
query "$by_dbmate" "create schema postkit"
with_dbmate "$by_dbmate" postkit.schema_migrations up
check "pk-apply runs a directory made for dbmate" pk-apply m "$database_url"
equal "the databases are equal" "$(facts "$by_dbmate")" "$(facts "$by_postkit")"
equal "the versions are equal" "$(versions "$by_dbmate" postkit.schema_migrations)" "$(versions "$by_postkit" postkit.schema_migrations)"

# Each sees what the other has done.
equal "pk-apply has nothing to do after dbmate" "" "$(pk-apply m "$(url "$by_dbmate")")"
with_dbmate "$by_postkit" postkit.schema_migrations up
equal "dbmate has nothing to do after pk-apply" "" "$(grep Applying "$here/dbmate.out")"
with_dbmate "$by_postkit" postkit.schema_migrations rollback
equal "dbmate rolls back what pk-apply applied" "pending 20240101000008_t8.sql" \
	"$(pk-apply --list m "$(url "$by_postkit")" | awk '$1 != "applied" {print $1, $2}')"
equal "pk-apply rolls back what dbmate applied" 2 "$(pk-apply --rollback 2 m "$(url "$by_dbmate")" | grep -c '^rolled back')"

# By turns.
new_database turns
pk-apply --quiet --to 20240101000002 m "$database_url"
mkdir some && mv m/20240101000007* m/20240101000008* some/
with_dbmate "$database" postkit.schema_migrations up
mv some/* m/
equal "pk-apply goes on after dbmate, which went on after pk-apply" "applied 20240101000007_t7.sql applied 20240101000008_t8.sql" \
	"$(echo $(pk-apply m "$database_url" | sed 's/ (.*//'))"
equal "nothing is missing" "$(facts "$database")" "$(pk-apply --quiet m "$(url "$by_postkit")"; facts "$by_postkit")"

# A table that dbmate has made in its usual place.
new_database adopted
mv m/20240101000008* some/
with_dbmate "$database" schema_migrations up
mv some/* m/
fails_with "what dbmate has applied is not applied again" 1 "is applied already, as dbmate's table public.schema_migrations" pk-apply m "$database_url"
equal "adopt" "adopted 7 migrations of public.schema_migrations" "$(pk-apply --adopt m "$database_url")"
equal "adopt again" "" "$(pk-apply --adopt m "$database_url")"
equal "go on" "applied 20240101000008_t8.sql" "$(pk-apply m "$database_url" | sed 's/ (.*//')"
echo '-- edited' >>m/20240101000001_t1.sql
fails_with "an edit is noticed from then on" 1 'changed since it was applied' pk-apply m "$database_url"

# What PostKit itself writes: a baseline with everything in it, and a migration partly outside of a transaction.
new_shop
shop=$database
new_project
postkit init >/dev/null
postkit import URL="$database_url" PROVE=0 >"$here/log" 2>&1 || failed "import" "$(cat "$here/log")"
printf -- '-- migrate:up transaction:false\ncreate index concurrently review_later on catalog.review (product_id);\n\n-- migrate:down transaction:false\ndrop index concurrently catalog.review_later;\n' \
	>.postkit/db/migrations/20990101000000_later.sql
cp -R .postkit/db/migrations "$here/m.postkit"
cd "$here" && rm -rf m && mv m.postkit m
new_database shop_dbmate
by_dbmate=$database
query "$by_dbmate" "create schema postkit"
with_dbmate "$by_dbmate" postkit.schema_migrations up
new_database shop_postkit
check "pk-apply runs what PostKit wrote" pk-apply --quiet m "$database_url"
same_shop() { # DATABASE
	pk-dump "$(url "$1")" 2>/dev/null
}
equal "dbmate runs it too, and the databases are equal" "$(same_shop "$database")" "$(same_shop "$by_dbmate")"
pk-apply --quiet m "$(url "$shop")" 2>/dev/null
same_shop "$shop" >"$here/wanted"
same_shop "$by_dbmate" >"$here/facts"
check "and equal to the database that it was imported from" pk-compare "$here/wanted" "$here/facts"
with_dbmate "$database" postkit.schema_migrations rollback
equal "dbmate undoes what pk-apply did" "" "$(query "$database" "select to_regclass('catalog.review_later')")"
equal "pk-apply does it again" "applied 20990101000000_later.sql" "$(pk-apply m "$database_url" | sed 's/ (.*//')"
