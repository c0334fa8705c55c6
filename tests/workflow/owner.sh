# A remote that is worked on as an ordinary role, while the local server's is another: what the files say nothing of belongs to
# whoever makes it, on each side, and that is no difference.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

new_database
query postgres "create role shop login" "create role other" "grant other to shop" "alter database $database owner to shop" \
	"alter schema public owner to pg_database_owner" 2>/dev/null
query "$database" "grant create on schema public to shop"
shop="${POSTKIT_SERVER_URL%%://*}://shop@${POSTKIT_SERVER_URL#*@}"
shop=${shop%/*}/$database
psql -Xqd "$shop" -c 'create table old (id integer)' -c 'create table others (id integer)' -c 'grant create on schema public to other' \
	-c 'alter table others owner to other'
owners() {
	query "$database" "select string_agg(relname || ' ' || pg_get_userbyid(relowner), ', ' order by relname) from pg_class where relkind in ('r', 'v') and relnamespace = 'public'::regnamespace"
}
new_project
postkit init >/dev/null
postkit import URL="$shop" >"$here/log" 2>&1 || failed "import" "$(cat "$here/log")"
postkit remote-add NAME=production URL="$shop" >/dev/null
# cycle NAME - from edited files to the remote
cycle() {
	{ postkit -s start || [ "$1" = new ]; } >"$here/log" 2>&1 && postkit -s plan >>"$here/log" 2>&1 && postkit -s apply FORCE=1 ALLOW=all >>"$here/log" 2>&1 &&
		postkit -s commit NAME="$1" >>"$here/log" 2>&1 && postkit -s deploy FORCE=1 >>"$here/log" 2>&1 || failed "$1" "$(cat "$here/log")"
}
echo 'create table public.new (id integer primary key);
create view public.shown as select id from public.old;' >schema/tables/new.sql
cycle new
equal "what is new belongs to whoever deployed it" "new shop, old shop, others other, shown shop" "$(owners)"
equal "no migration says an owner that nobody declared" "" "$(grep -l 'OWNER TO postgres' .postkit/db/migrations/*)"
equal "that is no drift" "the remote production is what its migrations made it" "$(postkit -s drift)"
check "the next session" postkit -s start
matches "has nothing to plan" '^nothing to change' "$(postkit -s plan 2>&1)"
postkit -s abort >/dev/null
sed -i 's/select id from/select id, id as again from/' schema/tables/new.sql
echo 'alter table public.new owner to other;' >schema/grants/new.sql
cycle declared
equal "an owner that is declared is given" "new other, old shop, others other, shown shop" "$(owners)"
check "the migrations make what the files say" postkit -s verify
equal "no drift" "the remote production is what its migrations made it" "$(postkit -s drift 2>&1)"
query postgres "alter database $database owner to shop"
query "$database" "alter table new owner to shop"
matches "who has what was changed by hand" '+ {"id":"owner of table public.new".*"role":"shop"' "$(postkit -s drift 2>&1)"
query "$database" "alter table new owner to other"
equal "and changed back" "the remote production is what its migrations made it" "$(postkit -s drift 2>&1)"
query "$database" "alter table old add column by_hand integer"
matches "drift is still seen" 'column public.old.by_hand' "$(postkit -s drift 2>&1)"
