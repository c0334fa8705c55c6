#!/bin/sh
# contrib.sh [EXTENSION...] - round trips of what the scripts of contrib extensions create, run as plain SQL
#
# So that base types, operators, operator classes, casts and aggregates of real software
# are not members of an extension but a user's own. For the server and the rest see round-trip.sh.
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 70
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

sql() {
	psql -qAtX -v ON_ERROR_STOP=1 -d postgres "$@"
}

# The scripts that lead to the default version, one name a line: a first one, then the updates.
scripts() { # EXTENSION
	for script in "$directory/$1"--*.sql; do
		version=${script##*/"$1"--}
		version=${version%.sql}
		case $version in *--*) continue ;; esac
		printf '%s\n' "$version"
	done | sql -v name="$1" -v versions="$(cat)" <<-'EOF'
		with first as (
		  select version, default_version
		  from regexp_split_to_table(:'versions', '\s+') version, pg_available_extensions where name = :'name'),
		way as (
		  select regexp_split_to_array(case when version = default_version then version else path end, '--') as steps
		  from first left join pg_extension_update_paths(:'name') on source = version and target = default_version
		  where version = default_version or path is not null
		  order by cardinality(regexp_split_to_array(path, '--')) nulls first limit 1)
		select :'name' || '--' || case i when 1 then '' else steps[i - 1] || '--' end || steps[i] || '.sql'
		from way, generate_subscripts(steps, 1) i order by i
	EOF
}

directory=$(sql -c "select setting || '/extension' from pg_config() where name = 'SHAREDIR'") || exit
[ $# -gt 0 ] || set -- bloom btree_gin btree_gist citext cube dict_int hstore intarray isn lo ltree pg_trgm seg unaccent
files=
for extension; do
	if [ ! -f "$directory/$extension.control" ]; then
		echo "skip - contrib $extension: the server does not have it"
		continue
	fi
	module=$(sed -n "s/^module_pathname *= *'\(.*\)'/\1/p" "$directory/$extension.control")
	list=$(scripts "$extension") || exit
	for script in $list; do
		sed -e '/^\\echo/d' -e '/^ALTER EXTENSION/,/;/d' -e "s#MODULE_PATHNAME#$module#g" "$directory/$script"
	done >"$work/contrib-$extension.sql"
	files="$files $work/contrib-$extension.sql"
done
[ -z "$files" ] || sh "$here/round-trip.sh" $files
