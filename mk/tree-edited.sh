#!/bin/sh
# tree-edited.sh SUMS TREE - what has become of files that stood in TREE when SUMS was written (by tree-sums.sh): a line
# `edited FILE` or `gone FILE` for each that is not there any more with its content, under whatever name.
set -eu
[ -e "$1" ] && [ -d "$2" ] || exit 0
sums=$(cd "$(dirname "$1")" && pwd)/${1##*/}
files() {
	sh "${0%/*}/tree-files.sh" "$tree" "$@" | tr -cd '\0' | wc -c
}
tree=$2
# As many files, none of them younger: thousands need not be read.
[ "$(files -cnewer "$sums")" -ne 0 ] || [ "$(files)" -ne "$(wc -l <"$sums")" ] || exit 0
sh "${0%/*}/tree-sums.sh" "$tree" | awk -v old="$sums" '
	{ sums[$1] = 1; files[substr($0, length($1) + 3)] = 1 }
	END {
		while ((getline <old) > 0) {
			file = substr($0, length($1) + 3)
			if (!($1 in sums))
				print (file in files ? "edited " : "gone ") file
		}
	}'
