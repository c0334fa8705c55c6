# The online forms on tables that others use: what each step of a plan says that it locks is compared with what the
# server locks, and others read and write while indexes are built.
. "$POSTKIT/tests/lib.sh"

cat >old.sql <<'END'
create table t (id int not null, a int, b text, c int);
insert into t select g, g, 'b' || g, g from generate_series(1, 2000) g;
create index t_replaced on t (a);
create table target (id int primary key);
insert into target select g from generate_series(1, 2000) g;
create table part (id int, k int) partition by range (k);
create table part_1 partition of part for values from (0) to (5000);
create table part_2 (id int, k int);
insert into part_1 select g, g from generate_series(1, 2000) g;
insert into part_2 select g, g + 5000 from generate_series(1, 2000) g;
create type mood as enum ('good');
create index gone on t (c);
END
cat >new.sql <<'END'
create type mood as enum ('good', 'bad');
create table target (id int primary key);
create table t (id int primary key, a int not null, b text, c int, d mood default 'bad',
	constraint t_b unique (b), constraint t_check check (a > 0), constraint t_target foreign key (c) references target);
create index t_replaced on t (a, c);
create index t_new on t (c);
create table part (id int, k int) partition by range (k);
create table part_1 partition of part for values from (0) to (5000);
create table part_2 partition of part for values from (5000) to (10000);
create index part_k on part (k);
END
new_database new new.sql
pk-dump "$database_url" >new.facts
new_database live old.sql
live=$database_url
pk-dump "$live" >old.facts
pk-diff --allow all old.facts new.facts >plan

matches "an enum's value is committed before it is used" '"commit":true' "$(grep 'ADD VALUE' plan)"
for form in 'CREATE INDEX CONCURRENTLY t_new' 'CREATE INDEX CONCURRENTLY t_replaced' 'CREATE UNIQUE INDEX CONCURRENTLY t_b' \
	'CREATE UNIQUE INDEX CONCURRENTLY t_pkey' 'DROP INDEX CONCURRENTLY public.gone' 'PRIMARY KEY USING INDEX' 'UNIQUE USING INDEX' \
	't_check CHECK .* NOT VALID' 'VALIDATE CONSTRAINT t_check' 't_target .* NOT VALID' 'VALIDATE CONSTRAINT t_target' \
	'CHECK (a IS NOT NULL) NOT VALID' 'CONCURRENTLY part_1_k_idx' 'ON ONLY public.part ' 'CHECK (.*k >= 5000.* NOT VALID' 'VALIDATE CONSTRAINT part_2__partition'; do
	matches "the plan has $form" "$form" "$(cat plan)"
done
equal "the old index goes when the new one is there" 'CREATE DROP' \
	"$(sed -n -e 's/.*"\(CREATE\) INDEX CONCURRENTLY t_replaced .*/\1/p' -e 's/.*"\(DROP\) INDEX CONCURRENTLY public.t_replaced__postkit_old.*/\1/p' plan | paste -s -d ' ' -)"
equal "no hazard but what is dropped" index-dropped "$(sed -n 's/.*"hazards":\["\([^"]*\)"\].*/\1/p' plan | sort -u)"

# Each step by itself, in its transaction: the strongest lock on tables that were there before.
strongest="select coalesce((select mode from pg_locks l join pg_class c on c.oid = l.relation
	where pid = pg_backend_pid() and l.database = (select oid from pg_database where datname = current_database())
	  and c.relname in ('t', 'part_1', 'part_2') and granted
	order by array_position(array['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock',
	  'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'], mode) desc limit 1), 'none')"
rank() { # a lock's place among all
	printf '%s' "${1:-none}" | tr -d ' ' | tr '[:lower:]' '[:upper:]' | sed -e 's/LOCK$//' -e 's/^NONE$/0/' -e 's/^ACCESSSHARE$/0/' -e 's/^ROWSHARE$/2/' \
		-e 's/^ROWEXCLUSIVE$/3/' -e 's/^SHAREUPDATEEXCLUSIVE$/4/' -e 's/^SHARE$/5/' -e 's/^SHAREROWEXCLUSIVE$/6/' -e 's/^EXCLUSIVE$/7/' -e 's/^ACCESSEXCLUSIVE$/8/'
}

# While a statement that waits for a writer runs outside of a transaction, others can write.
watch_outside() { # SQL
	psql -XqAt -d "$live" -c 'begin' -c "update t set a = a where id = 1" -c "update part_1 set k = k where id = 1" -c 'select pg_sleep(1.5)' -c 'commit' >/dev/null 2>&1 &
	writer=$!
	sleep 0.5
	psql -XqAt -v ON_ERROR_STOP=1 -d "$live" -c "$1" >outside 2>&1 &
	builder=$!
	sleep 0.4
	check "others write during $1" psql -XqAt -v ON_ERROR_STOP=1 -d "$live" -c "set lock_timeout = '400ms'" -c "update t set c = c where id = 2" \
		-c "update part_1 set k = k where id = 2"
	wait $writer
	wait $builder || failed "$1" "$(cat outside)"
}

# A plan's line is one JSON object: sql comes first, and has no line breaks of its own but \n.
field() { # NAME LINE
	printf '%s\n' "$2" | sed -n "s/.*\"$1\":\"\([A-Z ]*\)\".*/\1/p"
}
tail -n +2 plan | grep '^{"sql":' >steps
while IFS= read -r step; do
	psql -XqAt -d "$live" -v step="$step" >statement <<'END'
select :'step'::json ->> 'sql'
END
	sql=$(cat statement)
	case $step in
	*'"transaction":false'*)
		case $sql in
		*' INDEX CONCURRENTLY '*) watch_outside "$sql" ;;
		*) check "$sql" psql -XqAt -v ON_ERROR_STOP=1 -d "$live" -c "$sql" ;;
		esac
		continue
		;;
	esac
	if ! locked=$(psql -XqAt -v ON_ERROR_STOP=1 -d "$live" -c begin -c "$sql" -c "$strongest" -c commit 2>&1); then
		failed "$sql" "$locked"
		continue
	fi
	said=$(field lock "$step")
	if [ "$(rank "$locked")" -le "$(rank "$said")" ]; then
		passed "no stronger lock than ${said:-none}: $(printf '%s' "$sql" | tr '\n' ' ' | cut -c1-60)"
	else
		failed "a stronger lock than ${said:-none}: $locked" "$sql"
	fi
done <steps
pk-dump "$live" >then.facts
check "the new state is reached" pk-diff --exit-code then.facts new.facts
