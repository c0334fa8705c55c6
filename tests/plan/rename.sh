# Directives in the files: what is called otherwise is renamed, with everything that refers to it and its rows.
. "$POSTKIT/tests/lib.sh"

cat >old.sql <<'END'
create schema before;
create type level as enum ('low', 'medium');
create type pair as (a int, b int);
create domain short as text constraint short_old check (length(value) < 9);
create table old_accounts (id serial primary key, user_name varchar(50) constraint named_old unique, lvl level, check (length(user_name) > 1), gone text);
create index old_accounts_name on old_accounts (user_name);
create view v as select user_name from old_accounts;
create materialized view m_old as select 1 as x;
create sequence seq_old;
create function f(a int) returns int language sql as 'select 1';
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger tr_old before insert on old_accounts for each row execute function touch();
create policy p_old on old_accounts using (true);
create rule r_old as on delete to old_accounts do also nothing;
create table before.t (a int);
create table parted (k int, v_old text) partition by list (k);
create table parted_1 partition of parted for values in (1);
create table chain (a int, b int);
create table old_numbered (n bigint generated always as identity (start with 5) primary key, t text);
comment on table old_accounts is 'who can log in';
select setval('seq_old', 41);
insert into old_accounts (user_name, lvl) values ('ab', 'low');
insert into parted values (1, 'x');
insert into chain values (1, 2);
insert into old_numbered (t) values ('x');
END
mkdir schema
cat >schema/schema.sql <<'END'
-- postkit:renamed from=before
create schema after;
create table after.t (a int);
create type level as enum (
  -- postkit:renamed from=low
  'minor', 'medium');
create type pair as (
  /* postkit:renamed from=a */
  "A b" int, b int);
create domain short as text
  -- postkit:renamed from=short_old
  constraint short_new check (length(value) < 9);
-- who can log in
-- postkit:renamed from=old_accounts
create table accounts (
  id serial primary key,
  -- postkit:renamed from=user_name
  username varchar(100),
  lvl level,
  check (length(username) > 1),
  added text
);
-- postkit:renamed from=named_old
alter table only accounts add constraint named_new unique (username);
comment on table accounts is 'who can log in';
create index accounts_name on accounts (username);
-- postkit:renamed from=v
create view w as select username as user_name from accounts;
-- postkit:renamed from=m_old
create materialized view m_new as select 1 as x;
-- postkit:renamed from=seq_old
create sequence seq_new;
-- postkit:renamed from=f
create function g(a int) returns int language sql as 'select 1';
create function touch() returns trigger language plpgsql as 'begin return new; end';
-- postkit:renamed from=tr_old
create trigger tr_new before insert on accounts for each row execute function touch();
-- postkit:renamed from=p_old
create policy p_new on accounts using (true);
-- postkit:renamed from=r_old
create rule r_new as on delete to accounts do also nothing;
create table parted (
  k int,
  -- postkit:renamed from=v_old
  v_new text) partition by list (k);
create table parted_1 (
  k int,
  -- postkit:renamed from=v_old
  v_new text);
alter table parted attach partition parted_1 for values in (1);
-- postkit:renamed from=old_numbered
create table numbered (n bigint generated always as identity (start with 7) primary key, t text);
create table chain (
  -- postkit:renamed from=a
  b int,
  -- postkit:renamed from=b
  c int);
END
new_database live old.sql
live=$database_url name=$database
server=$POSTKIT_SERVER_URL
export live
differ() {
	(unset PGHOST PGPORT PGUSER PGDATABASE POSTKIT_SERVER_URL; postkit -s diff FROM="$live" TO=schema "$@")
}
differ PROVE=1 >text
matches "what holds data is not guessed to be renamed" '^1 to add, [0-9]* to change, 1 to drop' "$(cat text)"
differ FORMAT=sql ALLOW=drop-column,rename >plan.sql
# From 18 on NOT NULL has a name, with the column's in it.
equal "each is renamed once" 24 "$(grep RENAME plan.sql | grep -vc '_not_null')"
check "it applies" psql -Xq -v ON_ERROR_STOP=1 -d "$live" -f plan.sql
equal "the rows are there" "1|ab|minor|" "$(query "$name" 'select * from accounts')"
equal "those of partitions" "1|x" "$(query "$name" 'select k, v_new from parted')"
equal "a name that becomes free is taken by the next" "1|2" "$(query "$name" 'select b, c from chain')"
equal "a sequence goes on" 42 "$(query "$name" "select nextval('seq_new')")"
equal "so does the one of a serial column, under its new name" 2 "$(query "$name" "select nextval('accounts_id_seq')")"
equal "and the one of an identity" 6 "$(query "$name" "insert into numbered (t) values ('y') returning n" | head -n 1)"
equal "a directive that was followed does no harm" "nothing to change" "$(differ)"

wrong() { # NAME PATTERN, the file on standard input
	cat >schema/wrong.sql
	fails_with "$1" 2 "$2" differ
}
wrong "a directive without a name" 'wrong.sql:1: error: a directive that cannot be read' <<'END'
create table t2 (a int, -- postkit:renamed
	b int);
END
wrong "a name with a schema" 'wrong.sql:2: error: a directive that cannot be read' <<'END'
-- a comment
-- postkit:renamed from=public.t
create table t2 (a int);
END
wrong "a directive at nothing" 'wrong.sql:1: error: a directive at a statement that creates nothing' <<'END'
-- postkit:renamed from=a
select 1;
END
wrong "a directive in the middle" 'wrong.sql:1: error: a directive in the middle of a statement' <<'END'
create table -- postkit:renamed from=b
t2 (a int);
END
wrong "a directive before what has no name" 'wrong.sql:2: error: a directive before nothing that has a name' <<'END'
create table t2 (a int,
-- postkit:renamed from=b
primary key (a));
END
wrong "a directive behind what it is about" 'wrong.sql:1: error: the directive matches nothing: there is nothing directly behind it' <<'END'
create table t2 (a int); -- postkit:renamed from=b
END
wrong "a directive in a file without a statement" 'wrong.sql:2: error: the directive matches nothing' <<'END'
-- This file says nothing else.
-- postkit:renamed from=b
END
wrong "a directive in a file of settings" 'wrong.sql:2: error: the directive matches nothing' <<'END'
set search_path = public;
-- postkit:renamed from=b
END
wrong "a directive with an empty line behind it" 'wrong.sql:1: error: the directive matches nothing: there is nothing directly behind it' <<'END'
-- postkit:renamed from=b

create table t2 (a int);
END

# ---- an invalid index, which an interrupted build has left, is neither in the way of a proof nor of a rename
cat >left.sql <<'END'
create table lefts (a int);
insert into lefts values (1), (1);
END
new_database left left.sql
psql -Xqd "$database_url" -c 'create unique index concurrently lefts_a on lefts (a)' 2>/dev/null
mkdir left
cat >left/left.sql <<'END'
-- postkit:renamed from=lefts
create table rights (a int);
create index lefts_a on rights (a);
END
left=$database_url
matches "an invalid index is made anew, its table renamed" 'index public.lefts_a' \
	"$(unset PGHOST PGPORT PGUSER PGDATABASE POSTKIT_SERVER_URL; postkit -s diff FROM="$left" TO=left PROVE=1)"

# ---- roles belong to the server: what is to be run there is said, and no more once it has been
query postgres "create role rename_old_$$" "create role \"rename new $$\""
mkdir -p schema/infra
cat >schema/infra/roles.sql <<END
-- postkit:renamed from=rename_old_$$
DO \$\$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'rename new $$') THEN
    CREATE ROLE "rename new $$" NOLOGIN;
  END IF;
END \$\$;
END
rm schema/wrong.sql
check "a role that nothing refers to needs no rename" differ
query "$name" "grant select on chain to rename_old_$$"
echo "grant select on chain to \"rename new $$\";" >schema/grant.sql
fails_with "a role that is still called otherwise" 2 "roles.sql:1: error: the role rename_old_$$ is to be called \"rename new $$\" on the server first" differ
matches "with what to do" "hint: run there: ALTER ROLE rename_old_$$ RENAME TO \"rename new $$\"" "$(cat .stderr)"
query postgres "drop role \"rename new $$\"" "alter role rename_old_$$ rename to \"rename new $$\""
equal "then everything that refers to it has followed" "nothing to change" "$(differ)"
query "$name" "revoke select on chain from \"rename new $$\""
query postgres "drop role \"rename new $$\""
rm -r schema/infra schema/grant.sql

cat >schema/wrong.sql <<'END'
-- postkit:renamed from=old_acounts
create table t2 (a int);
-- postkit:renamed from=aa
alter table after.t add column b int;
END
fails_with "a directive that matches nothing" 2 'wrong.sql:1: error: the directive matches nothing' differ
fails_with "and all of them are said" 2 'wrong.sql:3: error: the directive matches nothing' differ
echo 'create schema fresh;
-- postkit:renamed from=b
create table fresh.t (
-- postkit:renamed from=b
a int);' >schema/wrong.sql
check "where there was nothing before, nothing can be renamed" differ
