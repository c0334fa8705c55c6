#!/bin/sh
# tree-sums.sh TREE [FILE] - a line SHA-256 and name for each file of TREE (tree-files.sh), and one for FILE, where it is there.
set -eu
if [ ! -d "$1" ] && [ $# = 1 ]; then
	echo "error: there is no directory $1/" >&2
	echo "  hint: make import writes it from an existing database, make init an empty one" >&2
	exit 1
fi
if command -v sha256sum >/dev/null 2>&1; then
	sum=sha256sum
else
	sum='shasum -a 256'
fi
[ -z "${2-}" ] || [ ! -e "$2" ] || $sum "$2"
[ -d "$1" ] || exit 0
sh "${0%/*}/tree-files.sh" "$1" | LC_ALL=C sort -z | (cd "$1" && xargs -0 $sum)
