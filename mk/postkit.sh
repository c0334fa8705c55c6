#!/bin/sh
# postkit.sh - the targets of make, for hands that are used to a command. `make install` puts it into PREFIX/bin as postkit.
#
#     postkit [db] VERB [NAME [URL]] [OPTION...]
#
# VERB is a target; remote and schema take another word: `postkit db remote add NAME URL --default` is
# `make remote-add NAME=… URL=… DEFAULT=1`. An option is the setting of the same name: --dry-run is DRY_RUN=1,
# --url URL is URL=URL, --steps=2 is STEPS=2; -f is FORCE=1, -v is V=1, -m TEXT is NAME=TEXT. SETTING=VALUE is passed on as it
# is. What a verb and its settings do, `make` alone says.
set -eu

refuse() { # MESSAGE
	printf 'postkit: error: %s\n  hint: postkit alone lists what there is\n' "$1" >&2
	exit 2
}

# Through links, as an installed command is one.
self=$0
while [ -L "$self" ]; do
	link=$(readlink "$self")
	case $link in
	/*) self=$link ;;
	*) self=${self%/*}/$link ;;
	esac
done
tree=$(cd "${self%/*}/.." && pwd)

make=make
! command -v gmake >/dev/null || make=gmake

verb='' operands=0 words=$#
# Each word is taken from the front, and what it means to make is put at the end.
while [ "$words" -gt 0 ]; do
	word=$1
	shift
	words=$((words - 1))
	case $word in
	-f) word=--force ;;
	-v) word=--v ;;
	-m) word=--name ;;
	esac
	case $word in
	--*=*)
		setting=${word%%=*} value=${word#*=}
		;;
	--allow | --clone | --format | --from | --name | --rehearse | --remote | --remotes | --schema | --steps | --target | --to | --url)
		[ "$words" -gt 0 ] || refuse "$word needs a value"
		setting=$word value=$1
		shift
		words=$((words - 1))
		;;
	--*) setting=$word value=1 ;;
	-*) refuse "there is no option $word" ;;
	[A-Z]*=*)
		set -- "$@" "$word"
		continue
		;;
	*)
		case $verb in
		'') [ "$word" = db ] || verb=$word ;;
		remote | schema) verb=$verb-$word ;;
		*)
			operands=$((operands + 1))
			case $operands in
			1) set -- "$@" "NAME=$word" ;;
			2) set -- "$@" "URL=$word" ;;
			*) refuse "what is $word for?" ;;
			esac
			;;
		esac
		continue
		;;
	esac
	setting=$(printf '%s' "${setting#--}" | tr 'a-z-' 'A-Z_')
	set -- "$@" "$setting=$value"
done
case $verb in
remote) verb=remote-list ;;
esac
exec "$make" --no-print-directory -f "$tree/Makefile" ${verb:+"$verb"} "$@"
