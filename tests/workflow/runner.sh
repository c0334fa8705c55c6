# pk-apply: what it does, what it refuses, what it says.
. "$POSTKIT/tests/lib.sh"

new_database
mkdir m
# migration NAME - a migration from standard input.
migration() {
	cat >"m/$1"
}
apply() {
	pk-apply "$@" m "$database_url"
}
states() {
	pk-apply --list m "$database_url" | awk '{print $1, $2}'
}
ask() {
	query "$database" "$@"
}
again() {
	ask "drop schema if exists postkit cascade; drop schema public cascade; create schema public"
	rm -f m/*
}

# ------------------------------------------------------------------------ the plain way

migration 001_a.sql <<'END'
-- a comment first
-- migrate:up
create table a (i integer);
insert into a values (1);
-- migrate:down
drop table a;
END
migration 002_b.sql <<'END'
-- migrate:up
create table b (i integer);
-- migrate:down
drop table b;
END
echo 'no migration' >m/README.md
equal "list before" "pending 001_a.sql
pending 002_b.sql" "$(states)"
equal "dry run" "would apply 001_a.sql
would apply 002_b.sql" "$(apply --dry-run)"
equal "reading writes nothing" "" "$(ask "select 1 from pg_namespace where nspname = 'postkit'")"
equal "list --exit-code" 1 "$(pk-apply --list --exit-code m "$database_url" >/dev/null; echo $?)"
equal "apply up to a version" "applied 001_a.sql" "$(apply --to 001 | sed 's/ (.*//')"
equal "list in between" "applied 001_a.sql
pending 002_b.sql" "$(states)"
equal "apply the rest" "applied 002_b.sql" "$(apply | sed 's/ (.*//')"
equal "nothing pending" "" "$(apply)"
check "list --exit-code, all applied" sh -c "pk-apply --list --exit-code m '$database_url'"
equal "the row" "001|001_a.sql|$(sha256sum <m/001_a.sql | cut -d' ' -f1)|t" \
	"$(ask "select version, name, checksum, applied_at <= now() from postkit.schema_migrations where version = '001'")"
equal "list as JSON" '"001_a.sql" "applied" "002_b.sql" "applied"' \
	"$(echo $(pk-apply --list --json m "$database_url" | jq '.name, .state'))"
equal "one file" "" "$(pk-apply m/001_a.sql "$database_url")"
equal "roll back" "rolled back 002_b.sql" "$(apply --rollback 1 | sed 's/ (.*//')"
equal "roll back to a version" "" "$(apply --rollback all --to 001)"
equal "roll back more than there is" "rolled back 001_a.sql" "$(apply --rollback 9 | sed 's/ (.*//')"
equal "nothing is left" "0|" "$(ask "select count(*), to_regclass('a') from postkit.schema_migrations")"

# ------------------------------------------------------------------------- what forbids

apply --quiet
echo '-- edited' >>m/001_a.sql
fails_with "edited" 1 '^pk-apply: m/001_a.sql: error: changed since' apply
equal "edited in the list" "edited 001_a.sql
applied 002_b.sql" "$(states)"
check "edited, allowed" apply --allow-edited
tr -d '\r' <m/001_a.sql | sed 's/-- edited//; $d; s/$/\r/' >m/x && mv m/x m/001_a.sql
check "other line ends are no edit" apply
migration 0015_late.sql <<'END'
-- migrate:up
create table late ();
-- migrate:down
drop table late;
END
fails_with "out of order" 1 'm/0015_late.sql comes before' apply
matches "out of order in the list" '^pending .*out of order' "$(pk-apply --list m "$database_url")"
check "out of order, allowed" apply --allow-out-of-order
mv m/002_b.sql x
matches "unknown in the database" 'warning: one migration is applied .*: 002_b.sql' "$(apply 2>&1)"
equal "unknown in the list" "unknown 002_b.sql" "$(states | tail -n 1)"
fails_with "roll back what is not here" 1 'its file is not here' apply --rollback 1
mv x m/002_b.sql
cp m/002_b.sql m/002_c.sql
fails_with "two of one version" 2 'two migrations have the version 002' apply
rm m/002_c.sql
fails_with "no such version" 2 'no migration of the version 77' apply --to 77
fails_with "no such directory" 2 'cannot read nowhere' pk-apply nowhere "$database_url"
fails_with "a malformed timeout" 3 'invalid value for parameter "lock_timeout"' apply --lock-timeout soon
migration 003_no_down.sql <<'END'
-- migrate:up
create table c ();
-- migrate:down
-- there is no way back
END
apply --quiet
fails_with "nothing to roll back with" 1 'nothing stands after "-- migrate:down"' apply --rollback 1

# ------------------------------------------------------------------ what a file may hold

again
migration 001_bad.sql <<'END'
-- migrate:up
create table a ();

create table b ();
insert into a
  select nothing from b;
-- migrate:down
drop table a;
END
fails_with "a statement is refused, at its line" 3 'm/001_bad.sql:6: error: column "nothing" does not exist (SQLSTATE 42703)' apply
equal "nothing of it is there" "0" "$(ask "select count(*) from pg_class where relname in ('a', 'b')")"
migration 001_bad.sql <<'END'
-- migrate:up
create table a ();
create table b ();
create table b ();
-- migrate:down
drop table a;
END
fails_with "a statement without a position, at its line" 3 'm/001_bad.sql:4: error: relation "b" already' apply
for content in '\\d a' 'select $$' 'commit and chain;' 'begin; select 1;'; do
	printf -- '-- migrate:up\nselect 1;\n%s\n-- migrate:down\n' "$content" >m/001_bad.sql
	fails_with "no runner can do: $content" 2 '^pk-apply: m/001_bad.sql:3: error' apply
done
printf -- '-- migrate:up\nselect 1;\ncopy pg_class from stdin;\n-- migrate:down\n' >m/001_bad.sql
fails_with "COPY FROM STDIN" 2 'm/001_bad.sql:3: error: COPY' apply
printf -- '-- migrate:up\nselect 1;\ncopy pg_class to stdout;\n-- migrate:down\n' >m/001_bad.sql
fails_with "COPY TO STDOUT" 2 'm/001_bad.sql:3: error: COPY' apply
migration 001_bad.sql <<'END'
-- migrate:up
create table a (i integer); -- äöü
insert into a values (1);
-- migrate:down
drop table a;
-- migrate:up
create table p (i integer primary key);
create table q (i integer references p deferrable initially deferred);
/* ß */ insert into q select nothing from a;
-- migrate:down
drop table q, p;
END
fails_with "an error in the second section, at its line" 3 'm/001_bad.sql:9: error: column "nothing"' apply
sed -i 's/nothing/i/' m/001_bad.sql
fails_with "an error at the commit, of no line" 3 'm/001_bad.sql: error: insert or update on table "q"' apply
sed -i 's/insert into q/bad syntax/' m/001_bad.sql
fails_with "a syntax error in the second section" 3 'm/001_bad.sql:9: error: syntax error at or near "bad"' apply
printf -- '-- migrate:up\nvacuum;\n-- migrate:down\n' >m/001_bad.sql
fails_with "what no transaction can hold" 3 'hint: write "-- migrate:up transaction:false"' apply
printf 'select 1;\n-- migrate:up\n-- migrate:down\n' >m/001_bad.sql
fails_with "a statement before the first section" 2 'm/001_bad.sql:1: error' apply

again
migration 001_settings.sql <<'END'
-- migrate:up
set search_path = pg_catalog;
set role pg_signal_backend;
create temp table t as select 'standard_conforming_strings';
select pg_advisory_unlock_all();
-- migrate:down
END
migration 002_own.sql <<'END'
-- migrate:up
begin;
create table a (i integer);
insert into a values (1);
commit;
rollback to savepoint_that_is_a_word;
-- migrate:down
END
migration 003_empty.sql <<'END'
-- migrate:up
-- migrate:down
END
fails_with "its own transaction: the next statement is refused" 3 'm/002_own.sql:6:' sh -c "pk-apply m '$database_url' >/dev/null"
equal "its own transaction: what it committed is recorded" "unfinished 002_own.sql" "$(states | sed -n 2p)"
fails_with "changed where it was done" 1 'its first 4 steps are done' sh -c "sed -i 's/(1)/(2)/' m/002_own.sql; pk-apply m '$database_url'"
sed -i 's/(2)/(1)/; s/^rollback.*/insert into a values (2);/' m/002_own.sql
check "changed where it was not done" apply
equal "its own transaction: once" "1 2" "$(echo $(ask 'select i from a order by i'))"
equal "settings of one do not reach the next; an empty one is applied" "3" \
	"$(ask 'select count(*) from postkit.schema_migrations')"

# --------------------------------------------------------------- outside of a transaction

again
migration 001_index.sql <<'END'
-- migrate:up transaction:false
create table a (i integer);
insert into a values (1), (1);
create unique index concurrently a_i on a (i);
vacuum a;
-- migrate:down
drop table a;
END
fails_with "an index that cannot be built" 3 'm/001_index.sql:4: error: could not create unique index' sh -c "pk-apply m '$database_url' 2>&1 >/dev/null | tee err >&2; exit 3"
matches "how far it is" '2 of the 4 steps of 001_index.sql are applied' "$(cat err)"
equal "the server left an invalid index" f "$(ask "select indisvalid from pg_index where indexrelid = 'a_i'::regclass")"
ask 'delete from a where ctid = (select min(ctid) from a)'
matches "it is dropped" 'note: the index public.a_i is invalid' "$(apply 2>&1)"
equal "and built" t "$(ask "select indisvalid from pg_index where indexrelid = 'a_i'::regclass")"

# cut_off VERSION STEP STATEMENT... - what a run leaves that was killed while this step ran; then what the server made of it.
cut_off() {
	version=$1 step=$2
	shift 2
	hash=$(ask "select hash from postkit.schema_migrations_progress where version = '$version'")
	ask "update postkit.schema_migrations_progress set started = true where version = '$version'" "$@"
}
migration 002_steps.sql <<'END'
-- migrate:up transaction:false
set search_path = public;
create index concurrently on a (i);
do $$ begin perform 1; commit; end $$;
select wrong;
-- migrate:down
END
sed -i 's/^create index/select wrong; create index/' m/002_steps.sql
apply --quiet 2>/dev/null
sed -i 's/^select wrong; create index/create index/' m/002_steps.sql
cut_off 002 1 'create index a_i_idx on a (i)' "update pg_index set indisvalid = false where indexrelid = 'a_i_idx'::regclass"
fails_with "an index without a name, half built" 3 'm/002_steps.sql:5:' apply
equal "it is made once" "a_i a_i_idx" "$(echo $(ask "select indexrelid::regclass::text from pg_index where indrelid = 'a'::regclass and indisvalid order by 1"))"
sed -i 's/^do .*/call p();/; s/^select wrong;/drop index concurrently a_i;/' m/002_steps.sql
fails_with "what is done is not changed" 1 'its first 3 steps are done' apply
again
migration 001_call.sql <<'END'
-- migrate:up transaction:false
create table log (what text);
create procedure p() language plpgsql as $$ begin insert into log values ('1'); commit; insert into log values ('2'); end $$;
select wrong; call p();
-- migrate:down
END
apply --quiet 2>/dev/null
sed -i 's/^select wrong; //' m/001_call.sql
cut_off 001 2
fails_with "a procedure of which the end is not known" 1 'm/001_call.sql:4: error: .*cannot be known' apply
check "the user says that it is to be run again" apply --interrupted again
equal "it has run" "1 2" "$(echo $(ask 'select what from log order by 1'))"
apply --quiet --rollback 1 2>/dev/null
again
migration 001_call.sql <<'END'
-- migrate:up transaction:false
create table log (what text);
select wrong; create database x;
-- migrate:down
END
apply --quiet 2>/dev/null
sed -i 's/^select wrong; //' m/001_call.sql
cut_off 001 1
check "the user says that it is done" apply --interrupted done
fails_with "neither done nor again" 2 'is "done" or "again"' apply --interrupted maybe

again
migration 001_detach.sql <<'END'
-- migrate:up transaction:false
create table p (i integer) partition by list (i);
create table p1 partition of p for values in (1);
select wrong; alter table p detach partition p1 concurrently;
create index on p1 (i);
select wrong; drop index concurrently p1_i_idx;
-- migrate:down
END
if [ "$(server_version)" -ge 14 ]; then
	apply --quiet 2>/dev/null
	sed -i '4s/^select wrong; //' m/001_detach.sql
	cut_off 001 2 "update pg_inherits set inhdetachpending = true where inhrelid = 'p1'::regclass"
	apply --quiet 2>err
	matches "a partition that was being detached" 'note: the detachment of the partition p1' "$(cat err)"
	equal "it is detached" 0 "$(ask "select count(*) from pg_inherits where inhrelid = 'p1'::regclass")"
	sed -i '6s/^select wrong; //' m/001_detach.sql
	cut_off 001 4 "drop index p1_i_idx"
	check "an index that is dropped already" apply
else
	skip "a partition that was being detached" "servers before 14 cannot detach concurrently"
fi

# ----------------------------------------------------------------------- locks, retries

again
migration 001_a.sql <<'END'
-- migrate:up
create table a (i integer);
-- migrate:down
drop table a;
END
apply --quiet
migration 002_b.sql <<'END'
-- migrate:up
alter table a add column j integer;
-- migrate:down
END
# hold SECONDS SQL - in a session of its own, from when this returns on.
hold() {
	PGAPPNAME=the_holder psql -XqAt -d "$database_url" -c "begin; $2; select pg_sleep($1)" >/dev/null 2>&1 &
	until [ "$(ask "select count(*) from pg_stat_activity where application_name = 'the_holder' and wait_event = 'PgSleep'")" = 1 ]; do
		sleep 0.02
	done
}
hold 2 'select pg_advisory_lock(31647739056712052)'
fails_with "another runner works" 1 'has the lock of this database: server process [0-9]* (the_holder) of .*, connected since' apply --lock-wait 0
check "it is waited for" apply --to 001
wait
hold 3 'lock table a in access share mode'
fails_with "a lock is not to be had" 3 'm/002_b.sql:2: error: canceling statement due to lock timeout (SQLSTATE 55P03)' \
	apply --lock-timeout 50ms --retries 1
check "it is tried again" apply --lock-timeout 500ms
wait
migration 003_slow.sql <<'END'
-- migrate:up
select pg_sleep(10);
-- migrate:down
END
fails_with "a statement takes too long" 3 'statement timeout' apply --statement-timeout 50ms
rm m/003_slow.sql

# Two at the same time: each migration once, by one of them.
for i in 1 2 3 4 5 6 7 8 9; do
	printf -- '-- migrate:up\ninsert into a values (%s);\nselect pg_sleep(0.01);\n-- migrate:down\n' $i >m/01${i}_x.sql
done
apply >one 2>&1 &
apply >two 2>&1
wait $!
equal "two runners" "1 2 3 4 5 6 7 8 9" "$(echo $(ask 'select i from a order by i'))"
equal "each was done by one" 9 "$(cat one two | grep -c ^applied)"

# ------------------------------------------------------------------------ other rights

fails_with "no such database" 3 'does not exist' pk-apply m "$(url "${database}_not")"
fails_with "no server" 4 'cannot connect' pk-apply m "postgres:///x?host=$here"
pk-apply m "postgres://u:secret@%2Fnowhere/x?nonsense=postgres://u:secret@h" 2>err
equal "passwords are not shown" 0 "$(grep -c secret err)"
