#!/bin/sh
# prove-plan.sh TOOLS PLAN CURRENT DESIRED KEPT - runs the plan in a copy of the current state, which must lead to the desired one.
# The roles are the local server's, and there already.
#
# The copy of a large schema takes long to make. It is kept for the next proof, which begins with taking back what this
# one has done: KEPT is a file that says that there is one ("": none is kept, the server is somebody else's). Nothing is
# believed of it: pk-prove reads its facts. Where anything is wrong there, the copy is made anew and has the last word.
set -eu
tools=$1 plan=$2 current=$3 desired=$4 kept=$5 verb=plan
large=5000 # facts; with fewer it is made in no time
. "${0%/*}/lib.sh"
if [ "$(wc -l <"$plan")" -le 1 ]; then
	echo "nothing to prove"
	exit 0
fi
copy=@scratch:proof
work=$(mktemp -d)
keep=
at_exit '[ -n "$keep" ] || "$tools/pk-database" drop "$copy"; rm -rf "$work"'
again=
if [ -n "$kept" ] && [ -e "$kept" ]; then
	# A proof that is cut off leaves a copy that is not used.
	rm "$kept"
	"$tools/pk-prove" --from "$current" "$plan" "$desired" "$copy" 2>"$work/log" || again=1
else
	again=1
fi
if [ -n "$again" ]; then
	build_from "$current" "$copy"
	"$tools/pk-prove" "$plan" "$desired" "$copy"
fi
if [ -n "$kept" ] && [ "$(wc -l <"$current")" -gt "$large" ]; then
	keep=1
	: >"$kept"
fi
echo "the plan leads to what the files say"
