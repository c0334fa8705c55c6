# pk-apply killed and interrupted at each message that it sends.
. "$POSTKIT/tests/fault/runner/lib.sh"

state "$empty" >/dev/null
each_message kill sent '137 0' "$applied" "$empty" true
each_message kill answered '137 0' "$applied" "$empty" true
each_message interrupt sent '130 0' "$applied" "$empty" true
