# pk-load: trees of SQL files into a database, and what it says of those that do not fit.
. "$POSTKIT/tests/lib.sh"

# load NAME [SQL]: the tree in $here/NAME into a new database of that name; SQL says what to show.
load() {
	new_database "$1"
	check "$1 is loaded" pk-load "$1" "$database_url"
}

empty() { # NAME - the database holds nothing
	equal "$1 leaves nothing behind" 0 "$(query "$database" "select count(*) from pg_class where oid >= 16384")"
}

tables() { # all of them, with their schemas
	query "$database" "select string_agg(schemaname || '.' || tablename, ' ' order by schemaname, tablename) from pg_tables
		where schemaname not in ('pg_catalog', 'information_schema')"
}

# ------------------------------------------------------------- any order

mkdir -p any/infra any/a/b any/.hidden any/seeds
echo "create view shop.expensive as select * from shop.cheap where price > 10;" >any/1.sql
echo "create view shop.cheap as select * from shop.item; comment on view shop.expensive is 'after';" >any/2.sql
cat >any/a/3.sql <<'.'
alter table shop.item add constraint item_group_fkey foreign key ("group") references shop."group";
create index concurrently on shop.item using btree (price);
create trigger t before insert on shop.item for each row execute function shop.check_item();
create table shop.item (id int primary key, "group" int, price shop.price default shop.lowest());
.
cat >any/a/b/4.sql <<'.'
begin;
set search_path = shop;
create function check_item() returns trigger language plpgsql as $$ begin perform from shop.item; return new; end $$;
create function lowest() returns numeric language sql as 'select min(price) from item';
create function describe(item) returns text language sql as 'select $1.id::text';
create domain price as numeric check (value >= 0);
create table "group" (id int primary key);
commit;
.
echo "create schema shop;" >any/infra/schemas.sql
echo "insert into shop.item values (1, 1, 5); insert into shop.\"group\" values (1);" >any/seeds/1.sql
echo "this is not read" >any/.hidden/5.sql
echo "this is not read" >any/.6.sql
echo "this is not read" >any/notes.txt
load any
equal "all of it is there" "cheap expensive group item item_group_fkey item_price_idx t" "$(query "$database" "
	select string_agg(x, ' ' order by x) from (select relname from pg_class where oid >= 16384 and relkind in ('r', 'v', 'i') and
	relname !~ '_pkey|toast' union all select conname from pg_constraint where contype = 'f' union all select tgname from pg_trigger where not tgisinternal) t(x)")"
new_database any_seeds
check "--seeds loads them after everything" pk-load --seeds any "$database_url"
equal "rows that need each other" "1 5" "$(query "$database" "select id || ' ' || price from shop.item")"

# --------------------------------------------------------------- settings

mkdir settings
cat >settings/a.sql <<'.'
create schema one; create schema two;
set search_path = one;
create table t (a int);
set local search_path = two;
create table u (a int);
reset search_path;
create table t (b int);
.
echo "create table w (c int); set search_path = two; create table t (c int);" >settings/b.sql
load settings
equal "each table in the schema of its place" "one.t one.u public.t public.w two.t" "$(tables)"

# What the user's own settings are makes no difference, and where a file's own end is where a file says nothing.
owner=${test_name}_set_$$
query postgres "create role $owner superuser login"
for setting in 'standard_conforming_strings = off' 'backslash_quote = off' 'transform_null_equals = on' 'array_nulls = off' \
	'xmloption = document' 'default_tablespace = pg_global' "search_path = nowhere" 'check_function_bodies = on' \
	'quote_all_identifiers = on' 'row_security = off' 'default_transaction_isolation = serializable' "datestyle = 'German, DMY'"; do
	query postgres "alter role $owner set $setting"
done
mkdir own
cat >own/a.sql <<'.'
create table t (a text default 'it''s' || E'\'', b text[] default '{NULL}', c xml default 'a<b/>c', check (a <> 'x\y'));
set xmloption = document; set default_tablespace = pg_default;
create view d as select xml '<a/>' as x;
reset xmloption; set default_tablespace to default;
create view v as select a = null as n, xml 'a<b/>c' as x from t;
.
load own
pk-dump "$database_url" >own.facts
new_database own_2
check "whatever the user's settings are" pk-load own "$(printf '%s\n' "$database_url" | sed "s,//[^@]*@,//$owner@,")"
pk-dump "$(printf '%s\n' "$database_url" | sed "s,//[^@]*@,//$owner@,")" >own_2.facts
equal "files mean the same" "$(grep -v '"id":"owner ' own.facts)" "$(grep -v '"id":"owner ' own_2.facts)"
new_database own_3
query postgres "alter role $owner reset array_nulls"
check "and so do scripts" sh -c 'pk-order own.facts | pk-render | psql -Xq -v ON_ERROR_STOP=1 "$1"' sh "$(printf '%s\n' "$database_url" | sed "s,//[^@]*@,//$owner@,")"
equal "which give the same" "$(cat own.facts)" "$(pk-dump "$database_url")"

# ----------------------------------------------------------------- include

mkdir -p include/parts
printf '%s\n' "\\ir parts/'a b.sql'" "\\i include/parts/c.sql" "\\ir parts/d.sql" >include/main.sql
echo "create table ab ();" >"include/parts/a b.sql"
echo "set search_path = s; create schema s;" >include/parts/c.sql
echo "create table d ();" >include/parts/d.sql
load include
equal "included files are read where they are included, and once" "public.ab s.d" "$(tables)"
equal "--list names all of them" "include/main.sql include/parts/a b.sql include/parts/c.sql include/parts/d.sql" \
	"$(pk-load --list include | sort | tr '\n' ' ' | sed 's/ $//')"
fails_with "without a database" 2 'a database is needed' pk-load include

# What is read is what plans are kept by: files of any name, wherever they lie, and behind links.
mkdir -p linked elsewhere
echo '\i elsewhere/a.psql' >linked/main.sql
echo 'create table a ();' >elsewhere/a.psql
echo 'create table b ();' >elsewhere/b.sql
ln -s ../elsewhere linked/there
sums() {
	sh "$POSTKIT/mk/tree-sums.sh" "$TOOLS" linked
}
was=$(sums)
for file in a.psql b.sql; do
	echo '-- edited' >>"elsewhere/$file"
	[ "$was" != "$(sums)" ]
	equal "an edit of $file is seen" 0 $?
	was=$(sums)
done
ln -s ../linked linked/circle
load linked
mkdir circle
echo '\ir b.sql' >circle/a.sql
echo '\ir a.sql' >circle/b.sql
fails_with "a circle" 2 "circle/b.sql:1: error: .*a.sql includes itself" pk-load circle "$database_url"

# ------------------------------------------------------------- what is wrong

new_database wrong
mkdir wrong
printf '%s\n' "create table a (" "  x nothing," "  y int);" >wrong/1.sql
printf '%s\n' "create view v as select x from a;" "comment on view v is 'x';" "select 1/0;" >wrong/2.sql
printf '%s\n' "create table fine (a int);" "create tabel b ();" >wrong/3.sql
fails_with "each error at its line" 3 'wrong/1.sql:2: error: type "nothing" does not exist (SQLSTATE 42704)' pk-load wrong "$database_url"
equal "causes before consequences, all in the files' order" 'pk-load: wrong/1.sql:2: error: type "nothing" does not exist (SQLSTATE 42704)
pk-load: wrong/2.sql:3: error: division by zero (SQLSTATE 22012)
pk-load: wrong/3.sql:2: error: syntax error at or near "tabel" (SQLSTATE 42601)
pk-load: note: the following are consequences of the errors above
pk-load: wrong/2.sql:1: error: relation "a" does not exist (SQLSTATE 42P01)
pk-load: wrong/2.sql:2: error: relation "v" does not exist (SQLSTATE 42P01)' "$(cat .stderr)"
empty "a failed load"

mkdir text
printf 'select 1;\n\\set x 1\n\\copy t from x\ncopy t from stdin;\n1\n\\.\n' >text/1.sql
printf 'a\n\n"b' >text/2.sql
printf 'a\nb\303;' >text/3.sql
fails_with "what is wrong with the texts" 2 'text/1.sql:2: error: the psql command .set cannot be followed here' pk-load text "$database_url"
equal "all of it at once" "1.sql:2 1.sql:3 1.sql:4 2.sql:3 3.sql:2" "$(sed -n 's/.*text\/\([^ ]*\): error.*/\1/p' .stderr | tr '\n' ' ' | sed 's/ $//')"
fails_with "a file that is not there" 2 "cannot read nowhere.sql: No such file" pk-load nowhere.sql "$database_url"
fails_with "no database" 3 'database "nobody_made_this" does not exist' pk-load any "$(url nobody_made_this)"
mkdir nothing
check "a directory without files is a warning" sh -c "pk-load nothing '$database_url' 2>&1 | grep 'warning: no .*sql files in nothing'"
echo "create table from_input ();" | pk-load - "$database_url"
equal "standard input" from_input "$(query "$database" "select relname from pg_class where oid >= 16384")"
fails_with "what is there already" 3 'standard input:1: error: relation "from_input" already exists' sh -c "echo 'create table from_input ();' | pk-load - '$database_url'"

# ---------------------------------------------------------------- functions

mkdir bodies
printf '%s\n' "create function sound() returns int language sql as 'select a from later';" \
	"create function f(int) returns int language sql as \$\$" "  select 1" "  from nowhere \$\$;" \
	"create function f(text) returns int language plpgsql as '" "begin" "  retrun 1;" "end';" \
	"create table later (a int);" >bodies/1.sql
new_database bodies
check "bodies that are not valid are warnings" pk-load bodies "$database_url"
equal "at the line of the fault" 'pk-load: bodies/1.sql:4: warning: the body of public.f(integer): relation "nowhere" does not exist (SQLSTATE 42P01)
pk-load: bodies/1.sql:7: warning: the body of public.f(text): syntax error at or near "retrun" (SQLSTATE 42601)' "$(pk-load bodies "$(new_database bodies_2; echo "$database_url")" 2>&1)"
new_database bodies_3
fails_with "--strict makes errors of them" 3 "bodies/1.sql:7: error: the body of" pk-load --strict bodies "$database_url"
empty "a load with --strict"
equal "--no-validate does not look" "" "$(pk-load --no-validate bodies "$database_url" 2>&1)"

# ------------------------------------------------------------------ effects

mkdir effects
role=${test_name}_$$
cat >effects/a.sql <<.
create event trigger no_more on ddl_command_start execute function no_more();
create function no_more() returns event_trigger language plpgsql as \$\$ begin raise 'no more'; end \$\$;
create table t (a int primary key);
create materialized view m as select a from t;
insert into t values (1);
refresh materialized view m;
grant select on t to public;
.
cat >effects/0.sql <<.
alter default privileges grant select on tables to $role;
create table below (a int);
.
query postgres "create role $role" "create role ${role}_2"
load effects
equal "default privileges act on what is below them in their file" "t" \
	"$(query "$database" "select has_table_privilege('$role', 'below', 'select')")"
equal "event triggers and default privileges do not act on what is loaded with them" "t=1 {postgres=arwdDxt/postgres,=r/postgres}" \
	"$(query "$database" "select 't=' || a || ' ' || (select regexp_replace(relacl::text, 'arwdDxtm', 'arwdDxt') from pg_class where relname = 't') from m" | sed "s/$PGUSER/postgres/g")"

# A grantor that may not grant yet is only warned of by the server.
mkdir grants
cat >grants/a.sql <<.
create table t (a int);
set session authorization $role;
grant select, insert on t to ${role}_2;
reset session authorization;
.
echo "grant select on t to $role; grant insert on t to $role with grant option;" >grants/b.sql
echo "grant select on t to $role with grant option;" >grants/c.sql
load grants
equal "a grant that another one makes possible" "t t" "$(query "$database" "select has_table_privilege('${role}_2', 't', 'select') || ' ' || has_table_privilege('${role}_2', 't', 'insert')" | sed 's/true/t/g')"

# -------------------------------------------------------------- piece by piece

mkdir values
echo "create table t (a e default 'c'); alter type e add value 'c'; create type e as enum ('a', 'b');" >values/a.sql
load values
equal "a new enum value that is used at once" "'c'::e" "$(query "$database" "select pg_get_expr(adbin, adrelid) from pg_attrdef" | sed 's/public.//')"
new_database piecemeal
check "--piecemeal" pk-load --piecemeal any "$database_url"
equal "loads the same" 2 "$(query "$database" "select count(*) from pg_class where relnamespace = 'shop'::regnamespace and relkind = 'v'")"
new_database piecemeal_wrong
fails_with "--piecemeal with errors says what stays" 3 "warning: .* statements are loaded" pk-load --piecemeal wrong "$database_url"
new_database scratch_wrong
equal "--scratch does not" "3 0" "$(pk-load --scratch wrong "$database_url" 2>scratch.log && echo 0 || echo $?) $(grep -c 'statements are loaded' scratch.log || :)"

query postgres "drop owned by $role, ${role}_2" >/dev/null
for d in $test_databases; do query postgres "drop database if exists $d with (force)"; done
query postgres "drop role $role" "drop role ${role}_2" "drop role $owner"
