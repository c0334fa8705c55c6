# Each file of changes/ holds two states: what follows `-- @old` and `-- @new`, after what both begin
# with. The plan from each to the other is applied, the result must be the other state, and a second plan empty; all of that
# in the online and the offline form. `-- @min 15` in the first line keeps a file for servers of that version and newer.
#
# In the end each attribute of each kind (the columns of catalog/*.sql on this server) must have been changed by one of them, with
# nothing else of that fact. What cannot be changed so stands in changes/excuses.
#
# ONLY=name runs one of them.
. "$POSTKIT/tests/lib.sh"

# Types are declared first, subscriptions made without their tables.
PGOPTIONS='-c client_min_messages=error'
export PGOPTIONS
major=$(server_version)
# The roles and the tablespace that files may speak of; the server is shared with other tests.
query postgres "do \$\$ begin
	if not exists (select from pg_roles where rolname = 'postkit_plan_a') then create role postkit_plan_a; end if;
	if not exists (select from pg_roles where rolname = 'postkit_plan_b') then create role postkit_plan_b; end if;
end \$\$"
[ "$(query postgres "select count(*) from pg_tablespace where spcname = 'postkit_plan_space'")" = 1 ] ||
	PGOPTIONS='-c allow_in_place_tablespaces=on' psql -Xqd "$(url postgres)" -c "create tablespace postkit_plan_space location ''"

section() { # FILE NAME
	awk -v want="$2" '/^-- @(old|new)$/ { part = $2; next } !part || part == "@" want' "$1"
}

# move NAME TO - plans the way from the database $live to the snapshot, applies it and compares
move() {
	pk-dump "$live" >now.facts && pk-diff $mode --allow all now.facts "$2" >plan && pk-render --format sql plan >plan.sql ||
		{ failed "$1: plan"; return 1; }
	if ! move_output=$(psql -XqAt -v ON_ERROR_STOP=1 -d "$live" -f plan.sql 2>&1); then
		failed "$1: apply" "$(printf '%s\n' "$move_output" | grep -v '^$'; cat plan.sql)"
		return 1
	fi
	pk-dump "$live" >then.facts
	# Both ways: what no statement changes is a difference all the same.
	if [ "$(pk-diff --show then.facts "$2" | wc -l)" != 1 ] ||
		[ "$(pk-compare --fingerprint then.facts)" != "$(pk-compare --fingerprint "$2")" ]; then
		failed "$1: it is not the state that was wanted" "$(pk-diff --show then.facts "$2" | tail -n +2; pk-compare then.facts "$2"; cat plan.sql)"
		return 1
	fi
}

# A database with subscriptions cannot be dropped.
unsubscribe() { # URL
	psql -XqAt -d "$1" >.unsubscribed 2>&1 <<'END'
select format('alter subscription %I disable', subname), format('alter subscription %I set (slot_name = none)', subname),
       format('drop subscription %I', subname)
from pg_subscription
where subdbid = (select oid from pg_database where datname = current_database()) \gexec
END
}

# remember SIDE FILE NAME - the facts of one state, for the attributes
remember() {
	sed "s/^/$3$(printf '\002')/" "$2" >>"$1.seen"
}

for file in "$POSTKIT"/tests/plan/changes/${ONLY-*}.sql; do
	name=$(basename "$file" .sql)
	min=$(sed -n '1s/^-- @min //p' "$file")
	[ "${min:-0}" -le "$major" ] || continue
	section "$file" old >old.sql
	section "$file" new >new.sql
	new_database "${name}_new" new.sql
	new=$database_url
	pk-dump "$new" >new.facts
	remember new new.facts "$name"
	for mode in --offline --online; do
		new_database "${name}_old" old.sql
		live=$database_url
		pk-dump "$live" >old.facts
		[ "$mode" = --online ] || remember old old.facts "$name"
		move "$name $mode" new.facts && move "$name $mode back" old.facts && passed "$name $mode"
		unsubscribe "$live"
		query postgres "drop database \"$database\""
	done
	unsubscribe "$new"
done

# catalog_query FILE - the query as this server gets it
catalog_query() {
	awk -v major="$major" '
		function holds(marker) {
			if (marker ~ /^>=/) return major >= substr(marker, 3) + 0
			if (marker ~ /^</) return major < substr(marker, 2) + 0
			if (split(marker, range, /\.\./) == 2) return major >= range[1] + 0 && major <= range[2] + 0
			return marker == "superuser"
		}
		/^--@/ { next }
		{ rest = $0; shown = 1 }
		match(rest, /--@ /) {
			count = split(substr(rest, RSTART + 4), markers, / *--@ /)
			for (i = 1; i <= count; i++) shown = shown && holds(markers[i])
		}
		shown' "$1"
}

# attributes - each kind's attributes on this server: KIND ATTRIBUTE
attributes() {
	for file in "$POSTKIT"/tools/lib/catalog/*.sql; do
		grep -q '^--@ facts' "$file" || continue
		{ catalog_query "$file"; echo '\gdesc'; } |
			psql -XqAt -F ' ' -v ON_ERROR_STOP=1 -d "$(url postgres)" -c "set search_path = ''" -f - |
			sed "s/^/$(basename "$file" .sql) /; s/^constraint_expression /constraint /"
	done | awk '$2 !~ /^(classid|objid|objsubid|id|in|on_classid|on_objid|on_objsubid|also|needs|withheld|left_out)$/ { print $1, $2 }' |
		LC_ALL=C sort -u
}

# changed - the attributes that were changed alone
changed() {
	new_database seen
	psql -XqAt -F ' ' -v ON_ERROR_STOP=1 -d "$database_url" <<'END'
create table old (test text, fact jsonb);
create table new (test text, fact jsonb);
\copy old from old.seen with (format csv, delimiter E'\002', quote E'\001')
\copy new from new.seen with (format csv, delimiter E'\002', quote E'\001')
with pair as (
  select case split_part(n.fact ->> 'id', ' ', 1) when 'procedure' then 'function'
           when 'column' then case when n.fact ->> 'in' ~ 'view ' then 'view_column' else 'column' end
           else split_part(n.fact ->> 'id', ' ', 1) end as kind,
         o.fact as old, n.fact as new
  from old o join new n on n.test = o.test and n.fact ->> 'id' = o.fact ->> 'id')
-- The position of a column changes whenever another one comes or goes.
select distinct p.kind, coalesce(min(k.key) filter (where k.key <> 'position'), 'position')
from pair p
cross join lateral (
  select key from (select jsonb_object_keys(p.old) union select jsonb_object_keys(p.new)) all_keys(key)
  where key not in ('id', 'in', 'needs') and p.old -> key is distinct from p.new -> key) k
group by p.kind, p.old, p.new
having count(*) filter (where k.key <> 'position') < 2
order by 1, 2;
END
}

if [ -z "${ONLY-}" ] && [ "$major" -ge 14 ]; then
	attributes >attributes
	changed | LC_ALL=C sort -u >changed
	awk -v major="$major" '/^#/ || ($3 ~ /^</ && major >= substr($3, 2) + 0) { next } { print $1, $2 }' \
		"$POSTKIT/tests/plan/changes/excuses" | LC_ALL=C sort -u >excused
	LC_ALL=C comm -23 attributes changed | LC_ALL=C comm -23 - excused >unchanged
	LC_ALL=C comm -12 changed excused >needless
	if [ -s unchanged ]; then failed "each attribute is changed by itself" "$(cat unchanged)"; else passed "each attribute is changed by itself"; fi
	if [ -s needless ]; then failed "no excuse is needless" "$(cat needless)"; else passed "no excuse is needless"; fi
fi
