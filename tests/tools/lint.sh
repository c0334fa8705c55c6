# The sources keep to HACKING.md's rules that can be checked.
. "$POSTKIT/tests/lib.sh"

check "includes point downwards, no file is too long" sh "$POSTKIT/mk/lint.sh" "$POSTKIT"

for compiler in gcc clang; do
	if command -v $compiler >/dev/null; then
		equal "$compiler has no warning" "" "$(cd "$POSTKIT" && ls tools/*.c tools/lib/*/*.c |
			xargs -n 8 -P 2 $compiler $CFLAGS $(pkg-config --cflags libpq libcjson) -Itools/lib -fsyntax-only 2>&1)"
	else
		skip "$compiler has no warning" "it is not here"
	fi
done

# And the check itself notices.
mkdir -p tree/tools/lib/base tree/tools/lib/fact
cp "$POSTKIT/HACKING.md" tree
echo '#include "fact/fact.h"' >tree/tools/lib/base/wrong.c
yes | head -n 601 >tree/tools/lib/fact/long.h
equal "lint sees both faults" "tools/lib/base/wrong.c:1: base/ must not include fact/, which stands above it in HACKING.md
tools/lib/fact/long.h: 601 lines; 600 is the most" "$(sh "$POSTKIT/mk/lint.sh" tree)"
