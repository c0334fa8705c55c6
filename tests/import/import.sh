# make import: the whole chain on a project, what runs again and when, and that nothing of the user's is lost.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

new_shop
source=$database_url
new_project

import() {
	postkit import URL="$source" "$@"
}
tree() {
	find schema -name '*.sql' -type f | sort
}

check "init" postkit init
output=$(import 2>&1)
matches "the proof holds" '^proof: equal: [0-9]* facts of the source, of the baseline and of the files' "$output"
matches "objects are counted" ' 29  tables' "$output"
matches "the source is told" '^1|' "$(query "$database" "select count(*) || '|' from postkit.schema_migrations")"
check "a table has its file" grep -rq '^CREATE TABLE catalog.review' schema/tables
check "roles are in infra" grep -q 'CREATE ROLE shop_app' schema/infra/roles.sql
check "owners and privileges are in grants" grep -q '^GRANT SELECT ON TABLE catalog.brand TO shop_app' schema/grants/catalog.sql
check "one baseline is registered" [ "$(grep -c '"version"\|migrationFile' .postkit/db/committed.json)" = 1 ]
check "the migrations table is not in the files" sh -c '! grep -rq schema_migrations schema --include=*.sql'
local=$(pk-server url --database postkit)
equal "the local database holds the same" "$(pk-dump "$source" 2>/dev/null)" "$(pk-dump "$local" 2>/dev/null)"
if pg_dump_works "pg_dump of the local database"; then
	pg_dump -s -N postkit "$source" | grep -v '^\\' | sort >"$here/a"
	pg_dump -s -N postkit "$local" | grep -v '^\\' | sort >"$here/b"
	same_files "pg_dump -s says the same of both" "$here/a" "$here/b"
fi

# ---------------------------------------------------------------- again
output=$(import WHY=1 2>&1)
equal "again: nothing but the stamp" "reading the source
nothing has changed in the source; schema/ is as it was imported" "$output"
find schema -name '*.sql' -exec touch {} +
output=$(import WHY=1 2>&1)
matches "touched files start nothing" '^nothing has changed' "$output"
query "$database" "insert into public.country values ('FR', 'France')" "analyze public.country" "vacuum public.customer"
matches "data starts nothing" '^nothing has changed' "$(import 2>&1)"

# ------------------------------------------------- a change in the files alone
brand=$(ls schema/tables/*_catalog.brand.sql) country=$(ls schema/tables/*_country.sql)
cp "$brand" "$here/brand.sql"
cp "$country" "$here/country.sql"
mv "$country" schema/land.sql
matches "a moved file starts nothing" '^nothing has changed.*as it was imported' "$(import 2>&1)"
mv schema/land.sql "$country"
echo '-- mine' >>"$brand"
sed 's/text/varchar/' "$here/country.sql" >"$country"
cp "$country" "$here/edited.sql"
matches "edited files are said" '^nothing has changed.*edited since: 2 ' "$(import 2>&1)"
same_files "and kept" "$here/edited.sql" "$country"
check "FORCE=1 imports them again" import FORCE=1
same_files "as they were" "$here/country.sql" "$country"
same_files "after a backup" "$here/edited.sql" ".postkit/db/backup/${country#schema/}.1"
check "what still says everything is kept" grep -q -e '-- mine' "$brand"
mv "$here/brand.sql" "$brand"
rm "$country"
check "a file that was removed" import
same_files "is written again" "$here/country.sql" "$country"

# ---------------------------------------------------------- a change there
cp -R schema "$here/before"
query "$database" "alter table catalog.supplier add column phone text" "create table catalog.discount (id int primary key)"
equal "dry run: what would be done" "changed grants/catalog.sql
changed tables/013_catalog.supplier.sql
new tables/030_catalog.discount.sql" "$(import DRY_RUN=1 -s 2>/dev/null | grep -e '^new' -e '^changed' -e '^gone' -e '^conflict')"
same_files "dry run: nothing is done" "$here/before" schema
equal "dry run: and that is said" "nothing was written: DRY_RUN=1" "$(import DRY_RUN=1 -s 2>/dev/null | sed '/^new\|^changed/d')"
output=$(import PROVE=0 SYNC=0 2>&1)
matches "without a proof: an earlier one is not taken for it" '^proof: none (PROVE=0)' "$output"
equal "without a proof: only one word of it" 1 "$(printf '%s\n' "$output" | grep -c '^proof')"
check "import of a change" import FORCE=1
equal "only the affected files are rewritten" "schema/grants/catalog.sql
schema/tables/013_catalog.supplier.sql" "$(diff -rq "$here/before" schema | sed -n 's/^Files .* and \(.*\) differ$/\1/p' | sort)"
check "the new table's number is the next one" [ -f schema/tables/030_catalog.discount.sql ]
check "the baseline keeps its version" [ "$(ls .postkit/db/migrations | wc -l)" = 1 ]
query "$database" "drop table catalog.discount"
check "import of a drop" import FORCE=1
check "the file of what was dropped is gone" [ ! -f schema/tables/030_catalog.discount.sql ]

# --------------------------------------------- the tree belongs to the user
mkdir -p schema/people
mv schema/tables/*_employee.sql schema/people/staff.sql
query "$database" "alter table public.employee add column desk text" "create table public.moved_and_dropped (a int)"
check "a file that was only moved is no conflict" import
check "it is written where it is" grep -q desk schema/people/staff.sql
check "and has no backup" [ ! -e .postkit/db/backup/people ]
mv schema/tables/*_moved_and_dropped.sql schema/people/short.sql
query "$database" "drop table public.moved_and_dropped"
check "what it holds is dropped" import
check "it is gone, too" [ ! -e schema/people/short.sql ]
cat schema/tables/*_catalog.brand.sql schema/tables/*_catalog.category.sql >schema/tables/things.sql
rm schema/tables/*_catalog.brand.sql schema/tables/*_catalog.category.sql
echo '-- a word of mine' >>schema/tables/things.sql
query "$database" "alter table public.employee add column badge text"
check "import with moved and merged files" import FORCE=1
check "a moved file is written where it is" grep -q badge schema/people/staff.sql
check "it is not written again elsewhere" [ "$(grep -rl 'CREATE TABLE public.employee ' schema | wc -l)" = 1 ]
check "a merged file is left alone" grep -q 'a word of mine' schema/tables/things.sql
check "its tables are not written again" [ "$(grep -rl 'CREATE TABLE catalog.brand ' schema | wc -l)" = 1 ]

sed -i 's/street text/street text /; s/^);/); -- mine/' schema/tables/*customer_address.sql
printf '\nCREATE INDEX mine ON public.customer_address (city);\n' >>schema/tables/017_customer_address.sql
cp schema/tables/017_customer_address.sql "$here/edited.sql"
query "$database" "alter table public.customer_address add column zip text"
cp -R schema "$here/before2"
fails_with "a file edited since is a conflict" 2 '017_customer_address.sql' import -s
same_files "nothing has been written" "$here/before2" schema
check "FORCE=1 replaces it" import FORCE=1
same_files "after a backup" "$here/edited.sql" .postkit/db/backup/tables/017_customer_address.sql.1
check "and it is the source's now" grep -q zip schema/tables/017_customer_address.sql

echo '{"active": true}' >.postkit/db/session.json
fails_with "no import in a session" 2 'a session is active' import -s
rm .postkit/db/session.json

# ------------------------------------------------------------- make's own
query "$database" "comment on table catalog.brand is 'who makes it'"
matches "-n shows what would run" 'pk-stamp' "$(import -n 2>&1)"
check "import -j4" import -j4 FORCE=1
matches "V=1 shows the commands" 'pk-dump' "$(query "$database" "comment on table catalog.brand is 'x'"; import V=1 FORCE=1 2>&1)"

# -------------------------------------------------- what the server must have
psql -Xq -d "$source" <<'END'
set allow_in_place_tablespaces = on;
create tablespace "Fast one" location '';
create table public.quick (id int primary key using index tablespace "Fast one") tablespace "Fast one";
END
fails_with "a tablespace that a given server does not have" 2 'no tablespace "Fast one"' \
	sh -c 'pk-dump "$1" | pk-database tablespaces "$2"' sh "$source" "$(pk-server url --database postkit)"
output=$(import FORCE=1 SYNC=0 2>&1)
matches "PostKit's own server is given the source's tablespaces" '^proof: equal: ' "$output"
check "the files say them" grep -rq 'TABLESPACE "Fast one"' schema/tables

# --------------------------------------------------- nothing to write with
new_project elsewhere
postkit import URL="$source" SYNC=0 PROVE=0 -s >/dev/null 2>&1
check "without a project: proven on a server that is thrown away" postkit import URL="$source" SYNC=0 -s
equal "without a project: no server is left" "" "$(find . -name 'postmaster.pid' -o -name PG_VERSION)"
check "SYNC=0 writes no row" [ "$(query "$database" "select count(*) from postkit.schema_migrations")" = 1 ]

new_project length
check "SHORT=0" postkit import URL="$source" SYNC=0 SHORT=0 -s
check "SHORT=0 writes at length" sh -c '! grep -rq "PARTITION OF" schema && grep -rq "ATTACH PARTITION" schema'
cp -R schema "$here/long"
check "without it, again" postkit import URL="$source" SYNC=0 -s
same_files "the files stay as they are" "$here/long" schema
find schema -name '*.sql' -exec rm {} +
check "files that are not there yet" postkit import URL="$source" SYNC=0 PROVE=0 FORCE=1 -s
check "are written in short forms" grep -rq "PARTITION OF" schema

new_project part
output=$(postkit import URL="$source" SYNC=0 SCHEMA=catalog 2>&1)
check "SCHEMA= restricts" [ -z "$(grep -rl 'CREATE TABLE sales' schema)" ]
matches "SCHEMA= says what leaves the selection" 'outside the chosen schemas' "$output"
