# .pgschemaignore: what it names counts on neither side, with all that hangs on it.
. "$POSTKIT/tests/lib.sh"

cat >live.sql <<'EOF'
create schema audit;
create table audit.log (id serial primary key, what text);
create table tmp_1 (id serial primary key, a text);
create index on tmp_1 (a);
comment on column tmp_1.a is 'x';
create table tmp_keep (a int);
create table users (id int primary key, name text);
create index users_by_hand on users (name);
create view v_old as select 1 as x;
create function f_tmp(a int) returns int language sql as 'select 1';
create procedure p_tmp() language sql as 'select 1';
create type t_tmp as enum ('a');
create domain d_tmp as int;
create sequence s_tmp;
create materialized view m_tmp as select 1 as x;
create trigger no_trigger before update on users for each row execute function suppress_redundant_updates_trigger();
EOF
cat >schema.sql <<'EOF'
create table tmp_keep (a int);
create table users (id int primary key, name text);
create table tmp_2 (a int);
EOF
new_database live live.sql
live=$database_url
# A role that all tests share would be in each other's way: PUBLIC is one that is always there.
query "${live##*/}" 'grant select on users to public'
mkdir schema
cp schema.sql schema/
cat >schema/.pgschemaignore <<'EOF'
# temporary things
[tables]
patterns = ["tmp_?", "!tmp_keep"]
[views]
patterns = ["v_*", 'm_tmp']
[functions]
patterns = ["public.f_*"]
[procedures]
patterns = ["p_tmp"]
[types]
patterns = ["t_tmp", "d_tmp"]
[sequences]
patterns = ["s_*"]
[schemas]
patterns = ["audit"]
[indexes]
patterns = ["*_by_hand"]
[triggers]
patterns = ["no_*"]
[privileges]
patterns = ["public"]
EOF
diff_of() { # FROM TO MORE...
	diff_from=$1 diff_to=$2
	shift 2
	(unset PGHOST PGPORT PGUSER PGDATABASE POSTKIT_SERVER_URL; postkit -s diff FROM="$diff_from" TO="$diff_to" "$@")
}
equal "everything else is the same" "nothing to change" "$(diff_of "$live" schema PROVE=1)"
equal "the other way round too" "nothing to change" "$(diff_of schema "$live")"
pk-dump "$live" >live.facts
equal "a snapshot and files" "nothing to change" "$(diff_of live.facts schema)"
equal "pk-dump --ignore and pk-ignore leave the same" "$(pk-ignore schema/.pgschemaignore live.facts)" \
	"$(pk-dump --ignore schema/.pgschemaignore "$live")"
equal "nothing of it is left" "" "$(pk-ignore schema/.pgschemaignore live.facts | grep -e tmp_1 -e audit -e _tmp -e by_hand)"
equal "without the file, nothing is" "$(cat live.facts)" "$(pk-ignore nowhere live.facts)"
sed -i '/^\[tables\]/,/^patterns/d' schema/.pgschemaignore
matches "each pattern counts" '^  - table public.tmp_1$' "$(diff_of "$live" schema)"

# ---- what stays and needs what goes
cat >needs.sql <<'EOF'
create table base (a int primary key);
create view uses as select a from base;
create table child (a int references base);
EOF
new_database needs needs.sql
pk-dump "$database_url" >needs.facts
printf '[tables]\npatterns = ["base"]\n' >ignore
matches "what needs something ignored is said" 'warning: .* needs .*public.base.*, which is ignored' "$(pk-ignore ignore needs.facts 2>&1 >kept)"
check "and what is left is whole" pk-diff --exit-code kept kept
printf '\357\273\277[tables]\npatterns = ["base"]\n' >marked
equal "a byte order mark is none of it" "$(cat kept)" "$(pk-ignore marked needs.facts 2>/dev/null)"
printf '[tabels]\npatterns = ["base"]\n' >ignore
fails_with "an unknown section" 2 'ignore:1: error: unknown section' pk-ignore ignore needs.facts
printf '[tables]\npatterns = ["base"\n' >ignore
fails_with "a list without an end" 2 'ignore:[0-9]*: error: ' pk-dump --ignore ignore "$database_url"
