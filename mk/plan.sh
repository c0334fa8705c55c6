#!/bin/sh
# plan.sh TOOLS CURRENT DESIRED FILES COPY [OPTION...] - the plan from one snapshot to another, on stdout, with the renames
# that directives in FILES (which declare DESIRED; "": none do) ask for. The options are pk-diff's.
#
# COPY names a database (as pk-database takes it) that is made only where there is something to rename, and dropped again:
# only the server knows what else changes with a name. Its server must have the roles; where $POSTKIT_ROLES names a
# database, that one's are made. $POSTKIT_DOWN names a file for the plan that leads back. $POSTKIT_PARTIAL says that DESIRED is
# only a state on the way to what FILES declare, where not every directive can match.
set -eu
tools=$1 current=$2 desired=$3 files=$4 copy=$5
shift 5
verb=plan
. "${0%/*}/lib.sh"

work=$(mktemp -d)
made=
cleanup() {
	[ -z "$made" ] || "$tools/pk-database" drop "$copy" || :
	rm -rf "$work"
}
at_exit cleanup

renamed=$current renames= own=
if [ -n "$files" ]; then
	# What the files make belongs to whoever loads them, here; that is nothing that they say.
	own=$("$tools/pk-database" user "$copy")
	"$tools/pk-rename" ${POSTKIT_PARTIAL:+--partial} "$current" "$desired" "$files" && pending=0 || pending=$?
	case $pending in
	0) ;;
	1)
		made=1
		build_from "$current" "$copy" "${POSTKIT_ROLES-}"
		renames=$work/renames renamed=$work/renamed
		"$tools/pk-rename" ${POSTKIT_PARTIAL:+--partial} --database "$copy" "$current" "$desired" "$files" >"$renames"
		"$tools/pk-dump" --with-invalid "$copy" >"$renamed"
		;;
	*) exit "$pending" ;;
	esac
fi
# A way back is only made, not allowed: what it costs is said in the migration.
if [ -n "${POSTKIT_DOWN-}" ]; then
	"$tools/pk-diff" --show ${own:+--own "$own"} ${renames:+--undo "$renames"} "$desired" "$renamed" >"$POSTKIT_DOWN"
fi
"$tools/pk-diff" ${own:+--own "$own"} ${renames:+--after "$renames"} "$@" "$renamed" "$desired"
