# pk-dump, pk-order, pk-render, pk-normalize, pk-compare, pk-stamp, pk-database: what they write for a small
# schema, to the letter (tests/tools/facts/), and what they refuse. `UPDATE=1` writes the expected files anew.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

expected=$POSTKIT/tests/tools/facts
golden() { # NAME FILE OR TREE
	[ -z "${UPDATE-}" ] || {
		rm -rf "${expected:?}/$2"
		cp -R "$2" "$expected/$2"
	}
	same_files "$1" "$expected/$2" "$2"
}

new_database small "$expected/input.sql"
pk-dump "$database_url" >facts.jsonl || failed "pk-dump"
pk-order facts.jsonl >ordered.jsonl || failed "pk-order"
pk-render ordered.jsonl >script.sql || failed "pk-render"
pk-normalize --manifest manifest.jsonl tree facts.jsonl >list || failed "pk-normalize"
if [ "$(server_version)" = 15 ]; then
	golden "the snapshot" facts.jsonl
	golden "the facts in order" ordered.jsonl
	golden "the script" script.sql
	golden "the tree" tree
	golden "the list of files" list
else
	skip "golden files" "they are what a server of version 15 says"
fi
equal "lines are sorted" "$(LC_ALL=C sort facts.jsonl)" "$(cat facts.jsonl)"
equal "the same bytes again" "$(cksum <facts.jsonl)" "$(pk-dump "$database_url" | cksum)"
small=$database_url
new_database copy
check "psql runs the script" sh -c 'psql -Xq -v ON_ERROR_STOP=1 -d "$1" <script.sql' sh "$database_url"
equal "and prints nothing" "" "$(psql -Xq -d "$database_url" -c 'drop schema app cascade' -f script.sql 2>/dev/null)"
pk-dump "$database_url" >copy.jsonl
check "pk-compare: equal" pk-compare facts.jsonl copy.jsonl
equal "pk-compare: silent" "" "$(pk-compare facts.jsonl copy.jsonl)"
stamp=$(pk-stamp "$database_url")
query "$database" "comment on table app.team is 'x'"
check "pk-stamp: a comment is a change" [ "$stamp" != "$(pk-stamp "$database_url")" ]
stamp=$(pk-stamp "$database_url")
query "$database" "insert into app.team (name) values ('a')" "analyze app.team" "vacuum app.team"
equal "pk-stamp: data is none" "$stamp" "$(pk-stamp "$database_url")"
pk-dump "$database_url" >copy.jsonl
equal "pk-compare: what differs" '1 + {"id":"comment on table app.team","in":"table app.team","text":"x"}' "$(pk-compare facts.jsonl copy.jsonl >differences; echo "$? $(cat differences)")"
check "pk-compare -q" sh -c '! pk-compare -q facts.jsonl copy.jsonl'

# The tree is the user's, also in how it says things.
normalize() { # DIRECTORY MANIFEST
	pk-normalize --manifest "$2" "$1" "$1.facts"
}
cp facts.jsonl tree.facts
equal "nothing to do" "" "$(normalize tree manifest.jsonl)"
file=$(ls tree/tables/*_app.member.sql)
sed -e 's/^    //; s/CREATE TABLE/create table/; 1i-- members, and of what' -e 's/, /,/g' "$file" >laid-out
cp laid-out "$file"
equal "a file in another layout says the same" "" "$(normalize tree manifest.jsonl)"
same_files "it is left alone" laid-out "$file"
sed -i 's/team    bigint/team    integer/; s/team bigint/team integer/' "$file"
fails_with "one that says something else is not" 1 'app.member.sql' normalize tree manifest.jsonl
new_database long
query "$database" "create table t (id serial primary key, a text default 'x') partition by range (id)" \
	"create table t_1 partition of t for values from (1) to (9)" "create index on t (a)"
pk-dump "$database_url" >long.facts
mkdir long
pk-order long.facts | pk-render | sed '/^SET /d' >long/all.sql
cp long/all.sql all.sql
equal "a tree that says all at length stays so" "" "$(normalize long long.jsonl)"
same_files "it is left alone, too" all.sql long/all.sql
query "$database" "alter table t add more text"
pk-dump "$database_url" >long.facts
fails_with "and is not taken for a short one that was edited" 1 '1 file was written or changed by hand' normalize long long.jsonl

# What is cut off, of another kind, or no facts at all.
head -n 5 facts.jsonl >cut.jsonl
fails_with "a snapshot that was cut off" 2 'cut.jsonl:6: error: the closing line is missing' pk-order cut.jsonl
sed 5d facts.jsonl >less.jsonl
fails_with "a fact that is missing" 2 'facts are missing' pk-order less.jsonl
sed 's/"snapshot":1/"snapshot":9/' facts.jsonl >other.jsonl
fails_with "another format" 2 'another format version' pk-order other.jsonl
fails_with "facts that are not in order" 2 'pk-order in between' pk-render facts.jsonl
echo '{"id":7}' >wrong.jsonl
fails_with "no fact" 2 'wrong.jsonl:1:7: error' pk-order wrong.jsonl
fails_with "no such file" 2 'cannot read nowhere' pk-order nowhere
sed 's/view app.open_member/vista app.open_member/g' facts.jsonl | LC_ALL=C sort >vista.jsonl
fails_with "an unknown kind" 2 'unknown kind' pk-order vista.jsonl
fails_with "a lost parent" 2 'not in the snapshot' sh -c 'grep -v "\"schema app\"}" facts.jsonl | sed "\$s/:[0-9]*}/:$(($(grep -vc "\"schema app\"}" facts.jsonl) - 1))}/" >orphan.jsonl; exec pk-order orphan.jsonl'

# pk-database
other=$(url "${test_name}_made_$$")
test_databases="$test_databases ${test_name}_made_$$"
check "create" pk-database create "$other"
fails_with "create again" 3 'already exists' pk-database create "$other"
check "it is empty" pk-database empty "$other"
psql -Xq -d "$other" -c 'create table t ()'
check "it is not" sh -c '! pk-database empty "$1"' sh "$other"
check "reset" pk-database reset "$other"
check "it is empty again" pk-database empty "$other"
check "drop" pk-database drop "$other"
check "drop again" pk-database drop "$other"

for program in pk-dump pk-order pk-render pk-normalize pk-compare pk-stamp pk-database; do
	matches "$program --help" "^usage: $program" "$($program --help)"
	matches "$program --version" "^$program (PostKit)" "$($program --version)"
	fails_with "$program: an unknown option" 2 'unknown option --nonsense' $program --nonsense
done
