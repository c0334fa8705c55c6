#!/bin/sh
# rollout.sh TOOLS DB deploy|drift DRY_RUN REHEARSE JOBS [OPTION...] - see deploy.mk. OPTIONs are pk-apply's.
#
# The targets are what $POSTKIT_TARGETS names, a list; each has a number, and a directory $work/NUMBER for what is known of it:
#
#     target name       how programs and people call it
#     pending position  what pk-apply says is to be done, and where the target stands
#     stamp facts       its definitions, as they were looked at
#     group             the number of the first target that starts from the same state: one rehearsal is for all of them
#     result            how it ended, one line; `failed` beside it when that is not well
#
# and of the first of a group: copy (the facts of a copy of it on the local server), drift, observed (the locks in the
# rehearsal), wanted (the facts after it). What can be done for several targets at a time is done by `rollout.sh --one
# STAGE NUMBER`.
set -euf
. "${0%/*}/lib.sh"

# field NUMBER KEY - what pk-apply --position says
field() {
	sed -n "s/^$2=//p" "$work/$1/position"
}
name() { # NUMBER
	cat "$work/$1/name"
}
target() { # NUMBER
	cat "$work/$1/target"
}
# give_up NUMBER RESULT - this target is done with; the others are not.
give_up() {
	say "$2" >"$work/$1/result"
	: >"$work/$1/failed"
	exit 1
}
outcome() { # STATUS
	if [ "$1" = 4 ]; then say "unreachable"; else say "refused"; fi
}
# facts DATABASE FILE
facts() {
	said=$("$tools/pk-dump" "$1" 2>&1 >"$2.new") || {
		say "$said" >&2
		return 1
	}
	mv "$2.new" "$2"
}
fingerprint() { # SNAPSHOT
	"$tools/pk-compare" --fingerprint "$1"
}
# show DIFFERENCES - the first of them
show() {
	head -n 20 "$1" | sed 's/^/  /' >&2
	[ "$(wc -l <"$1")" -le 20 ] || printf '  … and %s more\n' "$(($(wc -l <"$1") - 20))" >&2
}

# ------------------------------------------------------------------------ looking

# What is pending, and the state that the target is in.
look() {
	if "$tools/pk-config" same "$(target $1)" @local 2>/dev/null; then
		complain "$(name $1) is the local database" "make apply is for that one"
		give_up $1 "refused: it is the local database"
	fi
	"$tools/pk-apply" --dry-run $options "$migrations" "$(target $1)" >"$work/$1/pending" ||
		give_up $1 "$(outcome $?)"
	[ -s "$work/$1/pending" ] || [ "$verb" = drift ] || {
		say "nothing is pending" >"$work/$1/result"
		return
	}
	"$tools/pk-apply" --position --committed "$db/committed.json" $options "$migrations" "$(target $1)" >"$work/$1/position" ||
		give_up $1 "$(outcome $?)"
	[ "$dry_run" = 0 ] || [ -n "$(field $1 baseline)" ] || return 0
	"$tools/pk-stamp" "$(target $1)" >"$work/$1/stamp" && facts "$(target $1)" "$work/$1/facts" ||
		give_up $1 "its definitions cannot be read"
	if [ "$verb" = deploy ] && [ -n "$(field $1 baseline)" ] && has_objects "$work/$1/facts"; then
		baseline_is_there "$(field $1 baseline)" "$(target $1)"
		give_up $1 "refused: the baseline is not recorded there"
	fi
	{
		fingerprint "$work/$1/facts"
		field $1 table
		cat "$work/$1/pending"
	} >"$work/$1/start"
}

# Targets that start from the same state, with the same to be done, are a group.
group() {
	for n in $active; do
		for first in $active; do
			if cmp -s "$work/$first/start" "$work/$n/start"; then
				echo $first >"$work/$n/group"
				break
			fi
		done
	done
}
members() { # FIRST
	for n in $active; do
		[ "$(cat "$work/$n/group")" != "$1" ] || echo $n
	done
}
# the first of each group
firsts() {
	for n in $active; do
		[ "$(cat "$work/$n/group")" != $n ] || echo $n
	done
}

# ------------------------------------------------------------------ databases to try in

scratch() { # NAME - sets $database to a new one on the local server, gone in the end
	database=@local:postkit_rehearsal_${POSTKIT_ROLLOUT}_$1
	: >"$work/database-$1"
	"$tools/pk-database" reset "$database"
}
drop() { # NAME
	"$tools/pk-database" drop "@local:postkit_rehearsal_${POSTKIT_ROLLOUT}_$1" && rm -f "$work/database-$1"
}
# Where this began; a server for the time of this (--rest) takes its databases along.
cleanup() {
	for file in $(ls "$work"); do
		case $file in
		database-*) drop "${file#database-}" || : ;;
		esac
	done
	[ "$POSTKIT_ROLLOUT" != $$ ] || rm -rf "$work"
}

# replay NUMBER VERSION - what the migrations give on an empty database, up to that one: $work/replay-VERSION. The roles are
# there since the target was copied to this server.
replay() {
	[ ! -e "$work/replay-$2" ] || return 0
	scratch "replay_$1"
	"$tools/pk-apply" --quiet --allow-edited --to "$2" "$migrations" "$database" >&2 &&
		facts "$database" "$work/replay-$2" || return
	drop "replay_$1"
}

# A copy of the target's definitions in $database.
copy() {
	scratch "copy_$1"
	"$tools/pk-clone" "$(target $1)" "$database" && : >"$work/$1/copied"
}

# ----------------------------------------------------------------- drift, rehearsal

# Who has what is no part of fingerprints. An owner that a migration gives is looked for by make drift, with a replay; where what
# the target has was found right before, that is known ($db/owners.NAME).
owners() { # NUMBER - what the answer depends on
	field $1 applied
	grep '^{"id":"owner of ' "$work/$1/facts" || :
}
owners_file() { # NUMBER
	case $(target $1) in
	env:*) say "$db/owners" ;;
	*) say "$db/owners.$(name $1 | sed 's/^the remote //')" ;;
	esac
}
owners_are_known() { # NUMBER
	[ "$verb" = drift ] && grep -riq 'owner to' "$migrations" || return 0
	owners $1 | cmp -s - "$(owners_file $1)"
}

# Whether the target is in the state that its last migration left, as recorded with that. Where it is not at
# first sight, a server of another version may only write things in another way: then the migrations are replayed, and compared
# with a copy of the target on the same server. What differs is left in $work/NUMBER/drift.
drift() {
	: >"$work/$1/drift"
	expected=$(field $1 applied_fingerprint)
	if [ -z "$expected" ]; then
		say "drift of $(name $1) cannot be seen: $(field $1 unknown)"
		return
	fi
	[ "$(fingerprint "$work/$1/facts")" != "$expected" ] || ! owners_are_known $1 || return 0
	if ! copy $1 || ! facts "$database" "$work/$1/copy" || ! replay $1 "$(field $1 applied)"; then
		complain "what $(name $1) ought to be could not be built, to see what was changed there by hand"
		return 1
	fi
	own=
	[ "$verb" != drift ] || own=$("$tools/pk-database" user @local)
	"$tools/pk-compare" --planned ${own:+--own "$own"} "$work/replay-$(field $1 applied)" "$work/$1/copy" >"$work/$1/drift" || :
	if [ ! -s "$work/$1/drift" ]; then
		[ "$verb" != drift ] || owners $1 >"$(owners_file $1)"
		return 0
	fi
	say "$(name $1) was changed by hand since its last migration (- what the migrations give, + what it has):" >&2
	show "$work/$1/drift"
}

stop_at_drift() {
	[ -s "$work/$1/drift" ] || return 0
	[ "$allow_drift" = 0 ] || {
		say "going on with that (ALLOW=drift)"
		return 0
	}
	complain "$(name $1) is not what its migrations made it" \
		"write what was changed into a migration, undo it there, or go on with ALLOW=drift"
	for n in $(members $1); do
		(give_up $n "drift: $(wc -l <"$work/$1/drift" | tr -d ' ') facts differ") || :
	done
	exit 1
}

# The rehearsal must end in the state that is recorded with the last migration, or that they give when replayed.
check_rehearsal() {
	recorded=$(field $1 last_fingerprint)
	[ -n "$recorded" ] && [ ! -s "$work/$1/drift" ] && [ -z "$(field $1 unknown)" ] || return 0
	[ "$(fingerprint "$work/$1/wanted")" != "$recorded" ] || return 0
	replay $1 "$(field $1 last)" || return
	"$tools/pk-compare" --planned "$work/replay-$(field $1 last)" "$work/$1/wanted" >"$work/$1/differences" || {
		say "what the migrations give on an empty database (-), and in the rehearsal (+):" >&2
		show "$work/$1/differences"
		return 1
	}
}

rehearse() {
	drift $1 || {
		for n in $(members $1); do
			(give_up $n "the drift check failed") || :
		done
		exit 1
	}
	stop_at_drift $1
	[ "$verb" = deploy ] && [ "$rehearse" != 0 ] || return 0
	say "rehearsing on a copy of $(name $1)$(others $1)"
	trouble=
	if [ "$rehearse" = data ]; then
		scratch "copy_$1"
		"$tools/pk-clone" --data "$(target $1)" "$database" || trouble="the copy for the rehearsal could not be made"
	else
		[ -e "$work/$1/copied" ] || copy $1 || trouble="the copy for the rehearsal could not be made"
	fi
	# The replay of a drift check has another.
	database=@local:postkit_rehearsal_${POSTKIT_ROLLOUT}_copy_$1
	[ -n "$trouble" ] || "$tools/pk-apply" --quiet $options --observe "$work/$1/observed" "$migrations" "$database" ||
		trouble="the rehearsal failed"
	[ -n "$trouble" ] || facts "$database" "$work/$1/wanted" || trouble="the rehearsal could not be read"
	[ -n "$trouble" ] || check_rehearsal $1 || trouble="the rehearsal does not end in the state that the migrations were committed with"
	drop "copy_$1" || :
	[ -n "$trouble" ] || return 0
	for n in $(members $1); do
		complain "$trouble; $(name $n) is untouched"
		(give_up $n "$trouble") || :
	done
	exit 1
}
others() {
	set -- $(members $1)
	[ $# = 1 ] || printf ', for %s targets in the same state' $#
}

# ------------------------------------------------------------------------ the target

# Whether the target is what the rehearsal gave; another version of the server writes it in another way.
verify() {
	first=$(cat "$work/$1/group")
	facts "$(target $1)" "$work/$1/facts" || return
	"$tools/pk-compare" --planned "$work/$first/wanted" "$work/$1/facts" >"$work/$1/differences" && return
	copy $1 && facts "$database" "$work/$1/copy" || return
	"$tools/pk-compare" --planned "$work/$first/wanted" "$work/$1/copy" >"$work/$1/differences" && return
	say "- rehearsal, + $(name $1):" >&2
	show "$work/$1/differences"
	complain "$(name $1) is not what the rehearsal gave"
	return 1
}

apply() {
	count=$(wc -l <"$work/$1/pending" | tr -d ' ')
	"$tools/pk-apply" --if-stamp "$(cat "$work/$1/stamp")" $options "$migrations" "$(target $1)" || {
		status=$?
		case $status in
		4) give_up $1 "the connection was lost: run it again" ;;
		*) give_up $1 "stopped: see above; run it again" ;;
		esac
	}
	if [ "$rehearse" = 0 ]; then
		say "applied $count, not rehearsed" >"$work/$1/result"
		return
	fi
	verify $1 || give_up $1 "applied $count, but it is not what the rehearsal gave"
	say "proof: $(name $1) is what the rehearsal gave, $(sed -n '$s/.*"facts":\([0-9]*\).*/\1/p' "$work/$1/facts") facts"
	say "applied $count, proven" >"$work/$1/result"
}

# ------------------------------------------------------------------------ all of them

# with_name NUMBER - standard input, with the name before each line where there are several targets
with_name() {
	if [ "$targets" = 1 ]; then cat; else sed "s/^/$(name $1): /"; fi
}

# one STAGE NUMBER - for one of several targets what it says is shown in one piece, with the name before it.
one() {
	if [ "$targets" = 1 ]; then
		"$@"
		return
	fi
	status=0
	(set -e; "$@") >"$work/$2/said" 2>&1 </dev/null || status=1
	with_name $2 <"$work/$2/said" >&2
	return $status
}

# each STAGE NUMBER... - several at a time; sets $active to those of the active targets that have not failed.
each() {
	stage=$1
	shift
	if [ "$targets" = 1 ]; then
		[ $# = 0 ] || (one $stage $1) || :
	elif [ $# -gt 0 ]; then
		printf '%s\n' "$@" | xargs -n 1 -P "$jobs" sh "$0" --one $stage || :
	fi
	still=
	for n in $active; do
		# What ended without a word, killed say, has not done its work.
		[ -e "$work/$n/failed" ] || [ -e "$work/$n/result" ] || still="$still $n"
	done
	active=$still
}

names() {
	for n in $active; do
		name $n
	done | awk '{ printf "%s%s", (NR > 1 ? ", " : ""), $0 }'
}

results() {
	[ "$targets" != 1 ] || return 0
	echo
	for n in $all; do
		printf '%-24s %s\n' "$(name $n)" "$(cat "$work/$n/result" 2>/dev/null || echo 'not done')"
	done
}
finish() {
	results
	for n in $all; do
		[ ! -e "$work/$n/failed" ] || exit 1
		[ -e "$work/$n/result" ] || exit 1
	done
	exit 0
}

# The server for copies: the project's own, or one for the time of this.
need_server() {
	[ "$server" != given ] || return 0
	if [ "$server" = embedded ]; then
		POSTKIT_LOCAL_URL=$("$tools/pk-server" --database postkit start)
		export POSTKIT_LOCAL_URL
		"$tools/pk-database" sweep @local:postkit_rehearsal
	else
		set -- $active
		status=0
		"$tools/pk-server" --like "$(target $1)" run sh "$0" --rest || status=$?
		exit $status
	fi
}

pending() {
	for n in $active; do
		sed "s/^would apply /pending: /" "$work/$n/pending" | with_name $n
	done
}

# What comes after the first look, with a server at hand.
rest() {
	at_exit cleanup
	group
	each rehearse $(firsts)
	if [ "$verb" = drift ]; then
		for n in $active; do
			say "no drift" >"$work/$n/result"
			[ "$targets" != 1 ] || [ -n "$(field $n unknown)" ] || say "$(name $n) is what its migrations made it"
		done
		finish
	fi
	[ -n "$active" ] || finish
	for first in $(firsts); do
		[ ! -e "$work/$first/observed" ] || "$tools/pk-impact" "$work/$first/observed" "$(target $first)" | with_name $first
	done
	confirm "apply this to $(names)?"
	each apply $active
	finish
}

if [ "$1" = --one ]; then
	one "$2" "$3"
	exit
elif [ "$1" = --rest ]; then
	POSTKIT_LOCAL_URL=$POSTKIT_SERVER_URL
	export POSTKIT_LOCAL_URL
	rest
fi

tools=$1 db=$2 verb=$3 dry_run=${4:-0} rehearse=$5 jobs=$6
shift 6
options=$* migrations=$db/migrations POSTKIT_ROLLOUT=$$ allow_drift=0
case $rehearse in
schema | data | 0) ;;
*) misuse "REHEARSE= is schema, data or 0, not $rehearse" ;;
esac
case ${POSTKIT_ALLOW-} in
'') ;;
drift) allow_drift=1 ;;
*) misuse "ALLOW= is drift, not $POSTKIT_ALLOW" ;;
esac
[ -d "$migrations" ] || refuse "there are no migrations here" "make import writes the first one"
server=
[ ! -e postkit.config.json ] || server=$("$tools/pk-config" get local)
if [ "$server" = embedded ]; then
	# Whether a target is the local database can be told only while that runs.
	POSTKIT_LOCAL_URL=$("$tools/pk-server" --database postkit url 2>/dev/null) && export POSTKIT_LOCAL_URL || unset POSTKIT_LOCAL_URL
fi
work=$(mktemp -d)
at_exit cleanup

targets=0 all=
for operand in ${POSTKIT_TARGETS:-@remote}; do
	targets=$((targets + 1))
	all="$all $targets"
	mkdir "$work/$targets"
	say "$operand" >"$work/$targets/target"
	where_to "$operand" >"$work/$targets/name"
done
if [ $targets -gt 1 ]; then
	for n in $all; do
		sed -i.long 's/^the remote //' "$work/$n/name"
	done
fi
active=$all
export tools db verb dry_run rehearse jobs options migrations allow_drift work targets all active POSTKIT_ROLLOUT

each look $all
[ "$targets" != 1 ] || [ ! -e "$work/1/result" ] || [ -e "$work/1/failed" ] || say "nothing is pending on $(name 1)"
if [ "$verb" = deploy ]; then
	pending
	case $dry_run in
	0) ;;
	*)
		for n in $active; do
			say "$(field $n pending) pending" >"$work/$n/result"
		done
		finish
		;;
	esac
fi
[ -n "$active" ] || finish
need_server
rest
