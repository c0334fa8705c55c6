# pk-apply with its connection cut at each message: not passed on, under way, done but not answered.
. "$POSTKIT/tests/fault/runner/lib.sh"

state "$empty" >/dev/null
# 0: nobody hears the farewell.
each_message cut before '4 0' "$applied" "$empty" true
each_message cut sent '4 0' "$applied" "$empty" true
each_message cut answered '4 0' "$applied" "$empty" true
