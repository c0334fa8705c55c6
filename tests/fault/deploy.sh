# make deploy under faults: two at a time, killed before each of its programs and after those that write (kill -9, everything of
# it), cut off while it applies. Run again, it comes to the same end: each migration once.
. "$POSTKIT/tests/lib.sh"

migrations=.postkit/db/migrations
# An insert each, so that what is run twice is seen; the last statement by statement.
write_migrations() {
	mkdir -p $migrations
	printf -- '-- migrate:up\ncreate table log (what text);\n-- migrate:down\n' >$migrations/001_log.sql
	printf -- "-- migrate:up\ninsert into log values ('second');\ncreate table second ();\n-- migrate:down\n" >$migrations/002_second.sql
	printf -- "-- migrate:up transaction:false\ninsert into log values ('third');\ncreate index concurrently log_what on log (what);\ninsert into log values ('fourth');\n-- migrate:down\n" >$migrations/003_third.sql
}
outcome='fourth, second, third; 001, 002, 003; log_what true'
state() { # DATABASE
	query "$1" "select (select string_agg(what, ', ' order by what) from log) || '; ' ||
		(select string_agg(version, ', ' order by version) from postkit.schema_migrations) || '; ' ||
		(select indexrelid::regclass || ' ' || indisvalid from pg_index where indrelid = 'log'::regclass)"
}
again() {
	query "$database" "drop schema if exists postkit cascade" "drop table if exists log" "drop table if exists second"
}

# Programs that kill everything at call $KILL_AT of those that match $VICTIMS; $MOMENT is before or after the call.
mkdir "$here/wrapped"
for program in "$TOOLS"/pk-*; do
	[ -f "$program" ] && [ -x "$program" ] || continue
	cat >"$here/wrapped/${program##*/}" <<END
#!/bin/sh
if [ -n "\${KILL_AT-}" ] && echo "\$0 \$1" | grep -q "\$VICTIMS"; then
	echo "\${0##*/} \$1" >>"$here/calls"
	if [ "\$(wc -l <"$here/calls")" = "\$KILL_AT" ]; then
		[ "\$MOMENT" = before ] || "$program" "\$@" >/dev/null 2>&1
		kill -9 -"\$(cat "$here/group")"
	fi
fi
exec "$program" "\$@"
END
	chmod +x "$here/wrapped/${program##*/}"
done
# killed MOMENT CALL - whether the deploy was killed there
killed() {
	: >"$here/calls"
	MAKEFLAGS= MAKELEVEL= KILL_AT=$2 MOMENT=$1 setsid -w sh -c 'echo $$ >"$0/group"; exec "$@"' "$here" \
		make --no-print-directory -f "$POSTKIT/Makefile" CONFIG="$CONFIG" TOOLS="$here/wrapped" deploy FORCE=1 >"$here/killed.log" 2>&1
	killed_status=$?
	[ $killed_status -gt 128 ]
}

new_project
postkit init >/dev/null
write_migrations
new_database
postkit remote-add NAME=production URL="$database_url" >/dev/null
pk-server start >/dev/null
for moment in before after; do
	case $moment in
	before) VICTIMS='pk-[adis]\|pk-clone' least=14 ;; # not those that only read files
	after) VICTIMS='pk-apply\|pk-database\|pk-clone' least=8 ;;
	esac
	export VICTIMS
	call=0 wrongs=
	while call=$((call + 1)) && killed $moment $call; do
		what="$(sed -n "${call}p" "$here/calls")"
		output=$(postkit deploy FORCE=1 2>&1) || wrongs="$wrongs
$moment call $call ($what): $output"
		[ "$(state "$database")" = "$outcome" ] || wrongs="$wrongs
$moment call $call ($what): $(state "$database")"
		again
	done
	[ $killed_status = 0 ] || wrongs="$wrongs
status $killed_status without a kill: $(cat "$here/killed.log")"
	again
	name="killed $moment each of $((call - 1)) programs: nothing lost, nothing twice"
	if [ -z "$wrongs" ] && [ $call -gt $least ]; then
		passed "$name"
	else
		failed "$name" "$wrongs"
	fi
done
postkit deploy FORCE=1 >/dev/null 2>&1
equal "what killed deploys left is swept away" 0 "$(psql -XAtd "$(pk-server url)" -c "select count(*) from pg_database where datname ~ 'rehearsal'")"

# Two at a time, again and again; one may be told that somebody else was there.
wrongs=
for round in 1 2 3 4; do
	again
	postkit deploy FORCE=1 >one 2>&1 &
	[ $round -lt 3 ] || sleep 0.$round
	postkit deploy FORCE=1 >two 2>&1
	second=$?
	wait $!
	first=$?
	[ $first = 0 ] || [ $second = 0 ] || wrongs="$wrongs
round $round: neither got through: $(cat one two)"
	for log in one two; do
		grep -q -e '^proof:' -e '^nothing is pending' -e 'by somebody in the meantime; nothing was done' $log || wrongs="$wrongs
round $round: $(cat $log)"
	done
	[ "$(cat one two | grep -c '^applied')" = 3 ] && [ "$(state "$database")" = "$outcome" ] || wrongs="$wrongs
round $round: $(state "$database")
$(cat one two)"
done
if [ -z "$wrongs" ]; then
	passed "two deploys at a time, 4 rounds: each migration once, by one of them"
else
	failed "two deploys at a time" "$wrongs"
fi

# The connection is lost while the target is worked on: its server process is ended.
again
sed -i "s/^insert into log values ('fourth');/select pg_sleep(case when current_database() like '%rehearsal%' then 0 else 2 end);\n&/" $migrations/003_third.sql
postkit deploy FORCE=1 >one 2>&1 &
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	sleep 0.2
	[ "$(query "$database" "select count(pg_terminate_backend(pid)) from pg_stat_activity where query like '%pg_sleep(case%' and pid <> pg_backend_pid() and datname = current_database()")" = 0 ] || break
done
wait $!
matches "the connection is lost: where it is" 'steps of 003_third.sql are applied' "$(cat one)"
matches "and run again, it goes on" '^proof' "$(sed -i '/pg_sleep/s/2/0/' $migrations/003_third.sql; postkit deploy FORCE=1 2>&1)"
equal "nothing lost, nothing twice" "$outcome" "$(state "$database")"
