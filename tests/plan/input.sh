# What make diff refuses: files, snapshots and names that are wrong; nothing is changed by it.
. "$POSTKIT/tests/lib.sh"

echo 'create table t (a int);' >old.sql
new_database live old.sql
live=$database_url
name=$database
pk-dump "$live" >live.facts
unset PGHOST PGPORT PGUSER PGDATABASE
server=$POSTKIT_SERVER_URL
unset POSTKIT_SERVER_URL
mkdir -p schema/infra
refused() { # NAME STATUS PATTERN FROM TO MORE...
	refused_name=$1 refused_status=$2 refused_pattern=$3 refused_from=$4 refused_to=$5
	shift 5
	# make's own status is 2, whatever the command's was
	fails_with "$refused_name" 2 "$refused_pattern" postkit -s diff FROM="$refused_from" TO="$refused_to" "$@"
	matches "$refused_name: the status" "\[diff\] Error $refused_status\|Error $refused_status\$" "$(cat .stderr)"
}

# ---- files that do not load: all that is wrong, where it is
cat >schema/one.sql <<'EOF'
create table a (x int);
create table b (x nonsense);
EOF
cat >schema/two.sql <<'EOF'
create table c (x int) inherits (nowhere);
create view v as select missing from a;
select 'not closed;
EOF
refused "a quote that is not closed" 2 'two.sql:3: error' "$live" schema
sed -i '$d' schema/two.sql
refused "what the server does not take" 3 'one.sql:2: error: type "nonsense" does not exist' "$live" schema
for where in 'two.sql:1: error: relation "nowhere" does not exist' 'two.sql:2: error: column "missing" does not exist'; do
	matches "and the others: $where" "$where" "$(cat .stderr)"
done
rm schema/one.sql schema/two.sql
echo 'create extension no_such_extension;' >schema/infra/extensions.sql
refused "an extension that the server lacks" 3 'infra/extensions.sql:1: error: .*no_such_extension' "$live" schema
rm schema/infra/extensions.sql
cp old.sql schema/

# ---- snapshots
head -n 2 live.facts >cut.facts
refused "a snapshot that was cut off" 2 'error: .*cut off' cut.facts schema
sed '$s/"snapshot":1/"snapshot":99/' live.facts >other.facts
refused "a snapshot of another format" 2 'another format version' schema other.facts
refused "no snapshot at all" 2 'old.sql\|error' old.sql schema

# ---- names
refused "a hazard that is none" 2 'there is no hazard drop-tabel' "$live" schema ALLOW=drop-tabel
refused "also where only SQL is wanted" 2 'there is no hazard drop-tabel' "$live" schema FORMAT=sql ALLOW=index-build,drop-tabel:public.t
refused "a format that is none" 2 'there is no format yaml' "$live" schema FORMAT=yaml
refused "a database that is not there" 3 'does not exist' "${live}_not_there" schema
refused "a server that is not there" 4 'error' 'postgresql://nobody@127.0.0.1:1/x' schema
refused "a state that is neither" 2 'no directory and no file nonsense' nonsense schema

# ---- directives
printf -- '-- postkit:renamed from=s\ncreate table u (a int);\n' >schema/u.sql
refused "a directive that matches nothing" 2 'u.sql:1: error: the directive matches nothing' "$live" schema
rm schema/u.sql
printf '[tabels]\n' >schema/.pgschemaignore
refused "a section that is none" 2 '.pgschemaignore:1: error: unknown section' "$live" schema
rm schema/.pgschemaignore

equal "the files and the database are the same after all that" "nothing to change" "$(postkit -s diff FROM="$live" TO=schema)"
equal "no database was left on the server" "0" "$(PGHOST= psql -XqAt -d "$server" -c "select count(*) from pg_database where datname like 'postkit_shadow%'")"
POSTKIT_SERVER_URL=$server
