#!/bin/sh
# tree-files.sh TREE - the files that say what the database shall be: all *.sql but seeds/, and .pgschemaignore, sorted. Links
# are followed, as pk-load does. Each is followed by a NUL, as names may have anything else; relative to TREE.
set -eu
cd "$1"
# What find says is that a link leads back to where it stands.
find -L . -name '.?*' ! -name .pgschemaignore -prune -o ! -path './seeds/*' \( -name '*.sql' -o -name .pgschemaignore \) -type f -print0 \
	2>/dev/null | LC_ALL=C sort -z
