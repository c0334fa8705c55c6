#!/bin/sh
# session.sh TOOLS DB TREE start|status|abort - see session.mk. The remote is what $POSTKIT_TARGET names.
set -eu
tools=$1 db=$2 tree=$3 verb=$4
session=$db/session.json
migrations=$db/migrations
. "${0%/*}/lib.sh"

use_local() {
	[ "$("$tools/pk-config" get local)" = embedded ] || return 0
	POSTKIT_LOCAL_URL=$("$tools/pk-server" --database postkit start)
	export POSTKIT_LOCAL_URL
}

# What PostKit made, or was making when it was cut off (local.begun), may be replaced; somebody's own work may not.
check_local() {
	[ -z "${POSTKIT_FORCE-}" ] && [ ! -e "$db/local.begun" ] || return 0
	"$tools/pk-database" empty @local || as_left ||
		refuse "the local database has changes that PostKit did not make, and the copy would replace it" \
			"FORCE=1 replaces it; another localDbUrl in postkit.config.json leaves it alone"
}

check_baseline() {
	baseline=$("$tools/pk-apply" --position --committed "$db/committed.json" "$migrations" "$POSTKIT_TARGET") || exit
	baseline=$(printf '%s\n' "$baseline" | sed -n 's/^baseline=//p')
	[ -n "$baseline" ] || return 0
	"$tools/pk-dump" "$POSTKIT_TARGET" >"$db/start.facts" 2>/dev/null && has_objects "$db/start.facts" && there=1 || there=
	rm -f "$db/start.facts"
	[ -z "$there" ] || {
		baseline_is_there "$baseline" "$POSTKIT_TARGET"
		exit 1
	}
}

clone() {
	case $POSTKIT_CLONE in
	schema) set -- ;;
	data) set -- --data ;;
	data:*)
		tables=${POSTKIT_CLONE#data:}
		set --
		while [ -n "$tables" ]; do
			set -- "$@" --table "${tables%%,*}"
			case $tables in
			*,*) tables=${tables#*,} ;;
			*) tables= ;;
			esac
		done
		;;
	*) misuse "CLONE= is schema, data or data:schema.table,…, not $POSTKIT_CLONE" ;;
	esac
	: >"$db/local.begun"
	"$tools/pk-database" reset @local
	"$tools/pk-clone" "$@" "$POSTKIT_TARGET" @local
	"$tools/pk-stamp" @local >"$db/local.stamp.tmp"
	mv "$db/local.stamp.tmp" "$db/local.stamp"
	rm "$db/local.begun"
}

show_differences() {
	[ -n "$(find "$tree" -name '*.sql' -type f 2>/dev/null | head -n 1)" ] || return 0
	status=0
	differences=$(POSTKIT_FROM=@local POSTKIT_TO=$tree sh "${0%/*}/diff.sh" "$tools" text 1 1 0) || status=$?
	case $status in
	0) echo "the files in $tree/ say what the remote has" ;;
	1)
		echo "the files in $tree/ say something else than the remote; what leads there:"
		printf '%s\n' "$differences"
		;;
	*) ;; # it has said why
	esac
}

start() {
	[ -e postkit.config.json ] || refuse "this is no project" "make init makes it one"
	"$tools/pk-session" free "$session"
	use_local
	"$tools/pk-config" same "$POSTKIT_TARGET" @local && refuse "that is the local database itself"
	if [ -d "$migrations" ]; then
		check_baseline
		pending=$("$tools/pk-apply" --dry-run "$migrations" "$POSTKIT_TARGET") || exit
		[ -z "$pending" ] || refuse "committed migrations are not applied there: $(echo $(printf '%s\n' "$pending" | sed 's/^would apply //; s/ (.*//'))" \
			"make deploy applies them"
	fi
	check_local
	clone
	# What a commit begins with; the session begins when it is there.
	rm -rf "$db/session"
	mkdir -p "$db/session/facts"
	"$tools/pk-dump" --with-invalid @local >"$db/session/facts/start.jsonl"
	"$tools/pk-infra" --roles --all-roles "$POSTKIT_TARGET" >"$db/session/facts/roles.sql"
	find "$migrations" -name '[0-9]*.sql' -type f 2>/dev/null | sed 's|.*/||' | LC_ALL=C sort >"$db/session/facts/migrations"
	"$tools/pk-session" start "$session" "$POSTKIT_TARGET" @local
	"$tools/pk-session" status "$session" | head -n 1
	show_differences
}

# ---------------------------------------------------------------------- status

get() {
	"$tools/pk-session" get "$session" "$1"
}
# Whether the files are as they were when the plan was made; no server is asked.
files_changed() {
	sh "${0%/*}/tree-sums.sh" "$tools" "$tree" 2>/dev/null | cmp -s - "$db/session/planned.sums" && return 1
	return 0
}
# The path of the first migration written by hand that is not applied.
unapplied() {
	"$tools/pk-session" migrations "$session" | sed -n 's/^manual //p' | while IFS= read -r path; do
		[ ! -e "$path" ] || [ -e "$db/session/facts/${path##*/}.after.jsonl" ] || { printf '%s\n' "$path"; break; }
	done
}

# Sets $stands, in words, and $next.
where_one_stands() {
	if [ ! -e postkit.config.json ]; then
		stands="this directory is no project"
		next="make init"
	elif ! broken=$("$tools/pk-commit" --check "$db" 2>&1); then
		stands="the migrations are not what was committed: $broken"
		next="mend what is named (git has it), then make status"
	elif ! "$tools/pk-session" active "$session" 2>/dev/null; then
		stands=
		if [ -z "$("$tools/pk-config" get remotes)" ]; then
			next="make remote-add NAME=… URL=…"
		elif [ ! -e "$db/committed.json" ]; then
			next="make import URL=… writes the files of a database that is there; make start begins the work on a remote"
		else
			next="make deploy where migrations are pending (make migrations shows it), then make start"
		fi
	elif [ -e "$db/session/committing" ]; then
		stands="a commit was begun and has not come to its end"
		next="make commit NAME=… goes on with it"
	elif incoming=$(sh "${0%/*}/incoming.sh" "$tools" "$db" status list 2>&1) && [ -n "$incoming" ]; then
		stands="committed migrations came in since the session began: $(echo $incoming)"
		next="make apply brings them into the local database"
	elif [ "$(get planned)" = true ] && [ -n "$(get migration)" ] && ! files_changed; then
		stands="an apply was begun and has not come to its end"
		next="make apply goes on with it"
	elif [ -n "$(unapplied)" ]; then
		stands="$(unapplied) is not applied"
		next="write it, then make apply"
	elif files_changed; then
		stands="the files in $tree/ have not been planned as they are now"
		next="edit $tree/, then make plan"
	elif [ "$(get planned)" = true ]; then
		stands="there is a plan that is not applied: $db/plan.sql"
		next="make apply"
	elif [ "$(get applied)" = true ]; then
		stands="all that was planned is applied in the local database"
		next="make commit NAME=…, or edit $tree/ and make plan"
	else
		stands="nothing is planned"
		next="edit $tree/, then make plan; make abort ends the session"
	fi
}

status() {
	where_one_stands
	if [ -n "$POSTKIT_JSON" ]; then
		"$tools/pk-session" json "$session" "$next"
		return
	fi
	"$tools/pk-session" status "$session"
	[ ! -d "$migrations" ] || echo "committed: $(counted "$(find "$migrations" -name '[0-9]*.sql' | wc -l | tr -d ' ')" migration)"
	[ -z "$stands" ] || echo "state: $stands"
	echo "next: $next"
}

case $verb in
start) start ;;
status) status ;;
abort)
	"$tools/pk-session" end "$session"
	rm -rf "$db/session"
	;;
esac
