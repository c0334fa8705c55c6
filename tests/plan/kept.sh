# The copy that plans are proven in is kept: it is used again where it can be brought back.
# A server of its own.
. "$POSTKIT/tests/lib.sh"

# Enough facts that a copy is kept.
wide="select format('create table wide_%s (%s)', t, string_agg(format('c_%s int', c), ', ')) from generate_series(1, 5) t, generate_series(1, 1200) c group by t \\gexec"
echo "$wide" >wide.sql
new_database local
POSTKIT_LOCAL_URL=$database_url
export POSTKIT_LOCAL_URL
new_database current wide.sql
current=$database_url
query "$database" "create table t (a int, b int); create table u (id int primary key)"
pk-dump --with-invalid "$current" >current.facts

# state NAME SQL... - NAME.facts: the current state after the statements, and NAME.plan leads to it
state() {
	name=$1
	shift
	new_database "$name"
	query postgres "drop database $database" "create database $database template ${current##*/}"
	query "$database" "$@"
	pk-dump --with-invalid "$database_url" >"$name.facts"
	pk-diff --show current.facts "$name.facts" >"$name.plan"
}
prove() { # NAME [DESIRED]
	sh "$POSTKIT/mk/prove-plan.sh" "${TOOLS:?}" "$1.plan" current.facts "${2-$1}.facts" kept
}
# The server's number of the copy: another one when it was made anew.
copy() {
	query postgres "select oid from pg_database where datname like 'postkit\\_proof\\_%' order by oid desc limit 1"
}

state one "alter table t add c int" "create table v (id int references u)" "create index on t (a)"
state two "alter table t alter a type bigint" "create view w as select a from t"
state less "alter table t drop a"
check "a first proof" prove one
first=$(copy)
matches "leaves its copy" '^[0-9][0-9]*$' "$first"
check "another one" prove two
equal "takes it" "$first" "$(copy)"
check "the same once more" prove two
equal "takes it again" "$first" "$(copy)"
fails_with "a plan that leads elsewhere" 1 'does not reach the desired state' prove one two
equal "leaves no copy" "" "$(copy)"
check "a proof after that" prove less
second=$(copy)
# A column that was dropped comes back at the end.
check "what cannot be brought back" prove one
[ "$(copy)" != "$second" ] && passed "is made anew" || failed "is made anew"
second=$(copy)
rm kept
check "without the mark" prove one
[ "$(copy)" != "$second" ] && passed "it is made anew, too" || failed "it is made anew, too"
query postgres "drop database $(query postgres "select datname from pg_database where oid = $(copy)")"
check "a mark without a copy" prove two
pk-database drop @scratch:proof
test ! -e kept || rm kept

pk-dump --with-invalid "$current" >now.facts
new_database back
query postgres "drop database $database" "create database $database template ${current##*/}"
query "$database" "drop table u" "create table other (id int)"
check "pk-prove --from brings a database back" pk-prove --from current.facts one.plan one.facts "$database_url"
fails_with "which must be where the plan starts" 1 'does not start from the state of one.facts' pk-prove --from one.facts one.plan one.facts "$database_url"
