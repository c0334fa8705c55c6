# pk-baseline: the file, its registration, run again, changed, edited, refused.
. "$POSTKIT/tests/lib.sh"

new_database source
created=$(query "$database" "select to_char(to_timestamp((system_identifier >> 32)::double precision) at time zone 'UTC', 'YYYYMMDDHH24MISS') from pg_control_system()")
echo 'create table t ();' | check "the version of a database" pk-baseline --version-from "$database_url" by-database
equal "is the age of its cluster" "${created}_imported_baseline.sql" "$(ls by-database/migrations)"
query "$database" "create role ${test_name}_$$ login" "revoke execute on function pg_control_system() from public"
echo 'create table t ();' | check "where that is not told" \
	pk-baseline --version-from "$(printf '%s\n' "$database_url" | sed "s|//[^@]*@|//${test_name}_$$@|")" not-told
equal "it is the epoch" "19700101000000_imported_baseline.sql" "$(ls not-told/migrations)"
query "$database" "drop role ${test_name}_$$"

printf 'create table t ();\ncomment on table t is '\''\n-- migrate:down\n'\'';' >first.sql
baseline() { # SQL FILE [OPTION]... - in .postkit/db
	baseline_input=$1
	shift
	pk-baseline --version 20240131123456 "$@" .postkit/db <"$baseline_input"
}
equal "a baseline: its path" .postkit/db/migrations/20240131123456_first__import.sql "$(baseline first.sql --name "First: Import")"
same_files "its files" "$POSTKIT/tests/tools/pk-baseline" .postkit/db
equal "its checksum" "$(sha256sum <.postkit/db/migrations/20240131123456_first__import.sql | cut -d ' ' -f 1)" \
	"$(sed -n 's/.*"checksum": "\(.*\)".*/\1/p' .postkit/db/committed.json)"
touch -d 2001-01-01 .postkit/db/committed.json .postkit/db/migrations/*
check "again, with another name" baseline first.sql --name other --version 1
equal "nothing is written" "" "$(find .postkit/db -type f -newermt 2002-01-01)"
echo 'create table u ();' >second.sql
check "another input" baseline second.sql
equal "the same file" "20240131123456_first__import.sql" "$(ls .postkit/db/migrations)"
check "has the new SQL" grep -q 'create table u' .postkit/db/migrations/*.sql
echo '-- mine' >>.postkit/db/migrations/20240131123456_first__import.sql
matches "edited by hand: a warning" 'warning: .* was edited by hand' "$(baseline second.sql 2>&1)"
matches "and what it was" '^-- mine$' "$(cat .postkit/db/migrations/*.edited)"

pk-dump "$database_url" >facts
baseline second.sql --facts facts >/dev/null 2>&1
equal "the fingerprint of its facts" "$(pk-diff facts facts | sed 's/.*"to":"\([0-9a-f]*\)".*/\1/')" \
	"$(sed -n 's/.*"fingerprint": "\(.*\)".*/\1/p' .postkit/db/committed.json)"
equal "the same from pk-compare" "$(pk-compare --fingerprint facts)" "$(sed -n 's/.*"fingerprint": "\(.*\)".*/\1/p' .postkit/db/committed.json)"

sed 's/"migrations": \[/&{"migrationFile": {"name": "20250101000000_next.sql"}},/' .postkit/db/committed.json >committed.json
cp committed.json .postkit/db/
check "a migration after it: the same baseline" baseline second.sql
fails_with "another one is refused" 1 '20250101000000_next.sql builds on the baseline' baseline first.sql

fails_with "no input" 2 'nothing on standard input' baseline /dev/null
fails_with "no version" 2 'one of --version and --version-from' pk-baseline x
fails_with "a version that is none" 2 'not the version of a migration' pk-baseline --version 1x x <first.sql
printf '{\n=======\n<<<<<<< a\n' >.postkit/db/committed.json
fails_with "conflict markers" 2 'committed.json:3:1: error: merge conflict markers' baseline first.sql
printf '{"migrations": [}' >.postkit/db/committed.json
fails_with "malformed" 2 'committed.json:1:17: error: malformed JSON: a value is needed' baseline first.sql
printf "create table t ();\nselect '\n-- migrate:up" >unclosed.sql
rm .postkit/db/committed.json
fails_with "SQL that does not end" 2 'standard input:2: error' baseline unclosed.sql
check "nothing is left of it" [ ! -e .postkit/db/committed.json ]
