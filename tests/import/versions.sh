# make import of a database whose server is of another major version than the local one: it is proven all the same, and what
# only the versions say otherwise is told apart from differences. The source's server is the oldest of `make test-matrix` (here
# is the newest, where that is the local one).
# A server of its own.
. "$POSTKIT/tests/lib.sh"

other=
here_version=$(server_version)
for directory in "$POSTKIT"/.postkit/servers/*/bin; do
	[ "$directory" = "$POSTKIT/.postkit/servers/$here_version/bin" ] || [ ! -x "$directory/postgres" ] || other="$other $directory"
done
if [ -z "$other" ]; then
	skip "import from another version" "there is no other server here (make test-matrix gets some)"
	exit 0
fi
# shellcheck disable=SC2086
set -- $other
other=$1
[ "$here_version" != 13 ] || for other; do :; done
mkdir other
source=$(cd other && PG_BINDIR=$other pk-server start)
source=${source%/*}
ask() { # DATABASE [OPTION...]
	asked=$1
	shift
	PGOPTIONS=--client-min-messages=error psql -XqAt -v ON_ERROR_STOP=1 -d "$source/$asked" "$@"
}
version=$(ask postgres -c "select current_setting('server_version_num')::int / 10000")
low=$version high=$here_version
[ "$low" -le "$high" ] || { low=$here_version high=$version; }

# ------------------------------------------------------ every kind, one by one
catalog=$POSTKIT/tests/catalog
ask postgres -f "$catalog/roles.psql"
psql -XqAt -v ON_ERROR_STOP=1 -d "$POSTKIT_SERVER_URL" -f "$catalog/roles.psql"
for file in "$catalog"/*.sql; do
	name=$(basename "$file" .sql)
	awk -v low="$low" -v high="$high" -f "$catalog/for-version.awk" "$file" >input.sql
	[ -s input.sql ] || continue
	new_database "$name"
	# A newer server makes what an older one has no word for: streaming = parallel, the unlogged sequence of an unlogged table.
	case $name in
	secret | subscription | table) [ "$version" -lt "$here_version" ] || continue ;;
	esac
	ask postgres -c 'create database kind template template0'
	if ! ask kind -f input.sql >log 2>&1; then
		failed "$name: from $version to $here_version" "$(cat log)"
	elif ! { pk-dump "$source/kind" >facts && pk-order facts >ordered && pk-render ordered >rendered.sql; } 2>log; then
		failed "$name: from $version to $here_version" "$(cat log)"
	elif ! PGOPTIONS=--client-min-messages=error psql -XqAt -v ON_ERROR_STOP=1 -d "$database_url" -f rendered.sql >log 2>&1; then
		failed "$name: from $version to $here_version" "$(cat log)"
	elif ! pk-dump "$database_url" >facts.here 2>log || ! pk-compare --versions facts facts.here >log; then
		failed "$name: from $version to $here_version" "$(grep -v '^~' log)"
	else
		passed "$name: from $version to $here_version"
	fi
	for url in "$source/kind" "$database_url"; do
		psql -XqAt -d "$url" <<'END' >/dev/null 2>&1
select format('alter subscription %1$I disable; alter subscription %1$I set (slot_name = none); drop subscription %1$I', subname)
from pg_subscription join pg_database d on d.oid = subdbid where datname = current_database()
\gexec
END
	done
	ask postgres -c 'drop database kind'
done

# ------------------------------------------------------------- a whole import
# What versions see in different ways stands together here.
ask postgres -c 'create database whole template template0'
cat >whole.sql <<'END'
create role postkit_versions_a nologin;
create role postkit_versions_b nologin;
revoke create on schema public from public;
alter schema public owner to postkit_versions_a;
comment on schema public is 'ours';
create type span as range (subtype = int);
create domain a_domain_whose_name_is_so_long_that_a_name_made_of_it_is_cut as int not null;
create table person (
  id int primary key,
  email text not null,
  born date,
  constraint person_email_not_null check (email is not null));
create table a_table_whose_name_is_as_long_as_names_can_be (a_column_whose_name_is_as_long_as_names_can_be int not null);
create table a (b_c int not null);
create table a_b (c int not null);
create table parent (id int primary key, note text not null, more text);
create table child (own int, primary key (own)) inherits (parent);
alter table child alter more set not null;
create table zz (k int primary key, c int not null) partition by range (k);
create table aa partition of zz for values from (1) to (10);
create index person_lower on person (lower(email)) where born > '2000-01-01';
create policy seen on person using (extract(year from born) > 1900 and email like '%@%');
create view grown as select p.id, p.email, p.born at time zone 'UTC' as there,
  substring(p.email from 2 for 3) as part, trim(leading from p.email) as trimmed, current_user as who
  from person p where p.born between '1900-01-01' and '2000-01-01';
create materialized view counted as select email, count(*) from person group by email;
create rule nothing as on delete to grown do instead nothing;
create function added(a int default 1 + 1, b text default current_user) returns int language sql as 'select $1';
create statistics person_both on id, email from person;
grant all on person to postkit_versions_b;
grant select on parent to postkit_versions_b with grant option;
revoke all on child from current_user;
alter default privileges for role postkit_versions_a revoke all on tables from postkit_versions_a;
alter default privileges for role postkit_versions_a grant all on tables to postkit_versions_b;
alter table zz owner to postkit_versions_a;
END
# From 18 on such a child has a NOT NULL of its own beside its parent's, which older servers have no word for; from 14 on extract
# gives numeric, before it double precision, which is a difference indeed.
[ "$version" -gt "$here_version" ] || cat >>whole.sql <<'END'
create table keyed (primary key (id)) inherits (parent);
create view years as select extract(year from born) as year from person;
END
ask whole -f whole.sql >log 2>&1 || failed "loading the source" "$(cat log)"
new_project
output=$(postkit import URL="$source/whole" SYNC=0 2>&1)
matches "the import is proven" '^proof: equal: [0-9]* facts of the source' "$output"
matches "what is said otherwise is counted" "said otherwise by PostgreSQL $here_version (the source: $version)" "$output"
check "and listed" grep -q '^~ {"id":"' .postkit/db/otherwise
check "nobody may create in schema public" [ -z "$(grep -i 'GRANT.*CREATE ON SCHEMA public TO PUBLIC' schema/grants/public.sql)" ]
# A fault is seen through all of that.
ask whole -c 'alter table person add column later int'
pk-dump "$source/whole" >"$here/now" 2>/dev/null
pk-compare --versions "$here/now" .postkit/db/facts.jsonl >"$here/log"
equal "another column is a difference" '- {"id":"column public.person.later","in":"table public.person","position":4,"type":"integer"}' "$(grep -v '^~' "$here/log")"
cd "$here" || exit

# ------------------------------------------- what an older server does not know
if [ "$version" -gt "$here_version" ]; then
	ask postgres -c 'alter role postkit_versions_b set transaction_timeout = 1000' -c 'grant pg_maintain to postkit_versions_b'
	new_project unknown
	output=$(postkit import URL="$source/whole" SYNC=0 2>&1)
	matches "a role's setting is named" 'roles.sql:[0-9]*: error: unrecognized configuration parameter "transaction_timeout"' "$output"
	matches "so is a role of the server's" 'roles.sql:[0-9]*: error: role "pg_maintain" does not exist' "$output"
	matches "and why" "hint: the source is PostgreSQL $version, the local server only $here_version" "$output"
	cd "$here" || exit
fi
