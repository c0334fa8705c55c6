#!/bin/sh
# prove-plan.sh TOOLS PLAN CURRENT DESIRED - runs the plan in a copy of the current state, which must lead to the desired one.
# The roles are the local server's, and there already.
set -eu
tools=$1 plan=$2 current=$3 desired=$4 verb=plan
. "${0%/*}/lib.sh"
if [ "$(wc -l <"$plan")" -le 1 ]; then
	echo "nothing to prove"
	exit 0
fi
copy=@scratch:proof
work=$(mktemp -d)
at_exit '"$tools/pk-database" drop "$copy"; rm -rf "$work"'
build_from "$current" "$copy"
"$tools/pk-prove" "$plan" "$desired" "$copy"
echo "the plan leads to what the files say"
