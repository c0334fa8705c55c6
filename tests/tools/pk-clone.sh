# pk-clone: definitions, data, some data; what it refuses.
. "$POSTKIT/tests/lib.sh"

new_database source
source=$database source_url=$database_url
mkdir m
cat >m/001_a.sql <<'END'
-- migrate:up
create schema "Odd name";
create type "Odd name".mood as enum ('good', 'bad');
create table parent (id integer primary key, mood "Odd name".mood);
create table child (id integer generated always as identity primary key, parent integer references parent, text text);
create table loop_a (id integer primary key, b integer);
create table loop_b (id integer primary key, a integer references loop_a);
alter table loop_a add foreign key (b) references loop_b;
create index child_text on child (text);
create view both_of_them as select c.*, p.mood from child c join parent p on p.id = c.parent;
create function f() returns bigint language sql begin atomic; select count(*) from child; end;
-- migrate:down
END
[ "$(server_version)" -ge 14 ] || sed -i 's/begin atomic; \(.*;\) end;/as $$ \1 $$;/' m/001_a.sql
pk-apply --quiet m "$source_url"
query "$source" "insert into parent values (1, 'good'), (2, 'bad')" \
	"insert into child (parent, text) select 1 + i % 2, E'a\\tb\\n' || i from generate_series(1, 1000) i" \
	"insert into loop_a values (1)" "insert into loop_b values (1, 1)" "update loop_a set b = 1" \
	"create role ${test_name}_$$" "grant select on child to ${test_name}_$$"
pk-dump "$source_url" >facts
equal_facts() {
	pk-dump "$database_url" >facts.copy
	same_files "$1" facts facts.copy
}
counts="select (select count(*) from parent), (select count(*) from child), (select count(*) from loop_a)"

new_database definitions
check "definitions" pk-clone "$source_url" "$database_url"
equal_facts "they are the same"
equal "no data" "0|0|0" "$(query "$database" "$counts")"
equal "the copy knows what is applied" "applied 001_a.sql" "$(pk-apply --list --exit-code m "$database_url" | awk '{print $1, $2}')"
fails_with "a copy is not made over something" 1 'is not empty' pk-clone "$source_url" "$database_url"

mkdir tmp
TMPDIR=$here/tmp
export TMPDIR
if pg_dump_works "data"; then
	new_database data
	check "with data" pk-clone --data --jobs 2 "$source_url" "$database_url"
	equal_facts "the same definitions"
	equal "the same data" "2|1000|1" "$(query "$database" "$counts")"
	equal "the same rows" "$(query "$source" "select md5(string_agg(c::text, ',' order by id)) from child c")" \
		"$(query "$database" "select md5(string_agg(c::text, ',' order by id)) from child c")"
	new_database some
	check "with some data" pk-clone --table public.child --table 'public.loop_*' "$source_url" "$database_url"
	equal_facts "all definitions"
	equal "some tables' data, whatever they refer to" "0|1000|1" "$(query "$database" "$counts")"
fi
new_database wrong
fails_with "no such table" 3 'pg_dump failed' pk-clone --table public.nothing "$source_url" "$database_url"
equal "nothing is left in TMPDIR" "" "$(ls tmp)"
fails_with "--data and --table" 2 'leave out --table' pk-clone --data --table a "$source_url" "$database_url"
for database in $test_databases; do
	query "$database" "drop owned by ${test_name}_$$"
done
query postgres "drop role ${test_name}_$$"
