# Each file of changes/ holds two states: what follows `-- @old` and `-- @new`, after what both begin
# with. The plan from each to the other is applied, the result must be the other state, and a second plan empty; all of that
# in the online and the offline form. `-- @min 15` in the first line keeps a file for servers of that version and newer.
#
# ONLY=name runs one of them.
. "$POSTKIT/tests/lib.sh"

major=$(server_version)
# The roles that files may speak of; the server is shared with other tests.
query postgres "do \$\$ begin
	if not exists (select from pg_roles where rolname = 'postkit_plan_a') then create role postkit_plan_a; end if;
	if not exists (select from pg_roles where rolname = 'postkit_plan_b') then create role postkit_plan_b; end if;
end \$\$"

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
	if [ "$(pk-diff --show then.facts "$2" | wc -l)" != 1 ]; then
		failed "$1: it is not the state that was wanted" "$(pk-diff --show then.facts "$2" | tail -n +2; cat plan.sql)"
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

for file in "$POSTKIT"/tests/plan/changes/${ONLY-*}.sql; do
	name=$(basename "$file" .sql)
	min=$(sed -n '1s/^-- @min //p' "$file")
	[ "${min:-0}" -le "$major" ] || continue
	section "$file" old >old.sql
	section "$file" new >new.sql
	new_database "${name}_new" new.sql
	new=$database_url
	pk-dump "$new" >new.facts
	for mode in --offline --online; do
		new_database "${name}_old" old.sql
		live=$database_url
		pk-dump "$live" >old.facts
		move "$name $mode" new.facts && move "$name $mode back" old.facts && passed "$name $mode"
		unsubscribe "$live"
		query postgres "drop database \"$database\""
	done
	unsubscribe "$new"
done
