# tree-edited.sh: what has become of the files of a tree since their sums were taken, and when it need not read them. No server.
. "$POSTKIT/tests/lib.sh"

mkdir sums.d
record() {
	sleep 0.02
	touch sums.d/began
	sh "$POSTKIT/mk/tree-sums.sh" "$TOOLS" "${1-tree}" >sums.d/made
	touch -r sums.d/began sums.d/made
	sleep 0.02
}
edited() {
	sh "$POSTKIT/mk/tree-edited.sh" "$TOOLS" sums.d/made "${1-tree}"
}
# With these programs in front whoever reads a file is found out.
mkdir blind
for program in sha256sum shasum; do
	printf '#!/bin/sh\ntouch "%s/read"\nPATH=%s exec %s "$@"\n' "$here" "'$PATH'" "$program" >"blind/$program"
	chmod +x "blind/$program"
done
# What edited says, and `read` where it had to read.
seen() {
	rm -f read
	(PATH=$here/blind:$PATH && edited "$@") | tr '\n' ' '
	[ ! -e read ] || printf read
}
new_tree() {
	rm -rf tree elsewhere
	mkdir -p tree/a tree/b tree/seeds elsewhere/v1 elsewhere/v2
	echo 'create table a ();' >tree/a/1.sql
	echo 'create table b ();' >"tree/b/two  words.sql"
	echo '[tables]' >tree/.pgschemaignore
	echo 'select 1;' >tree/seeds/s.sql
	echo 'create table c ();' >elsewhere/v1/c.sql
	echo 'create table d ();' >elsewhere/v2/c.sql
}

mkdir tree
record
equal "an empty tree" "read" "$(seen)"
new_tree
record
equal "nobody touched anything: nothing is read" "" "$(seen)"
echo 'select 2;' >tree/seeds/s.sql
equal "seeds are none of it" "" "$(seen)"
touch tree/a/1.sql
equal "a file that was touched is read" "read" "$(seen)"
record
cp -p tree/a/1.sql kept
echo 'create table z ();' >tree/a/1.sql
touch -r kept tree/a/1.sql
equal "an edit of the same length and time is seen" "edited ./a/1.sql read" "$(seen)"
rm tree/a/1.sql
equal "so is what is gone" "gone ./a/1.sql read" "$(seen)"
cp kept tree/b/3.sql
equal "what was moved is there" "read" "$(seen)"
echo '# mine' >>tree/.pgschemaignore
equal "an edit of .pgschemaignore is seen" "edited ./.pgschemaignore read" "$(seen)"

# Directories that are older than the sums change places with those of the tree, and no file in them is any younger.
new_tree
cp -R tree other
echo 'create table z ();' >other/a/1.sql
record
mv tree/a away
mv other/a tree/a
equal "another directory in the place of one is seen" "edited ./a/1.sql read" "$(seen)"
rm -rf other away
mkdir -p above/db other/db/a
cp -R tree above/db/schema
cp -R tree other/db/schema
echo 'create table y ();' >other/db/schema/a/1.sql
record above/db/schema
equal "a tree below other directories: nothing is read" "" "$(seen above/db/schema)"
mv above/db away
mv other/db above/db
rmdir other
equal "another directory above the tree is seen" "edited ./a/1.sql read" "$(seen above/db/schema)"

# What is edited while the sums are taken is seen the next time.
new_tree
touch sums.d/began
sh "$POSTKIT/mk/tree-sums.sh" "$TOOLS" tree >sums.d/made
sleep 0.02
echo '-- mine' >>tree/a/1.sql
sleep 0.02
touch sums.d/made
touch -r sums.d/began sums.d/made
equal "an edit while the sums are taken is seen" "edited ./a/1.sql read" "$(seen)"

# Links are followed, as pk-load does.
new_tree
mv tree there
ln -s there tree
record
cp -R there other
echo 'create table z ();' >other/a/1.sql
record
ln -sfn other tree
equal "another tree behind the link that is its name is seen" "edited ./a/1.sql read" "$(seen)"
rm -rf there other
new_tree
ln -s ../elsewhere/now tree/there
ln -s v1 elsewhere/now
record
equal "behind a link that nobody touched" "read" "$(seen)"
ln -sfn v2 elsewhere/now
equal "a link behind a link that now leads to another, older file is seen" "edited ./there/c.sql read" "$(seen)"
record
ln -sfn ../elsewhere/v1 tree/there
equal "so is one in the tree" "edited ./there/c.sql read" "$(seen)"
record
echo 'create table e ();' >elsewhere/v1/c.sql
equal "so is an edit behind a link" "edited ./there/c.sql read" "$(seen)"
ln -s . tree/circle
record
equal "a link in a circle does no harm" "read" "$(seen)"

# What is included can lie anywhere.
new_tree
mkdir -p tree/.hidden tree/a/parts
printf '%s\n' '\i elsewhere/v1/c.sql' '\ir ../../elsewhere/v2/c.sql' '\ir ../.hidden/h.sql' '\ir ../seeds/s.sql' '\ir parts/p.psql' >tree/a/1.sql
echo 'create table h ();' >tree/.hidden/h.sql
echo 'create table p ();' >tree/a/parts/p.psql
record
equal "included files that nobody touched" "read" "$(seen)"
for file in elsewhere/v1/c.sql tree/a/../../elsewhere/v2/c.sql tree/a/../.hidden/h.sql tree/a/../seeds/s.sql tree/a/parts/p.psql; do
	echo '-- mine' >>"$file"
	equal "an edit of $file is seen" "edited $file read" "$(seen)"
	record
done
rm elsewhere/v1/c.sql
equal "an included file that is gone" "gone elsewhere/v1/c.sql read" "$(seen)"
