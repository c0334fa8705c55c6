# pk-config and the verbs of mk/config.mk: a project made, settings, remotes, schemas, wrong files.
. "$POSTKIT/tests/lib.sh"

SOURCE_DATE_EPOCH=1738324800
export SOURCE_DATE_EPOCH

new_project
check "init" postkit init
equal "what init makes" "$(sort "$POSTKIT/tests/tools/pk-config/init.txt")" "$(find . | sort)"
cp -a . "$here/again"
check "init again" postkit init
same_files "init again changes nothing" "$here/again" .
if command -v git >/dev/null; then
	git init -q .
	mkdir -p .postkit/build .postkit/db/session .postkit/server
	touch .postkit/build/x .postkit/db/session.json .postkit/db/plan.sql .postkit/db/session/x .postkit/server/x \
		.postkit/db/committed.json .postkit/db/migrations/1_a.sql postkit.secrets.json
	equal "what git sees" "$(printf '%s\n' .gitignore .postkit/db/committed.json .postkit/db/migrations/1_a.sql \
		postkit.config.json schema/.pgschemaignore)" "$(git ls-files -o --exclude-standard | LC_ALL=C sort)"
	rm -r postkit.secrets.json .postkit/server
else
	skip "what git sees" "git is not installed"
fi
equal "settings of a new project" "$(cat <<-END
	project.local := embedded
	project.schema_path := schema
	project.schema := public
	project.schemas := public
	project.remote := 
	project.remotes := 
	END
)" "$(pk-config make)"

# Remotes.
check "remote-add" postkit remote-add NAME=dev 'URL=postgres://me:s$$x#e?@Db.example/x?sslmode=require'
equal "the URL arrives as it was written" 'postgres://me:s$$x#e?@Db.example/x?sslmode=require' "$(pk-config url @remote:dev)"
equal "it stands in the secrets, which are private" "-rw------- 0" \
	"$(ls -l postkit.secrets.json | cut -c 1-10) $(grep -c Db.example postkit.config.json)"
equal "the first one is the default; no password is shown" \
	"dev          postgres://me:****@Db.example/x?sslmode=require  added 2025-01-31T12:00:00Z  (default)" "$(postkit remote-list)"
cp postkit.config.json "$here/before"
check "remote-add of the same" postkit remote-add NAME=dev 'URL=postgres://me:s$$x#e?@Db.example/x?sslmode=require'
same_files "changes nothing" "$here/before" postkit.config.json
fails_with "another URL for the name" 1 'there is a remote "dev" already' pk-config remote-add dev postgres://other/x
fails_with "the URL of another remote" 2 'the one of the remote "dev"' pk-config remote-add dev2 postgresql://me@db.EXAMPLE:5432/x/
fails_with "a wrong name" 2 'letters, digits' pk-config remote-add 'a b' postgres://h/x
fails_with "a wrong scheme" 2 'begins with postgres' pk-config remote-add a mysql://h/x
fails_with "a malformed URL, no password in the message" 2 'malformed' pk-config remote-add a postgres://u:pass%zzword@h/x
matches "no password in the message" '^0$' "$(pk-config remote-add a postgres://u:pass%zzword@h/x 2>&1 | grep -c word)"
fails_with "remote-add without a URL" 2 'URL= is missing' postkit remote-add NAME=x
PRODUCTION=postgres://p@h2/x postkit remote-add NAME=production URL=env:PRODUCTION
equal "a URL from the environment" postgres://p@h2/x "$(pk-config url @remote:production)"
equal "the default stays" dev "$(pk-config get remote)"
fails_with "the default is not removed" 1 'is the default remote' pk-config remote-remove dev
check "remote-use" postkit remote-use NAME=production
equal "the new default" postgres://p@h2/x "$(pk-config url @remote)"
equal "POSTKIT_REMOTE" 'postgres://me:s$$x#e?@Db.example/x?sslmode=require' "$(POSTKIT_REMOTE=dev pk-config url @remote)"
check "remote-remove with FORCE=1" postkit remote-remove NAME=production FORCE=1
equal "another one is the default" dev "$(pk-config get remote)"
fails_with "the last one stays" 2 'the last remote' pk-config remote-remove --force dev
fails_with "unknown remote" 2 'there is no remote "prod"' pk-config url @remote:prod
printf '{"db":{"remotes":{"dev":{"default":true},"ci":{"url":"${CI_URL}"}}}}' >postkit.config.json
equal "a URL that comes from the environment" postgres://ci/x "$(CI_URL=postgres://ci/x pk-config url @remote:ci)"
fails_with "which is not set" 2 'CI_URL is not set' pk-config url @remote:ci
check "is no matter for others" pk-config url @remote
rm postkit.secrets.json
fails_with "a colleague's checkout: no URL here" 2 'is not known here' pk-config url @remote
check "the URL is given" pk-config remote-add dev postgres://u@h/dev
equal "and is known" postgres://u@h/dev "$(pk-config url @remote)"
printf '{"db":{"localDbUrl":"postgres://u@h/dev"}}' >postkit.secrets.json
fails_with "the local database is no remote" 2 "local database" pk-config remote-add l postgres://u@H:5432/dev

printf '{"db":{"remotes":{"a":{"url":"postgres://h/a"},"b":{"url":"postgres://h/b"}}}}' >postkit.config.json
equal "none of two is the default" "" "$(pk-config get remote)"
fails_with "so none is used" 2 'no remote is the default one' pk-config url @remote

# Databases by name.
equal "@local" postgres://u@h/dev "$(pk-config url @local)"
equal "POSTKIT_LOCAL_URL" postgres://here/x "$(POSTKIT_LOCAL_URL=postgres://here/x pk-config url @local)"
rm postkit.secrets.json
fails_with "@local without a server" 2 "embedded server's URL is not known" pk-config url @local
fails_with "no such name" 2 'there is no database of the name' pk-config url @remotes
fails_with "no such variable" 2 'NO_SUCH_VARIABLE holds no URL' pk-config url env:NO_SUCH_VARIABLE
equal "a conninfo string" 'host=h dbname=x' "$(pk-config url 'host=h dbname=x')"

# Order and other keys stay.
cp "$POSTKIT/tests/tools/pk-config/config.json" postkit.config.json
rm -f postkit.secrets.json
pk-config remote-add second postgres://s@h/second
check "schema-add" postkit schema-add "NAME=We\"ird \$x \`y'"
check "schema-add again" postkit schema-add "NAME=We\"ird \$x \`y'"
same_files "keys and their order stay" "$POSTKIT/tests/tools/pk-config/config.expected.json" postkit.config.json
equal "the schema's statement" 'CREATE SCHEMA IF NOT EXISTS "We""ird $x `y'\''";' "$(cat db/infra/schemas.sql)"
equal "escaped for make" 'project.schemas := app,"We""ird $$x `y'\''"' "$(pk-config make | grep schemas)"
fails_with "a schema of the server's" 2 'not a name for a schema' pk-config schema-add pg_x

# Wrong files.
wrong() { # NAME PATTERN TEXT
	printf '%s' "$3" >postkit.config.json
	fails_with "$1" 2 "$2" pk-config check
}
wrong "malformed" '^pk-config: postkit.config.json:2:15: error: malformed JSON: a , or } is needed' '{"db":
{"schema":"a" "schemas":[]}}'
wrong "conflict" 'postkit.config.json:2:1: error: merge conflict markers' '{
<<<<<<< HEAD
'
wrong "unknown key" '1:8: error: db.schemapath: unknown key' '{"db":{"schemapath":"x"}}'
wrong "unknown section" 'did you mean "db"' '{"dbb":{}}'
wrong "wrong type" 'db.schemas\[0\]: a string is needed, not a number' '{"db":{"schemas":[1]}}'
wrong "unknown variable" 'NO_SUCH_VARIABLE is not set' '{"db":{"schemaPath":"${NO_SUCH_VARIABLE}"}}'
wrong "a path that make cannot have" 'not a path that make can work with' '{"db":{"schemaPath":"a b"}}'
wrong "two defaults" 'two remotes are the default: a and b' '{"db":{"remotes":{"a":{"default":true},"b":{"default":true}}}}'
chmod 0 postkit.config.json
if [ -r postkit.config.json ]; then
	skip "an unreadable file" "root reads everything"
else
	fails_with "an unreadable file" 2 'cannot read postkit.config.json' pk-config check
fi
cd "$here" && mkdir empty && cd empty || exit 1
equal "no files: defaults" schema "$(pk-config get schema_path)"
equal "nothing is made" "" "$(ls -A)"
fails_with "a remote needs a project" 2 'there is no postkit.config.json here' pk-config remote-add a postgres://h/x
