# pk-apply --rollback, cut off and killed at each message that it sends.
. "$POSTKIT/tests/fault/runner/lib.sh"

to="--rollback all --to 20240101000000"
apply $to || failed "rolling back" "$(cat "$here/err")"
rolled_back=$(state)
equal "all but the first are rolled back" "log: first" "$(printf '%s\n' "$rolled_back" | grep -v ^migration)"
equal "that is recorded" 1 "$(printf '%s\n' "$rolled_back" | grep -c ^migration)"
apply
each_message cut answered '4 0' "$rolled_back" "" apply $to
each_message kill sent '137 0' "$rolled_back" "" apply $to
