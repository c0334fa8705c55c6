# What people read of a plan: text, HTML, JSON; sizes, and what looks like a rename.
. "$POSTKIT/tests/lib.sh"

cat >old.sql <<'EOF'
create type mood as enum ('sad', 'ok');
create table users (id int primary key, phone text, age int, old_age int);
comment on table users is 'first';
create table gone (a int, b text default 'x');
create function old_f(a int) returns int language sql as 'select 1';
create view v as select id, age from users;
insert into users select i, repeat('x', 100), 1 from generate_series(1, 20000) i;
analyze users;
EOF
cat >new.sql <<'EOF'
create type mood as enum ('blue', 'ok');
create table users (id int primary key, mobile text, age bigint);
comment on table users is 'second <b>&amp;</b> "''';
create table come (a int, b text default 'x');
create table fresh (a int);
create function new_f(a int) returns int language sql as 'select 1';
create view v as select id, age from users;
EOF
new_database old old.sql
live=$database_url
pk-dump "$live" >old.facts
pk-sizes "$live" >sizes
new_database new new.sql
pk-dump "$database_url" >new.facts
pk-diff --show --sizes sizes old.facts new.facts >plan

pk-render --format text plan >text
equal "first a line that sums it up, then objects, their parts behind them" "4 to add, 4 to change, 4 to drop; 5 hazards

  ~ enum public.mood
  + function public.new_f(integer)
  - function public.old_f(integer)
  + table public.come
  + table public.fresh
  - table public.gone
  ~ table public.users
      ~ column public.users.age
      + column public.users.mobile
      - column public.users.old_age
      - column public.users.phone
      ~ comment on table public.users
  ~ view public.v" "$(sed '/view public.v/q' text)"
equal "what looks like a rename is pointed out, with the directive" "\
  value blue of enum public.mood  -- postkit:renamed from=sad
  column public.users.mobile  -- postkit:renamed from=phone
  function public.new_f(integer)  -- postkit:renamed from=old_f
  table public.come  -- postkit:renamed from=gone" "$(sed -n 's/^  \(.*  -- postkit:renamed\)/  \1/p' text)"
matches "as a note on standard error with SQL" 'note: column public.users.phone is dropped and column public.users.mobile is added' \
	"$(pk-render --format sql plan 2>&1 >/dev/null)"
matches "with what to write" 'hint: .*-- postkit:renamed from=phone' "$(pk-render --format sql plan 2>&1 >/dev/null)"
equal "nothing where nothing was dropped" "" "$(pk-diff --show new.facts new.facts | pk-render --format sql 2>&1 >/dev/null)"
matches "sizes make it concrete" '^-- rewrites [0-9]* [kM]B (20000 rows), blocks reads and writes of table public.users (ACCESS EXCLUSIVE)' "$(cat text)"
equal "without colours where nobody looks" 0 "$(grep -c "$(printf '\033')" text)"
if script -qec true /dev/null >/dev/null 2>&1; then
	matches "with colours on a terminal" "$(printf '\033')\[32m" "$(script -qec "pk-render --format text plan" /dev/null)"
	equal "unless NO_COLOR is set" 0 "$(NO_COLOR=1 script -qec "pk-render --format text plan" /dev/null | grep -c "$(printf '\033')")"
fi

pk-render --format html plan >page
equal "the page needs nothing from outside" "" "$(grep -o -e '<script' -e 'src=' -e 'href=' -e 'url(' page)"
equal "what is in it is escaped" 0 "$(grep -c '<b>&amp;amp;\|second <b>' page)"
matches "each object, before" '<del>.*phone *text' "$(cat page)"
matches "and after" '<ins>.*mobile *text' "$(cat page)"
check "JSON is one object, with all that the plan has" jq -e \
	'.plan == 1 and (.steps | length) > 5 and (.objects | length) == 13 and .likely_renames[0].directive == "-- postkit:renamed from=sad"' <<EOF
$(pk-render --format json plan)
EOF
equal "a plan comes back as it was" "$(cat plan)" "$(pk-render --format json plan | jq -c '{plan, from, to, steps: (.steps | length), objects: (.objects | length), likely_renames}, .steps[], .objects[]')"
sed '$d' plan >cut
fails_with "one that was cut off in what it says" 2 'it has been cut off' pk-render --format text cut
