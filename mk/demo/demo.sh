#!/bin/sh
# demo.sh POSTKIT MAKE - the main job, on two private servers in POSTKIT/.postkit/demo: one stands for
# production, the other is the project's own. Everything there is made anew each time.
set -eu
postkit=$1 make=$2
tools=$postkit/tools
demo=$postkit/.postkit/demo
# The make above must not lend its flags to the ones below.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES 2>/dev/null || :

if [ -t 1 ]; then
	bold=$(printf '\033[1m') dim=$(printf '\033[2m') plain=$(printf '\033[0m')
else
	bold='' dim='' plain=''
fi
say() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
# run COMMAND... - shows a command as one would type it, and runs it
run() {
	printf '%s$ %s%s\n' "$dim" "$(echo "$*" | sed -e "s|$make -f $postkit/Makefile|make|" -e "s|$tools/||g")" "$plain"
	"$@"
}

stop() {
	"$tools/pk-server" --directory "$demo/production" stop >/dev/null 2>&1 || :
	[ ! -d "$demo/shop" ] || (cd "$demo/shop" && "$tools/pk-server" stop >/dev/null 2>&1) || :
}
stop
rm -rf "$demo"
mkdir -p "$demo/shop"
trap stop EXIT
trap 'exit 130' INT TERM

say "1. Production: a shop's database as it has grown by hand (a private server, nothing of yours is touched)"
"$tools/pk-server" --directory "$demo/production" start >/dev/null
source=$("$tools/pk-server" --directory "$demo/production" --database shop url)
"$tools/pk-database" create "$source"
PGOPTIONS='-c client_min_messages=error' psql -X -q -v ON_ERROR_STOP=1 -d "$source" -f "$postkit/mk/demo/shop.sql"
psql -X -d "$source" -c "select n.nspname as schema, count(*) filter (where relkind in ('r', 'p')) as tables,
  count(*) filter (where relkind in ('v', 'm')) as views, count(*) filter (where relkind in ('i', 'I')) as indexes,
  (select count(*) from pg_proc p where p.pronamespace = n.oid
     and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')) as functions
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'catalog', 'sales', 'audit') group by n.oid, 1 order by 1"

cd "$demo/shop"
say "2. A new project, and the import: it reads everything, writes files, and proves that they say the same"
run "$make" -f "$postkit/Makefile" init
run "$make" -f "$postkit/Makefile" import URL="$source"

say "3. What it wrote: one file for each table, view and function, numbered in the order of creation"
find schema -name '*.sql' | sort | sed -e 's|^|  |' | head -n 60
say "   A table, with everything that belongs to it:"
run cat schema/tables/*catalog.review.sql
say "   And who may do what:"
run head -n 24 schema/grants/catalog.sql

say "4. The proof: the database built from the files and the one built from the baseline hold the same facts as production"
run cat .postkit/db/proof
echo "   Nobody has to believe that. pg_dump says the same of production and of the local database:"
local=$("$tools/pk-server" --database postkit url)
schema_of() { pg_dump -s -N postkit "$1" | grep -v -e '^\\' -e '^-- Dumped' | sort; }
schema_of "$source" >"$demo/production.sql"
schema_of "$local" >"$demo/local.sql"
if cmp -s "$demo/production.sql" "$demo/local.sql"; then
	echo "   pg_dump -s: equal, $(wc -l <"$demo/local.sql" | tr -d ' ') lines"
else
	diff "$demo/production.sql" "$demo/local.sql" || :
	echo "demo: error: production and the local database differ" >&2
	exit 1
fi

say "5. Again: nothing has changed, so nothing is done"
run "$make" -f "$postkit/Makefile" import URL="$source"

say "6. Somebody changes production by hand: only that table's file is written anew"
psql -X -q -d "$source" -c 'alter table catalog.supplier add column phone text'
run "$make" -s -f "$postkit/Makefile" import URL="$source" FORCE=1 | sed -n '/files/p;/proof/p'
run cat .postkit/db/tree.list

say "What to try next (the project is in $demo/shop)"
cat <<END
  cd $demo/shop
  make -f $postkit/Makefile server-start     the project's own server, and its URL
  make -f $postkit/Makefile                  all verbs
  make -f $postkit/Makefile import URL=…     your own database: reading it needs no more than a login role;
                                             SYNC=0 leaves it untouched
END
