# The recipes for CI (mk/ci/): their commands are run as they stand there, in a clone of a project.
. "$POSTKIT/tests/lib.sh"

command -v git >/dev/null || {
	skip "the recipes for CI" "there is no git"
	exit 0
}
# The text of the scripts below a key of a YAML file, as far as these files have any: `- run: …`, and blocks after `|`.
scripts() { # FILE KEY
	awk -v key="$2" '
		function indent(line) { match(line, /^ */); return RLENGTH }
		block && $0 !~ /^ *$/ && indent($0) <= at { block = 0 }
		block { print; next }
		{ text = $0; sub(/^ *(- )?/, "", text) }
		index(text, key ": |") == 1 { block = 1; at = indent($0); next }
		index(text, key ": ") == 1 { sub(/^[a-z]*: /, "", text); print text }
		key == "script" && text ~ /^(make|git)/ && $0 ~ /^ *- / { print text }
		key == "script" && $0 ~ /^ *- \|$/ { block = 1; at = indent($0) }
	' "$1"
}
new_database production
query "$database" "create table a (id integer primary key)"
mkdir origin
cd origin || exit 1
git init -q -b main
postkit init >/dev/null
postkit import URL="$database_url" >/dev/null 2>&1
printf 'postkit\n' >>.gitignore
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
git add -A && git commit -q -m first
pk-server stop
cd "$here" || exit 1
# ci DIRECTORY - a fresh clone on a branch of its own, with PostKit in it
ci() {
	git clone -q origin "$1" && cd "$1" && git checkout -q -b change && ln -s "$POSTKIT" postkit
	export CONFIG
}
# run KEY RECIPE - without what only the service itself has
run() {
	scripts "$POSTKIT/mk/ci/$2" "$1" | grep -v -e '^ *gh ' -e 'gh pr' -e comment.md -e POSTKIT_REPOSITORY >"$here/script"
	MAKEFLAGS= MAKELEVEL= sh -e "$here/script" >"$here/out" 2>&1
}
ci github
echo 'create table public.b (id integer);' >schema/tables/b.sql
BASE=origin/main
export BASE
unset PRODUCTION_URL
check "the script is one that a shell reads" test "$(scripts "$POSTKIT/mk/ci/github.yml" run | grep -c make)" = 4
run run github.yml
equal "GitHub: files and migrations that disagree fail" 2 $?
matches "saying how" '  + table public.b' "$(cat "$here/out")"
version=20990101000000
printf -- '-- migrate:up\ncreate table public.b (id integer);\n-- migrate:down\ndrop table public.b;\n' >.postkit/db/migrations/${version}_b.sql
jq --arg v $version '.migrations += [{migrationFile: {name: ($v + "_b.sql"), path: (".postkit/db/migrations/" + $v + "_b.sql"), timestamp: $v}}]' \
	.postkit/db/committed.json >x && mv x .postkit/db/committed.json
rm -rf ../base
run run github.yml
equal "GitHub: and pass when they agree" 0 $?
matches "GitHub: what it changes" '+ table public.b' "$(cat schema.txt)"
matches "GitHub: as a page" '<html' "$(cat schema.html)"
equal "GitHub: the second time nothing is loaded again" "" "$(MAKEFLAGS= make --no-print-directory -f postkit/Makefile verify 2>&1 | grep -v '^equal')"
PRODUCTION_URL=$database_url
export PRODUCTION_URL
git worktree remove --force ../base
query "$database" "create table by_hand ()" "delete from postkit.schema_migrations where name not like '%baseline%'"
run run github.yml
matches "GitHub: drift is shown" 'table public.by_hand' "$(cat "$here/out")"
query "$database" "drop table by_hand"
pk-server stop
cd "$here" && rm -rf base
ci gitlab
CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main
export CI_MERGE_REQUEST_TARGET_BRANCH_NAME
run script gitlab.yml
status=$?
equal "GitLab: a change of nothing passes" 0 $status
[ $status = 0 ] || sed 's/^/    /' "$here/out"
matches "GitLab: it was verified" '^equal: ' "$(cat "$here/out")"
matches "GitLab: no drift" 'is what its migrations made it' "$(cat "$here/out")"
check "GitLab: a page" test -s schema.html
pk-server stop

# A checkout of PostKit where nothing is built yet.
cd "$here" || exit 1
mkdir -p checkout/.postkit/build
cp -Rp "$POSTKIT/Makefile" "$POSTKIT/mk" "$POSTKIT/tools" checkout/
cp -Rp "$POSTKIT/.postkit/build/$CONFIG" "$POSTKIT"/.postkit/build/setup-* "$POSTKIT"/.postkit/build/queries.* checkout/.postkit/build/
rm checkout/tools/pk-* "checkout/.postkit/build/$CONFIG"/pk-*[!oed] 2>/dev/null
cp -p "$POSTKIT"/tools/pk-*.c checkout/tools/
new_project elsewhere
echo '{"db": {"schemaPath": "db/files"}}' >postkit.config.json
mkdir -p db/files
output=$(MAKEFLAGS= MAKELEVEL= make -s -f ../checkout/Makefile CONFIG="$CONFIG" verify 2>&1)
matches "built first, it knows the project's settings" '^equal: .* 0 migrations and of the files in db/files/$' "$output"
