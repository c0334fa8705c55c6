# pk-infra: which roles, schemas and extensions, in which form; loaded twice; read by a plain login role.
. "$POSTKIT/tests/lib.sh"

data=$POSTKIT/tests/tools/pk-infra
version=$(server_version)
# Roles belong to the whole server: they carry the test's name.
role=pk_infra_$$
sql() { # FILE - the file with the roles' names
	sed "s/ROLE/$role/g" "$data/$1"
}
roles_gone() {
	for what in 'drop owned by' 'drop role'; do
		printf "select format('%s %%I', rolname) from pg_roles where rolname ~ '%s' \\gexec\n" "$what" "$role"
	done | psql -Xq -d "$(url postgres)"
}

new_database source
source=$database source_url=$database_url
sql source.sql >source.sql
check "the source" psql -Xq -v ON_ERROR_STOP=1 -d "$source_url" -f source.sql
if [ "$version" -ge 16 ]; then
	sql source-16.sql >source-16.sql
	check "what 16 adds" psql -Xq -v ON_ERROR_STOP=1 -d "$source_url" -f source-16.sql
fi

pk-infra "$source_url" | sed "s/$role/ROLE/g" >actual.sql
case $version in
13 | 14 | 15) same_files "the script" "$data/expected.sql" actual.sql ;;
*) same_files "the script" "$data/expected-16.sql" actual.sql ;;
esac
reader=$(printf '%s\n' "$source_url" | sed "s|//[^@]*@|//${role}_login@|")
equal "a plain login role reads the same" "$(cat actual.sql)" "$(pk-infra "$reader" | sed "s/$role/ROLE/g")"
query "$source" "create schema postkit authorization ${role}_unrelated" \
	"create table postkit.schema_migrations (version text)" "grant select on postkit.schema_migrations to ${role}_unrelated"
equal "PostKit's own table leaves no trace" "$(cat actual.sql)" "$(pk-infra "$source_url" | sed "s/$role/ROLE/g")"
query "$source" "drop schema postkit cascade"
query "$source" "create role ${role}_subscriber superuser" \
	"create subscription $role connection 'dbname=nowhere' publication p with (connect = false, slot_name = none)" \
	"alter subscription $role owner to ${role}_subscriber" 2>/dev/null
equal "the owner of a subscription" 1 "$(pk-infra "$source_url" | grep -c "CREATE ROLE ${role}_subscriber ")"
equal "which is another database's nothing" 0 "$(pk-infra "$(url postgres)" | grep -c "CREATE ROLE ${role}_subscriber ")"
query "$source" "drop subscription $role" "drop role ${role}_subscriber"
equal "all roles" 1 "$(pk-infra --all-roles "$source_url" | grep -c "CREATE ROLE ${role}_unrelated ")"
equal "chosen schemas" 'CREATE SCHEMA IF NOT EXISTS "We""ird, schema"' \
	"$(pk-infra --schema 'public,"We""ird, schema"' "$source_url" | grep '^CREATE SCHEMA' | sed 's/ AUTH.*//')"
fails_with "a malformed list" 2 'not a list of names' pk-infra --schema 'a,,b' "$source_url"
fails_with "no database" 2 'missing operand' pk-infra
fails_with "no such database" 3 'does not exist' pk-infra "$(url no_such_database)"

# Files.
check "files" pk-infra "$source_url" out/infra
equal "three of them" "extensions.sql roles.sql schemas.sql" "$(cd out/infra && echo *)"
touch -d '2001-01-01' out/infra/*.sql
check "again" pk-infra "$source_url" out/infra
equal "nothing is written again" "3" "$(find out/infra -not -newermt '2002-01-01' -name '*.sql' | wc -l | tr -d ' ')"

# Loaded into another database of a server without the roles: the same comes out; loading twice does no harm.
pk-infra "$source_url" >whole.sql
query postgres "drop database $source"
roles_gone
new_database target
for time in first second; do
	check "loaded the $time time" psql -Xq -v ON_ERROR_STOP=1 -d "$database_url" -f whole.sql
done
query "$database" "create table t ()" "alter table t owner to ${role}_owner" \
	"grant select on t to ${role}_column, ${role}_default, ${role}_mapped, ${role}_policy, ${role}_reader, ${role}_set"
pk-infra "$database_url" | sed "s/$role/ROLE/g" >again.sql
same_files "the same comes out" actual.sql again.sql
query postgres "drop database $database"
roles_gone
