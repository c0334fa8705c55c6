# The work flow where much is unusual: a given local database on a server that others use, a directory with blanks and a quote in
# its name, a schema directory of another name, hostile names, data.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

new_database local
local_url=$database_url
new_database remote
remote=$database remote_url=$database_url
query "$remote" 'create schema "we;ird"' 'create table "we;ird"."a ""b'"'"'$$" (id integer primary key, "x y" text)' \
	"insert into \"we;ird\".\"a \"\"b'\$\$\" values (1, 'one')" \
	"create function f() returns text language sql as 'select ''
-- migrate:down
drop table nothing''::text'"
new_project "pro ject's"
cat >postkit.config.json <<END
{"db": {"localDbUrl": "$local_url", "schemaPath": "db/files", "remotes": {"dev": {"url": "$remote_url"}}}}
END
check "import" postkit import URL="$remote_url"
output=$(postkit -s start 2>&1)
matches "start" 'db/files/ say what the remote has' "$output"
file=$(echo db/files/tables/*.sql)
sed -i 's/"x y" *text/"x y" text, "; drop schema public" integer DEFAULT 7/' "$file"
cat >db/files/hostile.sql <<'END'
create function public.g() returns text language plpgsql as $$
begin
-- migrate:up
return 'g';
end $$;
create view "we;ird"."v
-- migrate:down" as select "x y" from "we;ird"."a ""b'$$";
END
output=$(postkit -s plan 2>&1)
matches "plan" '+ function public.g()' "$output"
check "apply" postkit -s apply
check "status" postkit -s status
output=$(postkit -s commit NAME="it's; \$(touch stolen) \`touch stolen\`
-- migrate:down" 2>&1)
matches "commit, with a hostile name" '_it_s_.*\.sql$' "$output"
equal "nothing in it was run" "" "$(ls stolen 2>/dev/null)"
check "verify" postkit -s verify
output=$(postkit -s deploy FORCE=1 2>&1)
matches "deploy" '^proof: ' "$output"
equal "deployed" "7" "$(query "$remote" 'select "; drop schema public" from "we;ird"."a ""b'"'"'$$"')"
equal "no scratch database is left" "" "$(query postgres "select datname from pg_database where datname like 'postkit\_%'")"
if pg_dump_works "a session with data"; then
	check "a session with data" postkit -s start CLONE=data
	sed -i 's/"x y" text,/"x y" text NOT NULL,/' "$file"
	query "$remote" "update \"we;ird\".\"a \"\"b'\$\$\" set \"x y\" = null"
	postkit -s plan >/dev/null 2>&1
	check "a change that the data of the session bear" postkit -s apply
	postkit -s commit NAME=strict >/dev/null 2>&1
	output=$(postkit -s deploy FORCE=1 REHEARSE=data 2>&1)
	matches "and those of the remote do not" 'the rehearsal failed' "$output"
	query "$remote" "update \"we;ird\".\"a \"\"b'\$\$\" set \"x y\" = 'two'"
	check "when they do, it is deployed" postkit -s deploy FORCE=1 REHEARSE=data
	check "and undone" postkit -s rollback FORCE=1 STEPS="$(ls .postkit/db/migrations/*strict* | wc -l | tr -d ' ')"
fi
