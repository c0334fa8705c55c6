#!/bin/sh
# tree-sums.sh TREE - a line SHA-256 and name for each file that says what the database shall be: all *.sql but seeds/, and
# .pgschemaignore.
set -eu
if [ ! -d "$1" ]; then
	echo "error: there is no directory $1/" >&2
	echo "  hint: make import writes it from an existing database, make init an empty one" >&2
	exit 1
fi
if command -v sha256sum >/dev/null 2>&1; then
	sum=sha256sum
else
	sum='shasum -a 256'
fi
cd "$1"
find . -name '.?*' ! -name .pgschemaignore -prune -o ! -path './seeds/*' \( -name '*.sql' -o -name .pgschemaignore \) -type f -print0 |
	LC_ALL=C sort -z | xargs -0 $sum
