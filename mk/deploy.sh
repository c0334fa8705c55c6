#!/bin/sh
# deploy.sh TOOLS DB migrations|adopt
# deploy.sh TOOLS DB deploy DRY_RUN REHEARSE [OPTION...]
# deploy.sh TOOLS DB rollback DRY_RUN [OPTION...]
#
# See deploy.mk. The target is what $POSTKIT_TARGET names, or the default remote.
set -eu
tools=$1 db=$2 verb=$3
migrations=$db/migrations
target=${POSTKIT_TARGET:-@remote}

say() {
	printf '%s\n' "$*"
}
refuse() { # MESSAGE [HINT]
	printf '%s: error: %s\n' "$verb" "$1" >&2
	[ $# -lt 2 ] || printf '  hint: %s\n' "$2" >&2
	exit 1
}
# confirm QUESTION - what cannot be asked needs FORCE=1.
confirm() {
	[ -z "${POSTKIT_FORCE-}" ] || return 0
	[ -t 0 ] && [ -t 2 ] || refuse "there is no terminal to ask on" "FORCE=1 goes on without asking"
	printf '%s [y/N] ' "$1" >&2
	read -r answer || answer=
	case $answer in
	[yY] | [yY][eE][sS]) ;;
	*) refuse "nothing was done" ;;
	esac
}
name() {
	case $target in
	env:*) say "the database of URL=" ;;
	@remote) say "the remote $("$tools/pk-config" get remote)" ;;
	*) say "the remote ${target#@remote:}" ;;
	esac
}

[ -d "$migrations" ] || refuse "there are no migrations here" "make import writes the first one"

# ------------------------------------------------------------------------ looking

list_all() {
	remotes=$("$tools/pk-config" get remotes)
	if [ -n "${POSTKIT_TARGET-}" ] || [ "$(echo "$remotes" | wc -w)" -le 1 ]; then
		"$tools/pk-apply" --list "$migrations" "$target"
		return
	fi
	for remote in $remotes; do
		# One that cannot be reached must not hide the others.
		if "$tools/pk-apply" --list "$migrations" "@remote:$remote" >"$work/$remote"; then
			sed "s/^/$remote /" "$work/$remote"
		else
			echo "$remote unreachable -"
		fi
	done | awk -v remotes="$remotes" '
		{ state[$1, $3] = $2 }
		$2 == "unreachable" { lost[$1] = 1; next }
		!seen[$3]++ { names[++count] = $3 }
		END {
			columns = split(remotes, remote, " ")
			for (c = 1; c <= columns; c++)
				printf "%-12s ", remote[c]
			print ""
			for (i = 2; i <= count; i++)
				for (k = i; k > 1 && names[k - 1] > names[k]; k--) {
					swap = names[k]; names[k] = names[k - 1]; names[k - 1] = swap
				}
			for (i = 1; i <= count; i++) {
				for (c = 1; c <= columns; c++) {
					s = state[remote[c], names[i]]
					printf "%-12s ", lost[remote[c]] ? "?" : s == "" ? "-" : s
				}
				print names[i]
			}
		}'
}

# ------------------------------------------------------------------------ deploying

# The rehearsal's server: the project's own, or one for the time of this.
need_server() {
	if [ -e postkit.config.json ] && [ "$("$tools/pk-config" get local)" = given ]; then
		return
	elif [ -e postkit.config.json ]; then
		POSTKIT_LOCAL_URL=$("$tools/pk-server" --database postkit start)
		export POSTKIT_LOCAL_URL
	elif [ -n "${POSTKIT_SCRATCH-}" ]; then
		POSTKIT_LOCAL_URL=$POSTKIT_SERVER_URL
		export POSTKIT_LOCAL_URL
	else
		POSTKIT_SCRATCH=1
		export POSTKIT_SCRATCH
		exec "$tools/pk-server" run sh "$0" "$@"
	fi
}

rehearsal=@local:postkit_rehearsal
# rehearse data|schema OPTION... - leaves the facts that the target will have in $work/wanted.
rehearse() {
	what=$1
	shift
	say "rehearsing on a copy of $(name)"
	"$tools/pk-database" reset "$rehearsal"
	rehearsed=1
	if [ "$what" = data ]; then
		"$tools/pk-clone" --data "$target" "$rehearsal"
	else
		"$tools/pk-clone" "$target" "$rehearsal"
	fi || refuse "the copy for the rehearsal could not be made; $(name) is untouched"
	"$tools/pk-apply" --quiet "$@" "$migrations" "$rehearsal" ||
		refuse "the rehearsal failed; $(name) is untouched"
	"$tools/pk-dump" "$rehearsal" >"$work/wanted" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}

deploy() {
	dry_run=$1 how=$2
	shift 2
	case $how in
	schema | data | 0) ;;
	*) refuse "REHEARSE= is schema, data or 0, not $how" ;;
	esac
	pending=$("$tools/pk-apply" --dry-run "$@" "$migrations" "$target") || exit
	if [ -z "$pending" ]; then
		say "nothing is pending on $(name)"
		return
	fi
	say "$pending" | sed 's/^would apply /pending: /'
	case $dry_run in
	'' | 0) ;;
	*) return ;;
	esac
	before=$("$tools/pk-stamp" "$target")
	[ "$how" = 0 ] || rehearse "$how" "$@"
	confirm "apply $(say "$pending" | wc -l | tr -d ' ') to $(name)?"
	[ "$("$tools/pk-stamp" "$target")" = "$before" ] ||
		refuse "$(name) was changed by somebody in the meantime; nothing was done" "run it again"
	"$tools/pk-apply" "$@" "$migrations" "$target"
	[ "$how" != 0 ] || return 0
	"$tools/pk-dump" "$target" >"$work/facts" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
	if ! "$tools/pk-compare" "$work/wanted" "$work/facts" >"$work/differences"; then
		sed 's/^/  /' "$work/differences" | head -n 20 >&2
		refuse "$(name) is not what the rehearsal gave (- rehearsal, + target)"
	fi
	say "proof: $(name) is what the rehearsal gave, $(sed -n '$s/.*"facts":\([0-9]*\).*/\1/p' "$work/facts") facts"
}

rollback() {
	dry_run=$1
	shift
	list=$("$tools/pk-apply" --dry-run --rollback "$POSTKIT_STEPS" "$@" "$migrations" "$target") || exit
	if [ -z "$list" ]; then
		say "nothing is applied on $(name)"
		return
	fi
	say "$list"
	case $dry_run in
	'' | 0) ;;
	*) return ;;
	esac
	confirm "roll them back on $(name)?"
	"$tools/pk-apply" --rollback "$POSTKIT_STEPS" "$@" "$migrations" "$target"
}

if [ "$verb" = deploy ] && [ "$5" != 0 ]; then
	need_server "$@"
fi
if [ "$verb" = deploy ] && "$tools/pk-config" same "$target" @local 2>/dev/null; then
	refuse "$(name) is the local database" "make apply is for that one"
fi
work=$(mktemp -d)
rehearsed=
cleanup() {
	[ -z "$rehearsed" ] || "$tools/pk-database" drop "$rehearsal" || :
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
shift 3
case $verb in
migrations) list_all ;;
adopt) "$tools/pk-apply" --adopt "$migrations" "$target" ;;
deploy) deploy "$@" ;;
rollback) rollback "$@" ;;
esac
