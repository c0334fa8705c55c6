#!/bin/sh
# import-summary.sh DB TREE PROVE SYNC DRY_RUN - what the last import did: objects, files, the proof, what was left
# out, how long each stage took, what to do next. One line where nothing was done. PROVE and SYNC 0: what an
# earlier import proved and recorded is not this one's.
set -eu
db=$1 tree=$2 prove=$3 sync=$4 dry_run=$5

left_out() {
	[ -s "$db/facts.log" ] || return 0
	echo "left out, or not as in the source:"
	sed -e 's/^pk-dump: //' -e 's/^/  /' "$db/facts.log" | head -n 20
	lines=$(wc -l <"$db/facts.log")
	[ "$lines" -le 20 ] || echo "  … all $lines lines are in $db/facts.log"
}

if [ -n "$dry_run" ]; then
	left_out
	echo "nothing was written: DRY_RUN=1"
	exit 0
fi

# A file's time in milliseconds, or nothing.
time_of() {
	[ -e "$1" ] || return 0
	date -r "$1" +%s%3N 2>/dev/null | tr -cd 0-9
}

# The stage's key is as old as its beginning, its product as old as its end.
took() {
	from=$(time_of "$1.key") to=$(time_of "$1")
	case $from$to in
	*[0-9]*) [ -n "$from" ] && [ -n "$to" ] && [ "$to" -ge "$from" ] && echo $((to - from)) ;;
	esac
}

if [ -e "$db/summary.shown" ] && [ -z "$(find "$db/facts.jsonl" "$db/tree.list" "$db/proof" "$db/sync" -newer "$db/summary.shown" 2>/dev/null)" ]; then
	edited=$(wc -l <"$db/tree.edited" | tr -d ' ')
	if [ "$edited" = 0 ]; then
		echo "nothing has changed in the source; $tree/ is as it was imported"
	else
		echo "nothing has changed in the source; files of $tree/ that were edited since: $edited (FORCE=1 imports them again, after a backup)"
	fi
	exit 0
fi

echo
echo "imported $(sed -n '$s/.*"facts":\([0-9]*\).*/\1/p' "$db/facts.jsonl") facts:"
# The kinds that people count; what stands inside of them is not listed.
sed -n 's/^{"id":"\([a-z_]*\) .*/\1/p' "$db/facts.jsonl" | sort | uniq -c | awk '
	{ count[$2] = $1 }
	END {
		n = split("table foreign_table view materialized_view index constraint sequence function procedure aggregate trigger policy rule enum domain type range extension schema publication event_trigger", kinds, " ")
		for (i = 1; i <= n; i++)
			if (count[kinds[i]]) { name = kinds[i]; gsub("_", " ", name); printf "  %6d  %s\n", count[kinds[i]], plural(name, count[kinds[i]]) }
	}
	function plural(name, k) {
		if (k == 1) return name
		if (name ~ /index$/) return "indexes"
		if (name ~ /policy$/) return "policies"
		return name "s"
	}'
echo "into $(find "$tree" -name '*.sql' -type f | wc -l | tr -d ' ') files under $tree/"
left_out

stages="facts.jsonl ordered.jsonl infra.list baseline.sql tree.list"
if [ "$prove" = 0 ]; then
	echo "proof: none (PROVE=0)"
else
	stages="$stages proof"
	echo "proof: $(cat "$db/proof")"
fi
if [ "$sync" != 0 ]; then
	stages="$stages sync"
	cat "$db/sync"
fi

line=
for stage in $stages; do
	ms=$(took "$db/$stage" || true)
	[ -z "$ms" ] || line="$line  ${stage%%.*} $((ms / 1000)).$(printf %03d $((ms % 1000)) | cut -c1-2)s"
done
[ -z "$line" ] || echo "time:$line"

: >"$db/summary.shown"

echo
echo "next: read $tree/, commit it with git;"
if [ -e postkit.config.json ]; then
	echo "      make remote-add NAME=production URL=… ; make start ; edit ; make plan"
else
	echo "      make init makes this directory a project with a local database of its own"
fi
