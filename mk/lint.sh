#!/bin/sh
# lint.sh TREE - what HACKING.md asks of the sources and no compiler sees: includes point downwards in
# its list of tools/lib, no file is over 600 lines, and queries are ASCII, which a database of any encoding takes.
# Says what is wrong at FILE:LINE, status 1.
set -u
cd "$1" || exit 2
{
	# The list, from the top down.
	sed -n '/^    tools\/lib\//,/^    tests\//s|^      \([a-z]*\)/ .*|order \1|p' HACKING.md
	grep -n '^#include "' tools/*.c tools/lib/*/*.[ch]
	LC_ALL=C grep -n '[^ -~	]' tools/lib/catalog/*.sql | sed 's/^\([^:]*:[0-9]*\):.*/ascii \1/'
	wc -l Makefile mk/* tools/*.c tools/lib/*/* tests/run tests/*.sh tests/*/*.[ch] tests/*/*.sh
} 2>/dev/null | awk '
	$1 == "order" { place[$2] = ++places; next }
	$1 == "ascii" { say($2 ": not ASCII, which a database of another encoding than UTF-8 may refuse"); next }
	/#include/ {
		split($1, at, ":")
		split($2, included, /["\/]/)
		if (split(at[1], path, "/") < 4)
			next
		if (!(path[3] in place))
			say(at[1] ":" at[2] ": " path[3] "/ is not in the list of HACKING.md")
		else if (included[3] != "" && !(included[2] in place))
			say(at[1] ":" at[2] ": no such directory: " included[2] "/")
		else if (included[3] != "" && place[included[2]] < place[path[3]])
			say(at[1] ":" at[2] ": " path[3] "/ must not include " included[2] "/, which stands above it in HACKING.md")
		next
	}
	$1 > 600 && $2 != "total" { say($2 ": " $1 " lines; 600 is the most") }
	function say(text) { print text; bad = 1 }
	END {
		if (!places) { print "HACKING.md: the list of tools/lib is not where it was"; exit 1 }
		exit bad
	}'
