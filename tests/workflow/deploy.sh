# make deploy, migrations, rollback, adopt: what is pending goes to the remote, rehearsed first.
. "$POSTKIT/tests/lib.sh"

new_database production
production=$database production_url=$database_url
new_database staging
staging=$database staging_url=$database_url
new_project
postkit init >/dev/null
postkit remote-add NAME=production URL="$production_url" >/dev/null
equal "no migrations yet" "" "$(postkit migrations)"
mkdir -p .postkit/db/migrations
migration() {
	cat >".postkit/db/migrations/$1"
}
migration 20240101000000_first.sql <<'END'
-- migrate:up
create table a (id integer primary key, text text);
-- migrate:down
drop table a;
END
migration 20240101000001_second.sql <<'END'
-- migrate:up transaction:false
create index concurrently a_text on a (text);
alter table a add column more integer;
-- migrate:down
alter table a drop column more;
drop index a_text;
END
equal "migrations" "pending 20240101000000_first.sql pending 20240101000001_second.sql" "$(echo $(postkit migrations))"
equal "dry run" "pending: 20240101000000_first.sql pending: 20240101000001_second.sql (2 steps, each by itself)" "$(echo $(postkit deploy DRY_RUN=1))"
fails_with "without a terminal it does not go on unasked" 2 'no terminal to ask on' sh -c '"$@" >/dev/null' sh \
	make --no-print-directory -f "$POSTKIT/Makefile" CONFIG="$CONFIG" deploy
equal "nothing was done" "" "$(query "$production" "select to_regclass('a')")"
output=$(postkit deploy FORCE=1 2>&1)
matches "deploy" '^applied 20240101000001_second.sql' "$output"
matches "deploy is proven" '^proof: the remote production is what the rehearsal gave' "$output"
equal "deploy again" "nothing is pending on the remote production" "$(postkit deploy)"
equal "no rehearsal is left" 0 "$(psql -XAtd "$(pk-server url)" -c "select count(*) from pg_database where datname ~ 'rehearsal'")"

# What fails in the rehearsal leaves the target alone.
migration 20240101000002_third.sql <<'END'
-- migrate:up
create table c (id integer primary key);
create table c ();
-- migrate:down
drop table c;
END
fails_with "a rehearsal that fails" 2 'the rehearsal failed; the remote production is untouched' sh -c '"$@" >/dev/null' sh \
	make --no-print-directory -f "$POSTKIT/Makefile" CONFIG="$CONFIG" deploy FORCE=1
equal "the target is untouched" "" "$(query "$production" "select to_regclass('c')")"
migration 20240101000002_third.sql <<'END'
-- migrate:up
alter table a add check (id > 0);
-- migrate:down
END
query "$production" "insert into a values (-1)"
if pg_dump_works "a rehearsal on data"; then
	fails_with "with the data, a rehearsal sees what definitions do not show" 2 'the rehearsal failed' sh -c '"$@" >/dev/null' sh \
		make --no-print-directory -f "$POSTKIT/Makefile" CONFIG="$CONFIG" deploy FORCE=1 REHEARSE=data
	query "$production" "delete from a"
	matches "deploy with a rehearsal on data" '^proof' "$(postkit deploy FORCE=1 REHEARSE=data 2>&1)"
else
	query "$production" "delete from a"
	postkit deploy FORCE=1 >/dev/null
fi

# One that was cut off, in the target.
migration 20240101000003_fourth.sql <<'END'
-- migrate:up transaction:false
create table d (i integer);
select wrong;
-- migrate:down
drop table d;
END
postkit deploy FORCE=1 REHEARSE=0 >/dev/null 2>&1
equal "half done" "unfinished" "$(postkit migrations | awk '/fourth/ { print $1 }')"
sed -i 's/select wrong/insert into d values (1)/' .postkit/db/migrations/20240101000003_fourth.sql
matches "the rehearsal and the deploy go on there" '^proof' "$(postkit deploy FORCE=1 2>&1)"
equal "once" 1 "$(query "$production" 'select count(*) from d')"

# Several remotes.
postkit remote-add NAME=staging URL="$staging_url" >/dev/null
postkit deploy REMOTE=staging FORCE=1 REHEARSE=0 OPTIONS='--to 20240101000001' >/dev/null
equal "all remotes side by side" "production staging
applied applied 20240101000000_first.sql
applied applied 20240101000001_second.sql
applied pending 20240101000002_third.sql
applied pending 20240101000003_fourth.sql" "$(postkit migrations | sed 's/  */ /g; s/ $//')"
equal "rollback, dry run" "would roll back 20240101000001_second.sql" "$(postkit rollback REMOTE=staging DRY_RUN=1)"
matches "rollback" '^rolled back 20240101000001_second.sql' "$(postkit rollback REMOTE=staging FORCE=1)"
equal "by URL" "nothing is pending on the database of URL=" "$(postkit deploy URL="$production_url")"
local=$(pk-server url --database postkit)
fails_with "the local database is no target" 2 'is the local database' postkit deploy URL="$local"

# dbmate's table.
query "$staging" "drop schema postkit cascade" "create table schema_migrations (version varchar(255) primary key)" \
	"insert into schema_migrations values ('20240101000000')"
fails_with "what dbmate applied" 2 'is applied already' postkit deploy REMOTE=staging
equal "adopt" "adopted 1 migrations of public.schema_migrations" "$(postkit adopt REMOTE=staging)"
