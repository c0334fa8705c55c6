#!/bin/sh
# incoming.sh TOOLS DB VERB list|bring - committed migrations that came in (git pull) since the session began.
#
# list names them; status 1 when one that was there has gone. bring applies them to the local database, and to the states that a
# commit begins with (session/facts/*.jsonl), so that they are not taken for the session's own work. facts/ is replaced as a whole,
# when the local database has them; what was cut off is done again.
set -eu
tools=$1 db=$2 verb=$3 task=$4
. "${0%/*}/lib.sh"
facts=$db/session/facts
copy=@scratch:incoming

names() {
	find "$db/migrations" -name '[0-9]*.sql' -type f 2>/dev/null | sed 's|.*/||' | LC_ALL=C sort
}
# Between the two renames that replace it.
[ -d "$facts" ] || [ ! -d "$facts.new" ] || mv "$facts.new" "$facts"
[ -e "$facts/start.jsonl" ] && [ -e "$facts/migrations" ] ||
	refuse "$facts/ is missing, which says what the session began with" "make abort, make start begins anew"

work=$(mktemp -d)
made=
at_exit '[ -z "$made" ] || "$tools/pk-database" drop "$copy"; rm -rf "$work"'
names >"$work/names"
gone=$(LC_ALL=C comm -13 "$work/names" "$facts/migrations" | head -n 1)
[ -z "$gone" ] || refuse "the session began with $gone, which is not in $db/migrations any more (another branch?)" \
	"go back to it, or begin anew: make abort, make start"
LC_ALL=C comm -23 "$work/names" "$facts/migrations" >"$work/new"
if [ "$task" = list ]; then
	cat "$work/new"
	exit 0
fi
[ -s "$work/new" ] || exit 0

set --
while IFS= read -r name; do
	set -- "$@" "$db/migrations/$name"
done <"$work/new"
apart="they do not go together with what was done in this session: make abort, make start, and do it again"
if ! cmp -s "$work/names" "$facts.new/migrations"; then
	rm -rf "$facts.new"
	mkdir "$facts.new"
	made=1
	for state in "$facts"/*.jsonl; do
		build_from "$state" "$copy"
		"$tools/pk-apply" --quiet "$@" "$copy" || refuse "the migrations that came in cannot be applied" "$apart"
		"$tools/pk-dump" --with-invalid "$copy" >"$facts.new/${state##*/}"
	done
	cp "$facts/roles.sql" "$facts.new/"
	# The last one: with it the others are complete.
	cp "$work/names" "$facts.new/names"
	mv "$facts.new/names" "$facts.new/migrations"
fi
"$tools/pk-apply" --quiet --allow-out-of-order "$@" @local || refuse "the migrations that came in cannot be applied to the local database" "$apart"
rm -rf "$facts.old"
mv "$facts" "$facts.old"
mv "$facts.new" "$facts"
rm -rf "$facts.old"
sed 's/^/applied /; s/$/, which came in/' "$work/new"
