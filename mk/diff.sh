#!/bin/sh
# diff.sh TOOLS FORMAT ONLINE EXIT_CODE PROVE - the plan from $POSTKIT_FROM to $POSTKIT_TO, on stdout.
set -eu
tools=$1 format=$2 online=$3 exit_code=$4 prove=$5 verb=diff
. "${0%/*}/lib.sh"

if [ -z "${POSTKIT_FROM-}" ] || [ -z "${POSTKIT_TO-}" ]; then
	misuse "FROM= and TO= are needed: make diff FROM=@local TO=schema"
fi

# kind VARIABLE - what the state is that it names
kind() {
	eval "state=\$$1"
	if [ -d "$state" ]; then
		echo directory
	elif [ -f "$state" ]; then
		case $state in *.sql) misuse "$state is a file of SQL: FROM= and TO= take the directory" ;; esac
		echo snapshot
	else
		case $state in
		@* | *://* | *=* | env:*) echo database ;;
		*) misuse "there is no directory and no file $state, and it is no URL, conninfo or @name of a database" ;;
		esac
	fi
}

# operand VARIABLE - how a program is told of the database: no password on a command line
operand() {
	eval "state=\$$1"
	case $state in
	@*) echo "$state" ;;
	*) echo "env:$1" ;;
	esac
}

from=$(kind POSTKIT_FROM)
to=$(kind POSTKIT_TO)

# Directories need a server for their databases, of the version of the other side where that is to be had.
if [ -z "${POSTKIT_LOCAL_URL-}${POSTKIT_SCRATCH-}" ]; then
	case $from:$to in
	database:directory) POSTKIT_SCRATCH=1 exec "$tools/pk-server" --like "$(operand POSTKIT_FROM)" run sh "$0" "$@" ;;
	directory:database) POSTKIT_SCRATCH=1 exec "$tools/pk-server" --like "$(operand POSTKIT_TO)" run sh "$0" "$@" ;;
	database:*) [ "$prove" = 0 ] || POSTKIT_SCRATCH=1 exec "$tools/pk-server" --like "$(operand POSTKIT_FROM)" run sh "$0" "$@" ;;
	*directory*) POSTKIT_SCRATCH=1 exec "$tools/pk-server" run sh "$0" "$@" ;;
	esac
	[ "$prove" = 0 ] || POSTKIT_SCRATCH=1 exec "$tools/pk-server" run sh "$0" "$@"
fi
# The server of the shadow databases.
server=${POSTKIT_SERVER_URL-}
[ -n "${POSTKIT_SCRATCH-}" ] || server=${POSTKIT_LOCAL_URL-}

work=$(mktemp -d)
shadows=
cleanup() {
	for shadow in $shadows; do
		"$tools/pk-database" drop "$shadow" || :
	done
	rm -rf "$work"
}
at_exit cleanup

# scratch NAME - sets $shadow to a database that is dropped in the end
scratch() {
	shadow=env:POSTKIT_SHADOW_$1
	export "POSTKIT_SHADOW_$1=${server%/*}/postkit_shadow_$1_$$"
	shadows="$shadows $shadow"
}

# facts NAME KIND VARIABLE OPTIONS - the snapshot $work/NAME of the state that $VARIABLE names
facts() {
	eval "state=\$$3"
	case $2 in
	directory)
		scratch "$1"
		"$tools/pk-database" reset "$shadow"
		"$tools/pk-load" --scratch "$state" "$shadow"
		"$tools/pk-dump" "$shadow" >"$work/$1"
		;;
	# What is wrong with it is said of the file that was given, not of a copy.
	snapshot) "$tools/pk-ignore" -- /dev/null "$state" >"$work/$1" ;;
	database) "$tools/pk-dump" $4 "$(operand "$3")" >"$work/$1" ;;
	esac
}

# Roles are the server's: a server for the time of this command is given those of the database, which the files may well
# name. What it cannot take is missed, and said, by the files that need it.
if [ -n "${POSTKIT_SCRATCH-}" ]; then
	for side in "$from POSTKIT_FROM" "$to POSTKIT_TO"; do
		case $side in
		database*)
			mkdir -p "$work/infra"
			"$tools/pk-infra" "$(operand "${side#* }")" "$work/infra"
			"$tools/pk-load" "$work/infra/roles.sql" env:POSTKIT_SERVER_URL 2>/dev/null || :
			;;
		esac
	done
fi

# An invalid index that an interrupted build has left is in the way of the next one.
facts from "$from" POSTKIT_FROM --with-invalid
facts to "$to" POSTKIT_TO ""

# What .pgschemaignore names counts on neither side: that of the directories, or else the project's.
ignore() { # FILE
	ignored=$1
	for side in from to; do
		"$tools/pk-ignore" "$1" "$work/$side" >"$work/kept"
		mv "$work/kept" "$work/$side"
	done
}
ignored=
case $from:$to in
*directory*)
	[ "$from" != directory ] || ignore "$POSTKIT_FROM/.pgschemaignore"
	[ "$to" != directory ] || ignore "$POSTKIT_TO/.pgschemaignore"
	;;
*) [ -z "${POSTKIT_PROJECT_IGNORE-}" ] || ignore "$POSTKIT_PROJECT_IGNORE" ;;
esac

set --
[ "$online" != 0 ] || set -- "$@" --offline
# What is only looked at needs no permission.
[ "$format" = sql ] || set -- "$@" --show
[ -z "${POSTKIT_ALLOW-}" ] || set -- "$@" --allow "$POSTKIT_ALLOW"
if [ "$from" = database ]; then
	"$tools/pk-sizes" "$(operand POSTKIT_FROM)" >"$work/sizes"
	set -- "$@" --sizes "$work/sizes"
fi
files=
[ "$to" != directory ] || files=$POSTKIT_TO
export "POSTKIT_SHADOW_renamed=${server%/*}/postkit_shadow_renamed_$$"
POSTKIT_ROLES=
[ "$from" != database ] || POSTKIT_ROLES=$(operand POSTKIT_FROM)
export POSTKIT_ROLES
sh "${0%/*}/plan.sh" "$tools" "$work/from" "$work/to" "$files" env:POSTKIT_SHADOW_renamed "$@" >"$work/plan"

# The plan is run in a copy of the current state, and must lead to the desired one.
if [ "$prove" != 0 ]; then
	scratch proof
	build_from "$work/from" "$shadow" "$POSTKIT_ROLES"
	POSTKIT_IGNORE=$ignored "$tools/pk-prove" "$work/plan" "$work/to" "$shadow"
fi
"$tools/pk-render" --format "$format" "$work/plan"
if [ "$exit_code" != 0 ] && [ "$(wc -l <"$work/plan")" -gt 1 ]; then
	exit 1
fi
