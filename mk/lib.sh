# lib.sh - what the verbs' scripts have in common; they read it from their own directory, when they have set
#
#     tools   the directory of the programs
#     verb    the name that messages begin with

# say WORD... - a line on standard output.
say() {
	printf '%s\n' "$*"
}

# complain MESSAGE [HINT]
complain() {
	printf '%s: error: %s\n' "$verb" "$1" >&2
	[ $# -lt 2 ] || printf '  hint: %s\n' "$2" >&2
}
# refuse MESSAGE [HINT] - the answer is no.
refuse() {
	complain "$@"
	exit 1
}
# misuse MESSAGE [HINT] - what was given to the verb is wrong.
misuse() {
	complain "$@"
	exit 2
}

# counted NUMBER WORD - 1 step, 2 steps
counted() {
	if [ "$1" = 1 ]; then say "1 $2"; else say "$1 ${2}s"; fi
}

# ask QUESTION HINT - goes on when the answer is yes. The hint is for where nobody can be asked.
ask() {
	[ -t 0 ] && [ -t 2 ] || refuse "nothing was done: there is no terminal to ask on" "$2"
	printf '%s [y/N] ' "$1" >&2
	read -r answer || answer=
	case $answer in
	[yY] | [yY][eE][sS]) ;;
	*) refuse "nothing was done" ;;
	esac
}
# confirm QUESTION - what FORCE=1 answers with yes.
confirm() {
	[ -n "${POSTKIT_FORCE-}" ] || ask "$1" "FORCE=1 goes on without asking"
}

# where_to TARGET - says of a target in words which one it is
where_to() {
	case $1 in
	env:*) say "the database of URL=" ;;
	@remote) say "the remote $("$tools/pk-config" get remote)" ;;
	*) say "the remote ${1#@remote:}" ;;
	esac
}

# has_objects SNAPSHOT - whether anything stands in its schemas
has_objects() {
	grep '^{"id":"[^"]*\(\\"[^"]*\)*","in":"schema ' "$1" | grep -Eqv '^[{]"id":"[a-z_]* (on|of|for) '
}
# baseline_is_there BASELINE TARGET - complains: it would be run where the objects are that it was made from.
baseline_is_there() {
	complain "$(where_to "$2") is not empty, and the baseline $1 is not recorded there as applied" \
		"where it is the database that the baseline was made from, make adopt records that"
}

# at_exit COMMAND - runs it when the script ends, by a signal too.
at_exit() {
	trap "$1" EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
}

# as_left - whether the local database is as PostKit left it, in directory $db. Roles are the server's: others make them too.
as_left() {
	now=$("$tools/pk-stamp" @local) && was=$(cat "$db/local.stamp" 2>/dev/null) && [ "${now% *}" = "${was% *}" ]
}

# build_from SNAPSHOT DATABASE [ROLES] - makes the database anew, with what the snapshot says; roles that it needs are those of the
# database ROLES, or on the server already. Its files are in $work.
build_from() {
	"$tools/pk-database" reset "$2"
	if [ -n "${3-}" ]; then
		mkdir -p "$work/infra"
		"$tools/pk-infra" "$3" "$work/infra"
		"$tools/pk-load" "$work/infra/roles.sql" "$2"
	fi
	"$tools/pk-order" "$1" >"$work/ordered"
	"$tools/pk-render" --with-invalid "$work/ordered" >"$work/base.sql"
	"$tools/pk-load" --scratch --no-validate "$work/base.sql" "$2"
}

# build_kept SNAPSHOT DATABASE KEPT - the same; where KEPT, a file, says that a copy was kept (prove-plan.sh), that one is brought
# into the snapshot's state. It is kept no longer.
build_kept() {
	if [ -e "$3" ]; then
		rm "$3"
		"$tools/pk-diff" --show "$1" "$1" >"$work/nothing"
		"$tools/pk-prove" --from "$1" "$work/nothing" "$1" "$2" 2>"$work/log" && return
	fi
	build_from "$1" "$2"
}
