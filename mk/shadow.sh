#!/bin/sh
# shadow.sh TOOLS TREE - the facts of a database made of the files, on stdout.
set -eu
tools=$1 tree=$2 verb=plan
. "${0%/*}/lib.sh"
shadow=@scratch:shadow
at_exit '"$tools/pk-database" drop "$shadow"'
"$tools/pk-database" reset "$shadow"
"$tools/pk-load" --scratch "$tree" "$shadow"
# What is declared and never looked at was meant otherwise.
"$tools/pk-dump" --say-ignored "$shadow"
