#!/bin/sh
# prove-plan.sh TOOLS PLAN CURRENT DESIRED - runs the plan in a copy of the current state, which must lead to the desired one.
# The roles are the local server's, and there already.
set -eu
tools=$1 plan=$2 current=$3 desired=$4
if [ "$(wc -l <"$plan")" -le 1 ]; then
	echo "nothing to prove"
	exit 0
fi
copy=@scratch:proof
work=$(mktemp -d)
trap '"$tools/pk-database" drop "$copy"; rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
"$tools/pk-database" reset "$copy"
"$tools/pk-order" "$current" >"$work/ordered"
"$tools/pk-render" --with-invalid "$work/ordered" >"$work/base.sql"
"$tools/pk-load" --no-validate "$work/base.sql" "$copy"
"$tools/pk-prove" "$plan" "$desired" "$copy"
echo "the plan leads to what the files say"
