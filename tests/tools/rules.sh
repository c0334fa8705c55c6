# Stages (mk/rules.mk): what starts them, what does not, and what a failure leaves.
. "$POSTKIT/tests/lib.sh"

new_project "a project's \$HOME"
cat >Makefile <<END
include $POSTKIT/Makefile
\$(call stage,out/sorted,source,echo sorted >>log; sort source; \$(or \$(BREAK),true),sorting)
\$(call stage,out/counted,out/sorted,echo counted >>log; wc -l <out/sorted,counting)
\$(call stage,out/both,out/sorted out/counted \$(wildcard optional),echo both >>log; cat out/sorted out/counted; echo "\$\$((1 + 1))\$(comma)")
\$(call probe,out/stamp,echo probe >>log; cat stamp)
\$(call stage,out/stamped,out/stamp,echo stamped >>log; cat out/stamp)
\$(call stage,out/versions,,pk-nothing --version 2>/dev/null || \$(TOOLS)/pk-server --version)
\$(foreach i,1 2 3 4 5 6 7 8,\$(call stage,many/\$i,source,touch here.\$i; for try in 1 2 3 4 5 6 7 8 9; do [ -e here.1 -a -e here.8 ] && break; sleep 1; done; ls here.1 here.8))
.PHONY: all stamped many
all: out/both ; @:
stamped: out/stamped ; @:
many: \$(patsubst %,many/%,1 2 3 4 5 6 7 8) ; @:
END
run() {
	rm -f log
	MAKEFLAGS= MAKELEVEL= CONFIG=$CONFIG make --no-print-directory "$@" 2>&1 | grep -v '^:$'
}
ran() {
	echo $(cat log 2>/dev/null)
}

printf 'b\na\n' >source
equal "-n: what would run" "echo sorted >>log; sort source; true >out/sorted
echo counted >>log; wc -l <out/sorted >out/counted
echo both >>log; cat out/sorted out/counted; echo \"\$((1 + 1)),\" >out/both" "$(run -n all)"
equal "-n writes nothing" "Makefile source" "$(echo *)"
equal "the first time, titles are shown" "sorting
counting" "$(run all)"
equal "every stage has run" "sorted counted both" "$(ran)"
equal "its product" "a
b
2
2," "$(cat out/both)"
equal "nothing besides products and keys stays" "both both.key both.sum counted counted.key counted.sum sorted sorted.key sorted.sum" "$(echo $(ls out))"
equal "a second time: nothing" " " "$(run all) $(ran)"
equal "-n: nothing" "" "$(run -n all)"
cp -r out before
touch out/sorted
equal "one product touched: nothing" " " "$(run all) $(ran)"
touch source Makefile out/*
equal "touched: nothing" " " "$(run all) $(ran)"
same_files "nothing was written" before out

printf 'a\nb\n' >source
equal "another input, WHY" "out/sorted: source has changed
sorting" "$(run all WHY=1)"
equal "the same result stops the chain" sorted "$(ran)"
printf 'c\na\nb\n' >source
equal "-n: what depends on the result" 3 "$(run -n all | wc -l)"
equal "-n WHY" "out/sorted: source has changed
out/counted: out/sorted would be made anew
out/both: out/sorted would be made anew
out/both: out/counted would be made anew" "$(run -n all WHY=1 | grep :)"
check "-n leaves no trace" sh -c '[ ! -e log ] && [ "$(sed -n 2p out/sorted.key)" != "$(sha256sum source)" ]'
run -s all >/dev/null
equal "another result goes through" "sorted counted both" "$(ran)"
equal "an input more, WHY" "out/both: optional has changed" "$(echo d >optional; run all WHY=1)"
equal "an input less, WHY" "out/both: optional is no input any more" "$(rm optional; run all WHY=1)"
equal "another command, WHY" "out/sorted: the command has changed
sorting" "$(run all WHY=1 BREAK=:)"
equal "V" "echo sorted >>log; sort source; true >out/sorted" "$(run all V=1)"
equal "-s: no titles" "" "$(rm -r out; run -s all)"
# With an installed tree, which has release programs: -B would build this one anew, under the feet of the tests that run
# beside this one.
config=$CONFIG CONFIG=release
postkit -s install DESTDIR="$here/installed" PREFIX=/usr >/dev/null
cp Makefile Makefile.here
sed "1s|.*|include $here/installed/usr/lib/postkit/Makefile|" Makefile.here >Makefile
run -B all >/dev/null
equal "-B" "sorted counted both" "$(ran)"
# What a script calls is what the stage is made of, as the script is.
mk=$here/installed/usr/lib/postkit/mk
printf '%s\n' 'tools=$1' '. "${0%/*}/read.sh"' 'sh "${0%/*}/inner.sh" "$1"' 'version' >"$mk/outer.sh"
echo 'version() { "$tools/pk-server" --version; }' >"$mk/read.sh"
echo 'echo inner' >"$mk/inner.sh"
echo '$(call stage,out/scripted,source,sh $(POSTKIT)/mk/outer.sh $(TOOLS))' >>Makefile
run out/scripted >/dev/null
equal "the scripts and programs that a script calls or reads are in the key" \
	"postkit/mk/inner.sh postkit/mk/outer.sh postkit/mk/read.sh source tools/pk-server" \
	"$(echo $(sed -n 's/^[0-9a-f]*://p' out/scripted.key | LC_ALL=C sort))"
equal "nothing changed: nothing" "" "$(run -s out/scripted WHY=1)"
echo 'echo more' >>"$mk/inner.sh"
equal "another inner script" "out/scripted: postkit/mk/inner.sh has changed" "$(run out/scripted WHY=1)"
rm -r out/scripted*
mv Makefile.here Makefile
CONFIG=$config
rm out/counted
equal "a product that is gone, WHY" "out/counted: is not there
counting" "$(run all WHY=1)"
equal "is made, and no more" counted "$(ran)"
echo 7 >out/counted
run all >/dev/null
equal "a product that somebody has changed: what it is an input of runs" both "$(ran)"
rm out/counted
run all >/dev/null
rm out/both.key
equal "a key that is gone, WHY" "out/both: was not finished" "$(run all WHY=1)"

# Failures.
fails_with "a stage that fails" 2 'Error 9' make -s all BREAK='exit 9'
equal "it leaves no product" "both both.key both.sum counted counted.key counted.sum" "$(echo $(ls out))"
run all >/dev/null
equal "make goes on there" "sorted" "$(ran)"
printf 'e\n' >source
setsid env MAKEFLAGS= MAKELEVEL= make all BREAK='sleep 30' >/dev/null 2>&1 &
killed=$!
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ -s out/sorted.tmp ] && break
	sleep 0.1
done
kill -9 -$killed
wait $killed 2>/dev/null
check "killed in the middle: no product" [ ! -e out/sorted -a -e out/sorted.tmp ]
run all >/dev/null
equal "killed in the middle: make goes on there" "sorted counted both" "$(ran)"
equal "and the product is whole" "e
1
2," "$(cat out/both)"
equal "what was left is gone" "both both.key both.sum counted counted.key counted.sum sorted sorted.key sorted.sum" "$(echo $(ls out))"

# Probes.
echo 1 >stamp
run stamped >/dev/null
equal "a probe and what follows" "probe stamped" "$(ran)"
run stamped >/dev/null
equal "a probe runs each time" probe "$(ran)"
equal "-n shows it" "echo probe >>log; cat stamp >out/stamp" "$(run -n stamped)"
echo 2 >stamp
run stamped >/dev/null
equal "another stamp" "probe stamped" "$(ran)"
rm stamp
run stamped >/dev/null
equal "a probe that fails: the old stamp stays, nothing else runs" "probe 2" "$(ran) $(cat out/stamp)"

# Programs are inputs too.
run out/versions >/dev/null
matches "the hash of a program is in the key" '^[0-9a-f]*:tools/pk-server$' "$(cat out/versions.key)"
equal "the place of the programs is not" "" "$(grep -e "$TOOLS" -e "$POSTKIT" out/versions.key)"

# Many at once.
run -j8 many >/dev/null
equal "-j8: all of them at once" 8 "$(cat many/[1-8] | grep -c here.8)"

# PostKit itself: what is built is built, by whatever path one comes to it.
ln -s "$POSTKIT" "$here/linked"
equal "a tree that is reached through a link is not built anew" "make: Nothing to be done for 'tools'." \
	"$(MAKEFLAGS= MAKELEVEL= CONFIG=$CONFIG make -n -f "$here/linked/Makefile" tools 2>&1)"
