#!/bin/sh
# keep-log.sh LOG COMMAND... - runs COMMAND; what it says on stderr is kept in LOG as well.
log=$1
shift
mkdir -p "$(dirname "$log")"
"$@" 2>"$log.new"
status=$?
cat "$log.new" >&2
mv -f "$log.new" "$log"
exit $status
