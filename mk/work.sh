#!/bin/sh
# work.sh TOOLS DB plan PROVE|apply TREE|commit PROVE TREE - what work.mk does once the facts and the plan are there.
#
# apply goes on where it was interrupted: session.json says how far it came, and every step can be done twice. Each
# plan becomes a migration of the session; a migration written by hand is kept between the facts before and after it
# (session/facts/NAME.before.jsonl, NAME.after.jsonl), so that a commit can put it where it belongs.
set -eu
tools=$1 db=$2 verb=$3
session=$db/session.json
plan=$db/plan.jsonl
. "${0%/*}/lib.sh"

get() {
	"$tools/pk-session" get "$session" "$1"
}
put() {
	"$tools/pk-session" set "$session" "$@"
}
# header KEY FILE - a value of the plan's header
header() {
	sed -n "1s/.*\"$1\":\"\\{0,1\\}\\([0-9a-f]*\\).*/\\1/p" "$2"
}
fingerprint() {
	"$tools/pk-compare" --fingerprint "$1"
}
# facts FILE [DATABASE] - the local database's facts, or another's; what pk-dump has to say is of interest where it fails.
facts() {
	said=$("$tools/pk-dump" --with-invalid "${2-@local}" 2>&1 >"$1.tmp") || {
		printf '%s\n' "$said" >&2
		exit 1
	}
	mv "$1.tmp" "$1"
}

# PostKit's own work in the local database, which a start may replace: begun, and done.
begin_local() {
	: >"$db/local.begun"
}
end_local() {
	"$tools/pk-stamp" @local >"$db/local.stamp.tmp"
	mv "$db/local.stamp.tmp" "$db/local.stamp"
	rm -f "$db/local.begun"
}

# What is shown for a plan: what it changes and costs.
show() {
	"$tools/pk-render" --format text "$1"
}

# before PATH, after PATH - where the facts before and after a migration written by hand are
before() {
	printf '%s\n' "$db/session/facts/${1##*/}.before.jsonl"
}
after() {
	printf '%s\n' "$db/session/facts/${1##*/}.after.jsonl"
}
incoming() { # list|bring
	sh "${0%/*}/incoming.sh" "$tools" "$db" "$verb" "$1" || exit
}
check_commit() {
	[ ! -e "$db/session/committing" ] || refuse "a commit was begun and has not come to its end" "make commit NAME=… goes on with it"
}
# What came in with git would be taken for the session's own work.
check_incoming() {
	came=$(incoming list) || exit
	[ -z "$came" ] || refuse "committed migrations came in since the session began: $(echo $came)" "make apply brings them into the local database"
}

# ------------------------------------------------------------------------ plan

plan() {
	check_commit
	check_incoming
	cp "$db/tree.sums" "$db/session/planned.sums"
	if [ "$(header steps "$plan")" = 0 ]; then
		# An apply that came as far as its seeds is not done because the definitions are.
		if [ "$(get migrationApplied)" = true ] && [ "$(get planned)" = true ]; then
			echo "nothing else to change; make apply goes on with the one that was begun"
			return
		fi
		put planned=false planFile=null schemaFingerprint="$(header to "$plan")"
		echo "nothing to change: the local database has what the files say"
		return
	fi
	put planned=true applied=false planFile="$db/plan.sql" schemaFingerprint="$(header to "$plan")" \
		migration=null migrationApplied=false grantsApplied=false seedsApplied=false
	show "$plan"
	[ -z "$prove" ] || printf '\nproof: %s\n' "$(cat "$db/plan.proof")"
	hazards=$(sed -n 's/.*"hazards":\[\([^]]*\)\].*/\1/p' "$plan" | tr -d '"' | tr ',' '\n' | LC_ALL=C sort -u | tr '\n' ',')
	printf '\nnext: make apply%s\n' "${hazards:+ (ALLOW=${hazards%,}, where that is wanted)}"
}

# ----------------------------------------------------------------------- apply

# Asks for the hazards that ALLOW= does not allow.
confirm_hazards() {
	set -- "$plan"
	[ -z "${POSTKIT_ALLOW-}" ] || set -- --allow "$POSTKIT_ALLOW" "$@"
	"$tools/pk-diff" --check "$@" 2>"$work/hazards" && return
	sed -e '/^ *hint: allow them with/d' -e 's/^pk-diff: /apply: /' "$work/hazards" >&2
	ask "go on?" "ALLOW=NAME or ALLOW=NAME:OBJECT allows them, ALLOW=all allows all"
}

# Roles are the server's: they are made by running infra/ in a database that is nothing else for. What else
# stands there is in the plan.
make_roles() {
	[ -d "$tree/infra" ] || return 0
	"$tools/pk-database" reset @scratch:infra
	"$tools/pk-load" "$tree/infra" @scratch:infra && made=0 || made=$?
	"$tools/pk-database" drop @scratch:infra
	[ "$made" = 0 ] || exit "$made"
}

# apply_file PATH - a session's migration, exactly once
apply_file() {
	begin_local
	"$tools/pk-apply" --quiet --allow-out-of-order "$1" @local || {
		status=$?
		echo "apply: $1 has not been applied as a whole; mend the cause, then make apply goes on, or make plan begins anew" >&2
		exit $status
	}
}

# What was written by hand comes first.
apply_manual() {
	manual=
	for path in $("$tools/pk-session" migrations "$session" | sed -n 's/^manual //p'); do
		[ ! -e "$(after "$path")" ] || continue
		if [ ! -e "$path" ]; then
			echo "$path has been removed, and is passed over"
			continue
		fi
		# Where nothing of it is done, what the database has now is what it begins with.
		case $("$tools/pk-apply" --list "$path" @local) in
		pending*) facts "$(before "$path")" ;;
		esac
		apply_file "$path"
		facts "$(after "$path")"
		echo "applied ${path##*/}"
		manual=1
	done
	[ -z "$manual" ] || facts "$work/current"
}

# What came in with git comes before that.
apply_incoming() {
	came=$(incoming list) || exit
	[ -n "$came" ] || return 0
	make_roles
	begin_local
	incoming bring
	facts "$work/current"
}

apply_plan() {
	cp "$db/tree.sums" "$db/session/planned.sums"
	if [ -z "$(get migration)" ]; then
		[ "$(fingerprint "$work/current")" = "$(header from "$plan")" ] ||
			refuse "the local database has changed since the plan" "make plan shows what would be done now"
		confirm_hazards
		make_roles
		"$tools/pk-render" --format migration "$plan" >"$work/migration"
		"$tools/pk-session" add "$session" "$db" plan <"$work/migration" >"$work/path"
	fi
	migration=$(get migration)
	if [ "$(get migrationApplied)" != true ]; then
		apply_file "$migration"
		put migrationApplied=true grantsApplied=true
		echo "applied ${migration##*/}: $(counted "$(header steps "$plan")" step)"
	fi
}

apply_seeds() {
	[ "$(get seedsApplied)" != true ] || return 0
	if [ -n "$(find "$tree/seeds" -name '*.sql' -type f 2>/dev/null | head -n 1)" ]; then
		begin_local
		"$tools/pk-load" "$tree/seeds" @local || {
			status=$?
			echo "apply: the definitions are applied, the seeds are not; make apply goes on with them" >&2
			exit $status
		}
		echo "loaded the seeds"
	fi
	put seedsApplied=true
}

# The local database must have what the files say.
check_result() {
	facts "$work/current"
	end_local
	[ "$(fingerprint "$work/current")" != "$wanted" ] || return 0
	"$tools/pk-diff" --show "$work/current" "$db/desired.jsonl" >"$work/rest"
	show "$work/rest" >&2
	refuse "the local database does not have what the files say; the above is missing" "make plan"
}

apply() {
	tree=$1
	check_commit
	wanted=$(fingerprint "$db/desired.jsonl")
	cp "$db/current.jsonl" "$work/current"
	apply_incoming
	if [ "$(get planned)" = true ] && [ "$(get schemaFingerprint)" != "$wanted" ]; then
		refuse "the files in $tree/ have changed since the plan" "make plan shows what would be done now"
	fi
	apply_manual
	if [ "$(get planned)" = true ]; then
		apply_plan
		apply_seeds
		check_result
	elif [ -z "$manual$came" ]; then
		[ "$(get applied)" = true ] || refuse "there is no plan to apply" "make plan makes one from the files"
		echo "nothing to apply; make commit NAME=… makes a migration of what was applied"
		return
	else
		end_local
	fi
	if [ -z "$came" ] || [ -n "$manual" ] || [ "$(get planned)" = true ]; then
		put planned=false applied=true
	fi
	if [ "$(fingerprint "$work/current")" != "$wanted" ]; then
		echo "the files in $tree/ and the local database differ: make plan shows it"
	else
		echo "the local database has what the files say; next: make commit NAME=…"
	fi
}

# ---------------------------------------------------------------------- commit

# Migrations of the commit are $work/commit/0001.sql, …: part FROM [NAME] says which is the next one, and notes the facts that it
# begins with; NAME is that of what was written by hand.
part() {
	parts=$((parts + 1))
	part=$(printf '%s/commit/%04d.sql' "$work" "$parts")
	say "$parts $1 ${2-}" >>"$work/parts"
}
# Roles are no facts. What the local database refers to, and the remote did not have, must be there first.
new_roles() {
	"$tools/pk-infra" --roles --migration --except "$db/session/facts/roles.sql" @local >"$work/roles"
	[ -s "$work/roles" ] || return 0
	part "$start"
	mv "$work/roles" "$part"
}
# segment FROM TO - what leads from one state to the other, with the way back
segment() {
	POSTKIT_PARTIAL=1 POSTKIT_DOWN=$work/down sh "${0%/*}/plan.sh" "$tools" "$1" "$2" "$tree" @scratch:renamed --show >"$work/up"
	[ "$(header steps "$work/up")" != 0 ] || return 0
	part "$1"
	"$tools/pk-render" --format migration --down "$work/down" "$work/up" >"$part"
}

# The migration leads from the state at the session's beginning to the local database's, and back.
prove() {
	copy=@scratch:proof
	proving=1
	build_kept "$start" "$copy" "$db/proof.kept"
	"$tools/pk-apply" --quiet "$work/commit" "$copy" ||
		refuse "the migration cannot be applied to a copy of what the session began with; nothing was committed" \
			"PROVE=0 commits it without this proof"
	facts "$work/proven" "$copy"
	if [ "$(fingerprint "$work/proven")" != "$1" ]; then
		"$tools/pk-diff" --show "$work/proven" "$db/current.jsonl" >"$work/rest"
		show "$work/rest" >&2
		refuse "the migration does not lead to what the local database has; the above is missing; nothing was committed" \
			"PROVE=0 commits it without this proof"
	fi
	leads_back "$start" "$parts" "$work/commit" || prove_parts
}
# leads_back STATE COUNT MIGRATIONS - whether so many of them, undone in the copy, give that state
leads_back() {
	"$tools/pk-apply" --quiet --rollback "$2" "$3" "$copy" >"$work/log" 2>&1 &&
		"$tools/pk-dump" --with-invalid "$copy" >"$work/back" 2>>"$work/log" &&
		[ "$(fingerprint "$work/back")" = "$(fingerprint "$1")" ]
}
# Where the whole way back does not lead to the beginning: says of which part that is so, each run from the facts that it begins with.
prove_parts() {
	while read -r number from name; do
		part=$(printf '%s/commit/%04d.sql' "$work" "$number")
		build_from "$from" "$copy"
		"$tools/pk-apply" --quiet "$part" "$copy"
		! leads_back "$from" 1 "$part" || continue
		say "commit: warning: the down section of ${name:-what was planned} does not lead back to what was there before it" >&2
		# In words of the project: the file is one of this proof alone.
		sed -e '/^ *hint:/d' -e "s|^pk-apply: error: $part|${name:-it}|" -e 's/^/  /' "$work/log" >&2
	done <"$work/parts"
}

commit() {
	start=$db/session/facts/start.jsonl
	# What a commit that was cut off has written did not come in.
	if [ -e "$db/session/committing" ]; then
		[ -e "$start" ] || refuse "$start is missing, which says what the session began with" "make abort, make start begins anew"
	else
		check_incoming
	fi
	reached=$(fingerprint "$db/current.jsonl")
	[ "$(get planned)" != true ] || refuse "the plan is not applied" "make apply"
	[ "$reached" = "$(fingerprint "$db/desired.jsonl")" ] ||
		refuse "the files and the local database say different things" "make plan shows what, make apply makes them the same"
	mkdir "$work/commit"
	parts=0 from=$start
	new_roles
	set --
	for path in $("$tools/pk-session" migrations "$session" | sed 's/^[a-z]* //'); do
		set -- "$@" --session "$path"
	done
	for path in $("$tools/pk-session" migrations "$session" | sed -n 's/^manual //p'); do
		[ -e "$path" ] || [ -e "$(after "$path")" ] || continue
		[ -e "$path" ] || refuse "$path is applied and has been removed" "make abort begins anew, or write it again"
		[ -e "$(after "$path")" ] || refuse "$path is not applied" "make apply"
		segment "$from" "$(before "$path")"
		part "$(before "$path")" "${path##*/}"
		cp "$path" "$part"
		from=$(after "$path")
	done
	segment "$from" "$db/current.jsonl"
	[ "$parts" != 0 ] || refuse "there is nothing to commit: the local database is as the session began" "edit the files, then make plan"
	[ -z "$prove" ] || prove "$reached"
	set -- "$@" -- "$db" "$POSTKIT_NAME" "$work"/commit/*.sql
	: >"$db/session/committing"
	there=$(ls "$db/migrations" 2>/dev/null || :)
	paths=$("$tools/pk-commit" --fingerprint "$reached" "$@") || {
		status=$?
		# It has refused before it wrote anything.
		[ "$there" != "$(ls "$db/migrations" 2>/dev/null || :)" ] || rm "$db/session/committing"
		exit $status
	}
	end_local
	"$tools/pk-session" end "$session"
	rm -rf "$db/session"
	printf '%s\n' "$paths"
	echo "next: git add $tree/ $db/migrations $db/committed.json; git commit; make deploy"
}

# ------------------------------------------------------------------- by hand

migration() {
	path=$("$tools/pk-session" add-manual "$session" "$db" "$POSTKIT_NAME" <<END
-- By hand: $(printf '%s' "$POSTKIT_NAME" | tr '\n' ' ')
-- (Write it between the next lines; without a transaction: -- migrate:up transaction:false. What it changes in
-- definitions must stand in the files as well.)

-- migrate:up

-- migrate:down

END
	)
	echo "$path"
	echo "next: write it, then make apply"
}

work=$(mktemp -d)
proving=
cleanup() {
	[ -z "$proving" ] || "$tools/pk-database" drop @scratch:proof || :
	rm -rf "$work"
}
at_exit cleanup
case $verb in
plan)
	prove=$4
	plan
	;;
migration) migration ;;
apply) apply "$4" ;;
commit)
	prove=$4 tree=$5
	commit
	;;
esac
