#!/bin/sh
# tree-edited.sh TOOLS SUMS TREE - what has become of files that stood in TREE when SUMS was written (by tree-sums.sh): a line
# `edited FILE` or `gone FILE` for each that is not there any more with its content, under whatever name. The time of SUMS is one
# before its files were read.
set -eu
tools=$1 sums=$2 tree=$3
[ -e "$sums" ] && [ -d "$tree" ] || exit 0
sums=$(cd "$(dirname "$sums")" && pwd)/${sums##*/}

# What is younger than SUMS of TREE and the directories above it; directories are, in which something was put, removed or renamed,
# or which were renamed. Links, too: their own times say nothing of what they lead to.
younger_or_link() {
	dir=$tree
	while [ "$dir" != "${dir%/*}" ]; do
		dir=${dir%/*}
		find "$dir" -prune -cnewer "$sums"
	done
	(cd "$tree" && find . -path ./seeds -prune -o -name '.?*' ! -name .pgschemaignore -prune -o \( -type l -o -cnewer "$sums" \) -print)
}
# Thousands of files that nobody touched need not be read, unless they lie behind links or elsewhere.
[ "$(cd "$tree" && pwd -P)" != "$(pwd -P)/$tree" ] || grep -qv '^[\\]\{0,1\}[0-9a-f]*  \./' "$sums" || [ -n "$(younger_or_link)" ] || exit 0

sh "${0%/*}/tree-sums.sh" "$tools" "$tree" | awk -v old="$sums" '
	{ sums[$1] = 1; files[substr($0, length($1) + 3)] = 1 }
	END {
		while ((getline <old) > 0) {
			file = substr($0, length($1) + 3)
			if (!($1 in sums))
				print (file in files ? "edited " : "gone ") file
		}
	}'
