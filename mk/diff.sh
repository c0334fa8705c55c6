#!/bin/sh
# diff.sh TOOLS FORMAT ONLINE EXIT_CODE - the plan from $POSTKIT_FROM to $POSTKIT_TO, on stdout.
set -eu
tools=$1 format=$2 online=$3 exit_code=$4

if [ -z "${POSTKIT_FROM-}" ] || [ -z "${POSTKIT_TO-}" ]; then
	echo "diff: error: FROM= and TO= are needed: make diff FROM=@local TO=schema" >&2
	exit 2
fi

# Directories need a server for their databases, of the version of the other side where that is to be had.
if { [ -d "$POSTKIT_FROM" ] || [ -d "$POSTKIT_TO" ]; } && [ -z "${POSTKIT_LOCAL_URL-}${POSTKIT_SCRATCH-}" ]; then
	POSTKIT_SCRATCH=1 exec "$tools/pk-server" run sh "$0" "$@"
fi
[ -z "${POSTKIT_SCRATCH-}" ] || export POSTKIT_LOCAL_URL="$POSTKIT_SERVER_URL"

work=$(mktemp -d)
shadows=
cleanup() {
	for shadow in $shadows; do
		"$tools/pk-database" drop "$shadow" || :
	done
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# facts NAME VARIABLE - the snapshot $work/NAME of the state that $VARIABLE names
facts() {
	eval "state=\$$2"
	if [ -d "$state" ]; then
		shadow=@local:postkit_shadow_$1_$$
		shadows="$shadows $shadow"
		"$tools/pk-database" reset "$shadow"
		"$tools/pk-load" "$state" "$shadow"
		"$tools/pk-dump" "$shadow" >"$work/$1"
	elif [ -f "$state" ]; then
		cp "$state" "$work/$1"
	else
		case $state in
		@*) "$tools/pk-dump" "$state" >"$work/$1" ;;
		*) "$tools/pk-dump" "env:$2" >"$work/$1" ;;
		esac
	fi
}

facts from POSTKIT_FROM
facts to POSTKIT_TO

set --
[ "$online" != 0 ] || set -- "$@" --offline
# What is only looked at needs no permission.
[ "$format" = sql ] || set -- "$@" --show
[ -z "${POSTKIT_ALLOW-}" ] || set -- "$@" --allow "$POSTKIT_ALLOW"
"$tools/pk-diff" "$@" "$work/from" "$work/to" >"$work/plan"
"$tools/pk-render" --format "$format" "$work/plan"
if [ "$exit_code" != 0 ] && [ "$(wc -l <"$work/plan")" -gt 1 ]; then
	exit 1
fi
