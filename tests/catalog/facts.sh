# facts.sh - what of the facts no round trip shows
. "$POSTKIT/tests/lib.sh"

new_database
fact() { # ID
	grep -F "{\"id\":\"$1\"" facts
}

# An extension's schema holds what is the user's.
query "$database" "create extension cube" "create schema given" "alter extension cube add schema given" \
	"create table given.mine (a int)" "comment on table given.mine is 'mine'" \
	"create table theirs (a int)" "alter extension cube add table theirs" "comment on table theirs is 'theirs'"
pk-dump --strict "$database_url" >facts 2>said
equal "nothing is said" "" "$(cat said)"
equal "a table in an extension's schema" '{"id":"table given.mine","in":"extension cube"}' "$(fact 'table given.mine')"
check "its comment" fact 'comment on table given.mine'
equal "what is the extension's" "" "$(grep -e theirs -e '"schema given"' facts)"

# Labels, without a provider that would take them.
query "$database" "set allow_system_table_mods = on" \
	"insert into pg_seclabel values ('given.mine'::regclass, 'pg_class'::regclass, 0, 'se\"Linux', E'it''s \\\\ secret')" \
	"insert into pg_seclabel values ('given.mine'::regclass, 'pg_class'::regclass, 1, 'dummy', 'a column''s')" \
	"insert into pg_seclabel values ('given.mine'::regtype, 'pg_type'::regclass, 0, 'dummy', 'a row type''s')"
pk-dump --strict "$database_url" >facts 2>said
pk-order facts | pk-render >rendered.sql
equal "labels" "SECURITY LABEL FOR \"se\"\"Linux\" ON TABLE given.mine IS E'it''s \\\\ secret';
SECURITY LABEL FOR dummy ON COLUMN given.mine.a IS 'a column''s';
SECURITY LABEL FOR dummy ON TYPE given.mine IS 'a row type''s';" "$(grep '^SECURITY' rendered.sql | sort)"

# What stands in the server's own schema, and what an extension's tables were given.
query "$database" "create function pg_catalog.mine(integer) returns integer language sql as 'select 1'" \
	"create table member (a int, b int)" "alter extension cube add table member" \
	"create index on member (a)" "create statistics mine on a, b from member"
fails_with "what stands in pg_catalog is named" 1 'function pg_catalog.mine(integer)' sh -c 'pk-dump --strict "$1" >/dev/null' sh "$database_url"
equal "an extension's table keeps what it was given to itself, as with pg_dump" "" "$(pk-dump "$database_url" 2>/dev/null | grep -e '"index' -e '"statistics' | grep member)"
query "$database" "drop function pg_catalog.mine(integer)" "alter extension cube drop table member" "drop table member"

# A partition's copy of an exclusion constraint.
if [ "$(server_version)" -ge 17 ]; then
	query "$database" "create table excluded (a int, constraint one exclude using btree (a with =)) partition by list (a)" \
		"create table excluded_1 partition of excluded for values in (1)" "alter table excluded_1 rename constraint excluded_1_a_excl to mine"
	fails_with "what it was given by itself is named" 1 'constraint mine on table public.excluded_1' sh -c 'pk-dump --strict "$1" >/dev/null' sh "$database_url"
	query "$database" "drop table excluded"
fi

# What is withheld is said.
query "$database" "create foreign data wrapper w" "create server s foreign data wrapper w options (host 'h', api_key 'hidden')" \
	"create user mapping for public server s options (password 'hidden', \"Old \"\"Password\" 'hidden', user 'u')" \
	"create subscription sub connection 'host=x password=hidden' publication p with (connect = false)"
query "$database" "do \$\$ begin execute format('alter database %I set my.secret = hidden', current_database()); end \$\$"
pk-dump --strict "$database_url" >facts 2>said
equal "secrets are named" \
	'pk-dump: note: database_setting "my.secret"
  detail: a secret
pk-dump: note: server s
  detail: options with secrets: api_key
pk-dump: note: subscription sub
  detail: the password in its connection string
pk-dump: note: user_mapping for public on s
  detail: options with secrets: password, Old "Password' "$(cat said)"
equal "and not told" "" "$(grep hidden facts)"
equal "the rest is there" '{"id":"user_mapping for public on s","in":"server s","fdw_options":["user=u"]}' \
	"$(fact 'user_mapping for public on s')"
pk-dump --strict "dbname=$database options='-c role=pg_monitor'" >facts.plain 2>said
equal "what a plain role may not see is named" \
	'pk-dump: note: database_setting "my.secret"
  detail: a secret
pk-dump: note: server s
  detail: options with secrets: api_key
pk-dump: note: subscription sub
  detail: its connection string, which only a superuser may read
pk-dump: note: user_mapping for public on s
  detail: its options: only who owns the server may see them' "$(cat said)"
query "$database" "alter subscription sub set (slot_name = none)" "drop subscription sub"
