#!/bin/sh
# deploy.sh TOOLS DB migrations|adopt
# deploy.sh TOOLS DB rollback DRY_RUN [OPTION...]
#
# See deploy.mk. The target is what $POSTKIT_TARGET names, or the default remote.
set -eu
tools=$1 db=$2 verb=$3
. "${0%/*}/lib.sh"
migrations=$db/migrations
target=${POSTKIT_TARGET:-@remote}

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

# ---------------------------------------------------------------------- rolling back

rollback() {
	dry_run=$1
	shift
	case $POSTKIT_STEPS in
	'' | *[!0-9]* | 0*) misuse "STEPS= is how many migrations are undone, not $POSTKIT_STEPS" ;;
	esac
	list=$("$tools/pk-apply" --dry-run --rollback "$POSTKIT_STEPS" "$@" "$migrations" "$target") || exit
	if [ -z "$list" ]; then
		say "nothing is applied on $(where_to "$target")"
		return
	fi
	say "$list"
	case $dry_run in
	'' | 0) ;;
	*) return ;;
	esac
	confirm "roll them back on $(where_to "$target")?"
	"$tools/pk-apply" --rollback "$POSTKIT_STEPS" "$@" "$migrations" "$target"
}

# ------------------------------------------------------------------------- taking over

# The baseline first, where an import has left that out (SYNC=0), then what dbmate has applied.
adopt() {
	"$tools/pk-apply" --position --committed "$db/committed.json" "$migrations" "$target" >"$work/position"
	baseline=$(sed -n 's/^baseline=//p' "$work/position")
	[ -z "$baseline" ] || "$tools/pk-dump" "$target" >"$work/facts" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
	if [ -n "$baseline" ] && has_objects "$work/facts"; then
		[ "$("$tools/pk-compare" --fingerprint "$work/facts")" = "$(sed -n 's/^baseline_fingerprint=//p' "$work/position")" ] ||
			confirm "$(where_to "$target") is not, or not any more, what the baseline $baseline makes. Is it applied there all the same?"
		script=$("$tools/pk-sync" "$db" "$target") || exit
		[ -z "$script" ] || { say "$script"; exit 1; }
		say "recorded $baseline as applied on $(where_to "$target")"
	fi
	"$tools/pk-apply" --adopt "$migrations" "$target"
}

work=$(mktemp -d)
at_exit 'rm -rf "$work"'
shift 3
case $verb in
migrations) list_all ;;
adopt) adopt ;;
rollback) rollback "$@" ;;
esac
