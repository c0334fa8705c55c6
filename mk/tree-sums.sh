#!/bin/sh
# tree-sums.sh TREE [FILE] - a line SHA-256 and name for each file that says what the database shall be: all *.sql but
# seeds/, and .pgschemaignore; and one for FILE, where it is there.
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
cd "$1" 2>/dev/null || exit 0
find . -name '.?*' ! -name .pgschemaignore -prune -o ! -path './seeds/*' \( -name '*.sql' -o -name .pgschemaignore \) -type f -print0 |
	LC_ALL=C sort -z | xargs -0 $sum
