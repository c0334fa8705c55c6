#!/bin/sh
# shadow.sh TOOLS TREE - the facts of a database made of the files, on stdout.
set -eu
tools=$1 tree=$2
shadow=@scratch:shadow
trap '"$tools/pk-database" drop "$shadow"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
"$tools/pk-database" reset "$shadow"
"$tools/pk-load" "$tree" "$shadow"
"$tools/pk-dump" "$shadow"
