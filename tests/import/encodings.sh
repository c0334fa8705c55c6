# Databases that are not in UTF-8: what they hold comes through, as the same files and facts; the way back, too.
. "$POSTKIT/tests/lib.sh"

cat >names.sql <<'END'
create table "täble" ("ñ" text default 'é', check ("ñ" <> 'à'));
comment on table "täble" is 'ö';
create index on "täble" ((upper("ñ") || 'ö'));
create type "größe" as enum ('ü');
create function "fü"() returns text language plpgsql as $$ begin -- für
return 'é'; end $$;
END
new_database utf8 names.sql
pk-dump "$database_url" >expected.facts
for encoding in LATIN1 SQL_ASCII; do
	source=${test_name}_${encoding}_$$
	query postgres "create database \"$source\" template template0 encoding '$encoding' lc_collate 'C' lc_ctype 'C'"
	PGCLIENTENCODING=UTF8 psql -Xq -v ON_ERROR_STOP=1 -d "$(url "$source")" -f names.sql
	equal "$encoding: the same facts" "$(cat expected.facts)" "$(pk-dump "$(url "$source")")"
	new_project "$encoding"
	postkit init >/dev/null
	matches "$encoding: the import is proven" '^proof: equal: ' "$(postkit import URL="$(url "$source")" 2>&1)"
	postkit remote-add NAME=there URL="$(url "$source")" >/dev/null
	postkit -s start >log 2>&1 || failed "$encoding: start" "$(cat log)"
	sed -i "s/'é'/'è'/" schema/tables/*.sql
	printf '%s\n' 'create table "nëu" (a text); -- …' "comment on table \"nëu\" is 'ß';" >schema/tables/new.sql
	{ postkit -s plan && postkit -s apply && postkit -s commit NAME="größer"; } >log 2>&1 || failed "$encoding: plan, apply, commit" "$(cat log)"
	matches "$encoding: deploy" '^proof: ' "$(postkit -s deploy FORCE=1 2>&1)"
	matches "$encoding: nothing is left to do" '^nothing to change' "$(postkit -s diff FROM=@remote TO=schema 2>&1)"
	cd "$here"
done
psql -Xq -d "$(url "$source")" -c "comment on type \"größe\" is E'\\xff'" 2>/dev/null ||
	PGCLIENTENCODING=SQL_ASCII psql -Xq -d "$(url "$source")" -c "comment on type \"größe\" is E'\\xff'"
fails_with "bytes that are no text are refused" 3 'invalid byte sequence' pk-dump "$(url "$source")"
matches "with what to do" 'hint: .*not UTF-8 (its encoding is SQL_ASCII)' "$(cat .stderr)"
for encoding in LATIN1 SQL_ASCII; do
	query postgres "drop database \"${test_name}_${encoding}_$$\" with (force)"
done
