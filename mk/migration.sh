#!/bin/sh
# migration.sh TOOLS UP [DOWN] - plans as one migration, on stdout.
set -eu
tools=$1 up=$2 down=${3-}

# section WORD PLAN - with the transactions of its own that the plan needs, or as one
section() {
	if grep -q -e ',"transaction":false' -e ',"begin":true' -e ',"commit":true' "$2"; then
		echo "-- migrate:$1 transaction:false"
		"$tools/pk-render" --format sql "$2"
	else
		echo "-- migrate:$1"
		"$tools/pk-render" --format sql "$2" | awk '
			!begun && /^BEGIN;$/ { begun = 1; next }
			{ if (held != "") printf "%s", held; held = $0 "\n" }
			END { if (held != "COMMIT;\n") printf "%s", held }'
	fi | sed '/^SET \(statement_timeout\|lock_timeout\|idle_in_transaction_session_timeout\) = 0;$/d'
	echo
}
section up "$up"
if [ -n "$down" ]; then
	section down "$down"
else
	echo "-- migrate:down"
fi
