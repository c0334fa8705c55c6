# make import, killed (SIGKILL, the whole process group) before and after each of its programs, and
# refused by what it works with: the next run goes on and ends in the same place; nothing is half-written.
. "$POSTKIT/tests/lib.sh"

new_shop
source=$database_url

# Programs that kill everything when it is the turn of $VICTIM; $MOMENT is before or after.
mkdir "$here/wrapped"
for program in "$TOOLS"/pk-*; do
	case $program in *.c) continue ;; esac
	name=${program##*/}
	cat >"$here/wrapped/$name" <<END
#!/bin/sh
if [ "\${VICTIM-}" = $name ] && [ ! -e "$here/killed" ]; then
	[ "\$MOMENT" = before ] || "$program" "\$@" >/dev/null
	: >"$here/killed"
	kill -9 0
fi
exec "$program" "\$@"
END
	chmod +x "$here/wrapped/$name"
done

# What an import leaves that others rely on.
outcome() {
	find schema .postkit/db -type f ! -name '*.key' ! -name 'summary.shown' ! -name source.stamp ! -name tree.list ! -path '*/backup/*' | sort | xargs cksum
}
import() {
	setsid -w env MAKEFLAGS= MAKELEVEL= make -s -f "$POSTKIT/Makefile" CONFIG="$CONFIG" TOOLS="$here/wrapped" import URL="$source" "$@"
}

new_project whole
import PROVE=0 SYNC=0 >/dev/null
reference=$(outcome)
for victim in pk-stamp pk-dump pk-order pk-infra pk-render pk-baseline pk-normalize; do
	for moment in before after; do
		new_project "$victim-$moment"
		rm -f "$here/killed"
		VICTIM=$victim MOMENT=$moment import PROVE=0 SYNC=0 >/dev/null 2>&1
		if [ ! -e "$here/killed" ]; then
			failed "killed $moment $victim" "$victim was never run"
			continue
		fi
		output=$(import PROVE=0 SYNC=0 2>&1) || output="status $?: $output"
		equal "killed $moment $victim: the next run ends in the same place" "$reference" "$(outcome)"
		[ -z "$(find . -name '*.tmp' -o -name '*.new')" ] || failed "killed $moment $victim: something is left behind" "$(find . -name '*.tmp' -o -name '*.new')"
	done
done

# The proof and the row in the source, on the project's own server.
new_project proven
check "init" postkit init
for victim in pk-database pk-load pk-sync; do
	for moment in before after; do
		rm -f "$here/killed"
		rm -f .postkit/db/proof .postkit/db/sync
		VICTIM=$victim MOMENT=$moment import >/dev/null 2>&1
		[ -e "$here/killed" ] || failed "killed $moment $victim" "$victim was never run"
		check "killed $moment $victim: the next run proves and records" import
		equal "killed $moment $victim: the source has one row" 1 "$(query "$database" "select count(*) from postkit.schema_migrations")"
		matches "killed $moment $victim: proven" '^equal: ' "$(cat .postkit/db/proof)"
	done
done

query "$database" "comment on table catalog.brand is 'changed'"
check "the local database that an import built is replaced by the next one" import
psql -Xq -d "$(pk-server url --database postkit)" -c 'create table public.mine (id int)'
query "$database" "comment on table catalog.brand is 'changed again'"
fails_with "one that somebody has worked in is not" 2 'the local database is not empty' import
check "unless FORCE=1" import FORCE=1

# ------------------------------------------------------------ refusals
query postgres "do \$\$ begin if not exists (select from pg_roles where rolname = 'fault_reader') then create role fault_reader login; end if; end \$\$"
new_project reader
output=$(POSTKIT_LOCAL_URL= postkit import PROVE=0 URL="${source%%://*}://fault_reader@${source#*@}" 2>&1) || output="status $?: $output"
matches "a plain login role can import" '^imported ' "$output"
matches "and is told the SQL that it may not run" '^insert into postkit.schema_migrations' "$output"

new_project refused
# What libpq quotes of a string that it cannot read may be a part of the password.
for malformed in 'postgres://u:se%zzCRET@h/x' 'postgres://u:CRET/x@h/x' 'host=h password=se CRET' 'host=h password=se CRET=x' \
	'postgres://u:se"%zzCRET"@h/x'; do
	equal "no password in the message: $malformed" 0 "$(pk-stamp "$malformed" 2>&1 | grep -c CRET)"
done
matches "what is none is named" 'parameter: "bogus"' "$(pk-stamp 'postgres://u:p@h/x?bogus=1' 2>&1)"
fails_with "a malformed URL" 2 'cannot connect: invalid' postkit -s import PROVE=0 URL='postgres://user@host:port:5/x'
fails_with "nobody listens" 2 'cannot connect' postkit -s import PROVE=0 URL="postgresql://x@%2Fnowhere/x"
fails_with "a database that is not there" 2 'does not exist' postkit -s import PROVE=0 URL="$(url there_is_none)"
equal "a password is never shown" 0 \
	"$(postkit -s import PROVE=0 URL='postgres://u:secret-word@%2Fnowhere/x?password=secret-word' 2>&1 | grep -c secret-word)"
equal "not even in what is left behind" "" "$(grep -rl secret-word . 2>/dev/null)"
echo '{"db": {"schemaPath": 7,}}' >postkit.config.json
fails_with "a malformed configuration" 2 'postkit.config.json:1:' postkit -s import PROVE=0 URL="$source"
rm postkit.config.json

query "$database" "alter database $database set statement_timeout = '10ms'"
check "a statement_timeout of the database is no obstacle" postkit -s import PROVE=0 SYNC=0 URL="$source"
query postgres "alter database $database reset statement_timeout"

if [ "$(id -u)" = 0 ] && setpriv --reuid nobody true 2>/dev/null; then
	mkdir "$here/unwritable"
	fails_with "an unwritable directory" 2 'cannot\|Permission denied' setpriv --reuid nobody --clear-groups pk-normalize "$here/unwritable/schema" "$here/whole/.postkit/db/facts.jsonl"
fi
fails_with "a full disk" 2 'cannot write to standard output' sh -c 'pk-order "$1" >/dev/full' sh "$here/whole/.postkit/db/facts.jsonl"
