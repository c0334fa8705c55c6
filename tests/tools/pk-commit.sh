# pk-commit: versions, several files, what an interruption leaves, whether files and committed.json fit together.
. "$POSTKIT/tests/lib.sh"

text() { # TABLE
	printf -- '-- migrate:up\ncreate table %s ();\n-- migrate:down\ndrop table %s;\n' "$1" "$1"
}
commit() { # TABLE DESCRIPTION [OPTION]...
	commit_table=$1 commit_description=$2
	shift 2
	text "$commit_table" | pk-commit "$@" db "$commit_description"
}
registered() {
	jq -r '.migrations[].migrationFile.name' db/committed.json | tr '\n' ' ' | sed 's/ $//'
}
# A clock that stands still, then goes back.
SOURCE_DATE_EPOCH=1735689599
export SOURCE_DATE_EPOCH
equal "a version is the time" db/migrations/20241231235959_first__one.sql "$(commit a "First: one")"
equal "in the same second it is the next number" db/migrations/20241231235960_two.sql "$(commit b two)"
SOURCE_DATE_EPOCH=1000000000
equal "a clock that went back makes no earlier one" db/migrations/20241231235961_three.sql "$(commit c three --fingerprint abc --session s/1_x.sql --session s/2_y.sql)"
mkdir db/session
text s >db/session/20250101000000_by_hand.sql
equal "a session's count too" db/migrations/20250101000001_four.sql "$(commit d four)"
rm db/session/*
unset SOURCE_DATE_EPOCH
equal "registered in their order" "20241231235959_first__one.sql 20241231235960_two.sql 20241231235961_three.sql 20250101000001_four.sql" "$(registered)"
equal "with what it was made of" '[{"name":"1_x.sql","path":"s/1_x.sql"},{"name":"2_y.sql","path":"s/2_y.sql"}]' \
	"$(jq -c '.migrations[2].sessionMigrations' db/committed.json)"
equal "its checksum" "$(text c | sha256sum | cut -d ' ' -f 1)" "$(jq -r '.migrations[2].checksum' db/committed.json)"
equal "and its fingerprint" abc "$(jq -r '.migrations[2].fingerprint' db/committed.json)"
check "all fits" pk-commit --check db

# Run again after an interruption.
cp -R db before
commit d four >/dev/null
same_files "the same text again: nothing is written" before db
cp before/committed.json .
jq 'del(.migrations[-1])' committed.json >db/committed.json
equal "a file that was not registered is taken up" db/migrations/20250101000001_four.sql "$(commit d four)"
equal "once" 4 "$(ls db/migrations | wc -l | tr -d ' ')"
commit e five >/dev/null
commit d "four again" >/dev/null
equal "the text of an older one is a new migration" 6 "$(ls db/migrations | wc -l | tr -d ' ')"

# Several pairs of sections.
{ echo '-- words'; text f; text g; } >two.sql
text h >one.sql
output=$(pk-commit --fingerprint fff db many two.sql one.sql | sed 's|.*/[0-9]*_||' | tr '\n' ' ')
equal "a file for each pair" "many_1.sql many_2.sql many_3.sql " "$output"
equal "only the last has the fingerprint" "null null fff" "$(jq -r '.migrations[-3:][].fingerprint' db/committed.json | tr '\n' ' ' | sed 's/ $//')"
equal "what stands before is kept" "-- words" "$(head -n 1 db/migrations/*_many_1.sql)"
cp -R db whole
for cut in 1 2 3; do
	rm -rf db
	cp -R whole db
	jq '.migrations |= .[:-3]' whole/committed.json >db/committed.json
	for part in 3 2 1; do
		[ $part -le $((3 - cut)) ] || rm db/migrations/*_many_$part.sql
	done
	pk-commit --fingerprint fff db many two.sql one.sql >/dev/null
	equal "with $cut files missing: the rest is written" "$(ls whole/migrations | sed 's/^[0-9]*//')" "$(ls db/migrations | sed 's/^[0-9]*//')"
	check "and registered" pk-commit --check --fingerprint fff db
done

fails_with "no migration" 2 'standard input:1: error: a statement before' sh -c 'echo "select 1;" | pk-commit db x'
fails_with "no name" 2 'not a name for a migration' sh -c "printf -- '-- migrate:up\n-- migrate:down\n' | pk-commit db '…'"
fails_with "another fingerprint" 1 "fingerprint is not that" pk-commit --check --fingerprint eee db
check "it is recorded" pk-commit --record --fingerprint eee db
check "and fits" pk-commit --check --fingerprint eee db
rm db/migrations/*_many_2.sql
fails_with "a file that is gone" 1 'there is no file for [0-9]*_many_2.sql' pk-commit --check db
cp whole/migrations/*_many_2.sql db/migrations/
echo >>db/migrations/20241231235960_two.sql
fails_with "a file that was changed" 1 'two.sql: error: changed since' pk-commit --check db
# A file that somebody has written, after the last one that is registered.
text z >db/migrations/20990101000000_by_hand.sql
last=$(jq -c '.migrations[-1]' db/committed.json)
matches "it is only mentioned" 'by_hand.sql is not registered' "$(pk-commit --check --fingerprint eee db 2>&1)"
pk-commit --record --fingerprint eee db
equal "what all make is recorded with it" "20990101000000_by_hand.sql eee by_hand $(text z | sha256sum | cut -d ' ' -f 1)" \
	"$(jq -r '.migrations[-1] | "\(.migrationFile.name) \(.fingerprint) \(.description) \(.checksum)"' db/committed.json)"
equal "and not with the one before" "$last" "$(jq -c '.migrations[-2]' db/committed.json)"
cp db/migrations/20241231235960_two.sql db/migrations/20241231235960_too.sql
fails_with "two of one version" 2 'two migrations have the version' pk-commit --check db
