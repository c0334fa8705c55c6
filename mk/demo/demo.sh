#!/bin/sh
# demo.sh POSTKIT MAKE - the main job, on two private servers in POSTKIT/.postkit/demo: one stands for
# production, the other is the project's own: import, then the whole cycle of a change, up to its deployment. Everything
# there is made anew each time.
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
	shown=
	for word; do
		case $word in
		*[\ \^\*]*) shown="$shown '$word'" ;;
		*) shown="$shown $word" ;;
		esac
	done
	printf '%s$%s%s\n' "$dim" "$(printf '%s' "$shown" | sed -e "s|$make\( -s\)\{0,1\} -f $postkit/Makefile|make|" -e "s|$tools/||g")" "$plain"
	"$@"
}
# edit FILE SED - changes a file, and shows how
edit() {
	cp "$1" "$demo/before"
	sed "$2" "$demo/before" >"$1"
	printf '%s%s%s\n' "$dim" "   edited: $1" "$plain"
	diff "$demo/before" "$1" | sed -n 's/^[<>]/   &/p' | sed -e 's/^   </   -/' -e 's/^   >/   +/'
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
find schema -name '*.sql' | sort | sed -e 's|^|  |' | head -n 12
echo "  … and $(($(find schema -name '*.sql' | wc -l) - 12)) more"
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

say "6. A change begins: the local database becomes a copy of production"
run "$make" -f "$postkit/Makefile" remote-add NAME=production URL="$source"
run "$make" -s -f "$postkit/Makefile" start

say "7. The files are edited: a new table, a column's type under a view, a value of an enum"
cat >schema/tables/wish.sql <<END
CREATE TABLE public.wish (
    customer_id bigint REFERENCES public.customer ON DELETE CASCADE,
    product_id  bigint REFERENCES catalog.product,
    wished_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (customer_id, product_id)
);
END
run cat schema/tables/wish.sql
edit "$(echo schema/tables/*sales.order_line.sql)" 's/quantity   integer/quantity   bigint/'
edit "$(echo schema/enums/*sales.order_state.sql)" "s/^\( *\)'shipped',/\1'packed',\n&/"

say "8. The plan: what that does to the database, in the right order, at what cost; it is run in a copy, and leads where it says"
run "$make" -f "$postkit/Makefile" plan

say "9. Applied to the local database. What costs or loses something is refused until it is allowed by its name"
run "$make" -s -f "$postkit/Makefile" apply </dev/null || :
run "$make" -s -f "$postkit/Makefile" apply ALLOW=table-rewrite

say "10. Committed: migrations, up and down, for git and for production (a value of an enum needs a transaction of its own)"
run "$make" -s -f "$postkit/Makefile" commit NAME="wish list"
run head -n 16 .postkit/db/migrations/*_wish_list_2.sql

say "11. What a colleague's CI asks: do all migrations together make what the files say?"
run "$make" -s -f "$postkit/Makefile" verify

say "12. Deployed: rehearsed on a copy of production first, then applied under a lock, then proven"
run "$make" -s -f "$postkit/Makefile" deploy FORCE=1
run "$make" -s -f "$postkit/Makefile" migrations
run "$make" -s -f "$postkit/Makefile" status

say "What to try next (the project is in $demo/shop)"
cat <<END
  cd $demo/shop
  make -f $postkit/Makefile server-start     the project's own server, and its URL
  make -f $postkit/Makefile                  all verbs
  make -f $postkit/Makefile import URL=…     your own database: reading it needs no more than a login role;
                                             SYNC=0 leaves it untouched
END
