#!/bin/sh
# tree-files.sh TREE [TEST...] - the files that say what the database shall be: all *.sql but seeds/, and .pgschemaignore; of
# these, what find's TESTs hold for. Each is followed by a NUL, as names may have anything else; relative to TREE.
set -eu
cd "$1"
shift
find . -name '.?*' ! -name .pgschemaignore -prune -o ! -path './seeds/*' \( -name '*.sql' -o -name .pgschemaignore \) -type f "$@" -print0
