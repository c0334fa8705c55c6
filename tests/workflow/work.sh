# make plan, apply, commit: from edited files to a committed migration.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

new_shop
production=$database production_url=$database_url
new_project
postkit init >/dev/null
postkit import URL="$production_url" >/dev/null 2>"$here/log" || failed "import" "$(cat "$here/log")"
postkit remote-add NAME=production URL="$production_url" >/dev/null
postkit start >/dev/null 2>"$here/log" || failed "start" "$(cat "$here/log")"
local=$(pk-server url --database postkit)

matches "nothing to plan" '^nothing to change' "$(postkit -s plan 2>&1)"
equal "again: only what is asked every time" "nothing to change: the local database has what the files say" "$(postkit plan)"
review=$(echo schema/tables/*catalog.review.sql)
echo '-- a comment' >>"$review"
matches "a comment changes nothing" '^nothing to change' "$(postkit -s plan)"
fails_with "nothing planned: nothing to apply" 2 'there is no plan to apply' postkit -s apply

# A table with a foreign key, a column's type under a view, an enum value.
cat >schema/tables/wish.sql <<'END'
create table public.wish (
  id bigint generated always as identity primary key,
  customer_id bigint not null references public.customer on delete cascade,
  product_id bigint not null references catalog.product,
  unique (customer_id, product_id)
);
create index on public.wish (product_id);
END
sed -i "s/'shipped'/'packed', 'shipped'/" schema/enums/*sales.order_state.sql
output=$(postkit -s plan 2>&1)
matches "a plan says what it adds" '  + table public.wish' "$output"
matches "and that it is proven" '^proof: the plan leads to' "$output"
check "plan.sql" grep -q 'CREATE TABLE public.wish' .postkit/db/plan.sql
equal "plan.json" true "$(jq '.steps | length > 2' .postkit/db/plan.json)"
equal "the session knows" "true false .postkit/db/plan.sql" \
	"$(jq -r '.pendingChanges | "\(.planned) \(.applied) \(.planFile)"' .postkit/db/session.json)"
fails_with "what is not applied is not committed" 2 'the plan is not applied' postkit -s commit NAME=wishes
output=$(postkit -s apply 2>&1)
matches "apply" 'the local database has what the files say' "$output"
equal "the table is there" "wish" "$(psql -XAtd "$local" -c "select 'wish'::regclass")"
matches "nothing is left to plan" '^nothing to change' "$(postkit -s plan)"
matches "nothing is left to apply" '^nothing to apply' "$(postkit -s apply)"
echo "create table public.later (id integer primary key);" >schema/tables/later.sql
postkit -s plan >/dev/null 2>&1
check "a second plan is applied" postkit -s apply
output=$(postkit -s commit NAME="Wishes, and later" 2>&1)
equal "commit: the value of the enum has a transaction of its own" "wishes__and_later_1 wishes__and_later_2" \
	"$(printf '%s\n' "$output" | sed -n 's|^.postkit/db/migrations/[0-9]*_\(.*\)\.sql$|\1|p' | tr '\n' ' ' | sed 's/ $//')"
equal "its fingerprint is the local database's" "$(pk-dump --with-invalid "$local" 2>/dev/null | pk-compare --fingerprint -)" \
	"$(jq -r '.migrations[-1].fingerprint' .postkit/db/committed.json)"
equal "what it was made of" 2 "$(jq '.migrations[-1].sessionMigrations | length' .postkit/db/committed.json)"
check "it has both tables" grep -q 'CREATE TABLE public.later' .postkit/db/migrations/*_wishes__and_later_2.sql
equal "the session is over" "" "$(ls .postkit/db/session.json .postkit/db/session 2>/dev/null)"
output=$(postkit -s deploy FORCE=1 2>&1)
matches "deploy" '^proof: ' "$output"
equal "production has it" "wish" "$(query "$production" "select 'wish'::regclass")"
check "a new session" postkit -s start
matches "has nothing to plan" '^nothing to change' "$(postkit -s plan 2>&1)"

# ---- what is renamed keeps its rows, on the way to production too
psql -Xqd "$local" -c "insert into public.later values (7)"
query "$production" "insert into public.later values (8)"
cat >schema/tables/later.sql <<'END'
-- postkit:renamed from=later
create table public.sooner (
  -- postkit:renamed from=id
  number integer primary key);
END
matches "a rename is a change" '  ~ table public.sooner' "$(postkit -s plan 2>&1)"
fails_with "programs may use the old name" 2 "rename: column public.sooner.number" postkit -s apply
check "it is applied without a drop" postkit -s apply ALLOW=rename
equal "with its rows" 7 "$(psql -XAtd "$local" -c 'select number from sooner')"
check "committed" postkit -s commit NAME=sooner
postkit -s deploy FORCE=1 >/dev/null 2>&1
equal "and deployed with its rows" 8 "$(query "$production" 'select number from sooner')"

# ---- what cannot run in a transaction, a role that production does not have, and something written by hand: several files
role=${test_name}_$$
postkit -s start >"$here/log" 2>&1 || failed "start" "$(cat "$here/log")"
cat >>schema/infra/roles.sql <<END
DO \$\$ BEGIN
	IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '$role') THEN CREATE ROLE $role NOLOGIN; END IF;
END \$\$;
COMMENT ON ROLE $role IS 'what it says
-- migrate:down
is no section';
END
sed -i 's/number integer primary key/&, word text/' schema/tables/later.sql
printf '%s\n' "create index sooner_word on public.sooner (word);" "grant select on public.sooner to $role;" >>schema/tables/later.sql
path=$(postkit -s migration NAME="Fill the words" | sed -n 1p)
matches "a migration by hand has its place" '^.postkit/db/session/[0-9]*_fill_the_words.sql$' "$path"
fails_with "which is not committed before it is applied" 2 'the files and the local database say different' postkit -s commit NAME=words
postkit -s plan >/dev/null 2>&1
printf '%s\n' '-- by hand' '-- migrate:up' 'alter table public.sooner add word text;' 'update public.sooner set word = number::text;' \
	'-- migrate:down' 'alter table public.sooner drop word;' >"$path"
fails_with "it is applied first; then the plan is another" 2 'the local database has changed since the plan' sh -c '"$@" >/dev/null' sh \
	make --no-print-directory -s -f "$POSTKIT/Makefile" CONFIG="$CONFIG" apply
postkit -s plan >/dev/null 2>&1
check "and the rest after it" postkit -s apply ALLOW=privileges
output=$(postkit -s commit NAME="words" 2>&1)
equal "one file for each transaction, and for each statement outside of one" "words_1 words_2 words_3 words_4" \
	"$(printf '%s\n' "$output" | sed -n 's|^.*_\(words_[0-9]\)\.sql$|\1|p' | tr '\n' ' ' | sed 's/ $//')"
check "the role is made first" grep -q "CREATE ROLE $role" .postkit/db/migrations/*_words_1.sql
check "what was written by hand is as it was" grep -q '^-- by hand$' .postkit/db/migrations/*_words_2.sql
equal "only the last has a fingerprint" "null null null string" "$(jq -r '.migrations[-4:][] | .fingerprint | type' .postkit/db/committed.json | tr '\n' ' ' | sed 's/ $//')"
check "they make what the files say" postkit -s verify
postkit -s deploy FORCE=1 >"$here/log" 2>&1 || failed "deploy" "$(cat "$here/log")"
equal "deployed, with what was done by hand" "8|8" "$(query "$production" 'select number, word from sooner')"
equal "whatever its comment says" "what it says
-- migrate:down
is no section" "$(query postgres "select shobj_description(oid, 'pg_authid') from pg_roles where rolname = '$role'")"

# ---- the way back, with something in the middle that has none
postkit -s start >"$here/log" 2>&1 || failed "start" "$(cat "$here/log")"
change() { # SED
	sed -i "$1" schema/tables/later.sql
	{ postkit -s plan && postkit -s apply; } >"$here/log" 2>&1 || failed "$1" "$(cat "$here/log")"
}
by_hand() { # NAME UP DOWN
	path=$(postkit -s migration NAME="$1" | sed -n 1p)
	printf '%s\n' '-- migrate:up' "$2" '-- migrate:down' "$3" >"$path"
	postkit -s apply >"$here/log" 2>&1 || failed "$1" "$(cat "$here/log")"
}
change 's/word text/&, first integer/'
by_hand "no way back" 'update public.sooner set first = 1;' ''
change 's/first integer/&, second integer/'
by_hand "a good way back" 'update public.sooner set second = 2;' 'update public.sooner set second = null;'
output=$(postkit -s commit NAME=ways 2>&1)
equal "what has no way back is named, and no more" "_no_way_back.sql" "$(printf '%s\n' "$output" | sed -n 's/^commit: warning: the down section of [0-9]*\(.*sql\) does not lead back to what.*/\1/p')"
equal "all of it is committed" 4 "$(printf '%s\n' "$output" | grep -c '_ways_[1-4].sql$')"
check "and makes what the files say" postkit -s verify
query postgres "drop owned by $role" >/dev/null 2>&1
query "$production" "drop owned by $role" "drop role $role"
