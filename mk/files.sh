#!/bin/sh
# files.sh TOOLS infra|seed DIRECTORY APPLY TARGET - shows the SQL files of a directory, or runs them in a database.
set -eu
tools=$1 verb=$2 directory=$3 apply=$4 target=$5
. "${0%/*}/lib.sh"

case $target in
local) target=@local ;;
remote) target=@remote${POSTKIT_REMOTE_NAME:+:$POSTKIT_REMOTE_NAME} ;;
*) misuse "TARGET= is local or remote, not $target" ;;
esac
if [ -z "$(find "$directory" -name '*.sql' -type f 2>/dev/null | head -n 1)" ]; then
	echo "$verb: there are no files in $directory/"
	exit 0
fi
case $apply in
'' | 0)
	find "$directory" -name '*.sql' -type f | LC_ALL=C sort | while IFS= read -r file; do
		printf -- '-- %s\n' "$file"
		cat "$file"
		echo
	done
	echo "-- APPLY=1 runs them in the local database, APPLY=1 TARGET=remote in the remote one"
	;;
*)
	"$tools/pk-load" "$directory" "$target"
	echo "$verb: $directory/ is loaded into $target"
	;;
esac
